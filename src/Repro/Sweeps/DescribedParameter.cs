using System.Globalization;
using System.Text.Json;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Sweeps;

/// <summary>One number or word of a description, by its dotted path, and for which networks and algorithms it means something.</summary>
/// <param name="Declared">Path, default, unit, meaning and range; the same record that the papers' figures declare.</param>
/// <param name="Networks">The kinds of network that it matters to; <see langword="null"/> for all.</param>
/// <param name="Algorithms">The algorithms that it matters to; <see langword="null"/> for all.</param>
/// <param name="IsList">Whether it is a list of whole numbers, kept as text with hyphens between them: <c>256-128</c>.</param>
internal sealed record DescribedParameter(
    Parameter Declared, IReadOnlyList<string>? Networks = null, IReadOnlyList<string>? Algorithms = null, bool IsList = false)
{
    private const char Separator = '-';

    /// <summary>Its dotted path.</summary>
    public string Path => Declared.Name;

    /// <summary>Other defaults for some networks or algorithms, by their names.</summary>
    public IReadOnlyDictionary<string, object> Defaults { get; init; } = new Dictionary<string, object>();

    /// <summary>Whether it means something for a network under an algorithm.</summary>
    public bool Applies(string network, string algorithm) =>
        (Networks?.Contains(network) ?? true) && (Algorithms?.Contains(algorithm) ?? true);

    /// <summary>What it is where the description does not say.</summary>
    public object DefaultOf(string network, string algorithm) =>
        Defaults.TryGetValue(algorithm, out object? own) || Defaults.TryGetValue(network, out own) ? own : Declared.Default;

    /// <summary>What a value must be, in words.</summary>
    public string Expected => IsList
        ? $"a list of whole numbers from {Point.Format(Declared.Minimum)} to {Point.Format(Declared.Maximum)}, such as [{((string)Declared.Default).Replace("-", ", ", StringComparison.Ordinal)}]"
        : ParameterReader.Expected(Declared);

    /// <summary>Where it means something, in words; empty for everywhere.</summary>
    public string Where => string.Join(" and ",
        new[] { ("network.kind", Networks), ("algorithm.kind", Algorithms) }.Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1} {string.Join(", ", part.Item2!)}"));

    /// <summary>Reads a value.</summary>
    /// <exception cref="InvalidDataException">It has another type or lies out of range.</exception>
    public object Read(PresetNode node)
    {
        if (IsList)
        {
            return List(node);
        }

        object? value = (Declared.Default, node.Kind) switch
        {
            (int, JsonValueKind.Number) => double.Parse(node.Text, CultureInfo.InvariantCulture) is double whole && whole == Math.Floor(whole)
                && Math.Abs(whole) <= int.MaxValue ? (int)whole : null,
            (double, JsonValueKind.Number) => double.Parse(node.Text, CultureInfo.InvariantCulture) is double number && double.IsFinite(number) ? number : null,
            (bool, JsonValueKind.True or JsonValueKind.False) => node.Kind == JsonValueKind.True,
            (string, JsonValueKind.String) => node.Text,
            _ => null,
        };
        return value is not null && ParameterReader.IsInRange(Declared, value) ? value : throw node.Wrong(Expected);
    }

    /// <summary>The numbers of a list.</summary>
    public static int[] Numbers(string list) =>
        list.Length == 0 ? [] : [.. list.Split(Separator).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private string List(PresetNode node)
    {
        IEnumerable<string> texts = node.Kind switch
        {
            JsonValueKind.Array => node.Items.Select(item => item.Kind == JsonValueKind.Number ? item.Text : throw item.Wrong("a whole number")),
            JsonValueKind.Number => [node.Text],
            JsonValueKind.String => node.Text.Split(Separator, ','),
            _ => throw node.Wrong(Expected),
        };
        List<string> numbers = [];
        foreach (string text in texts)
        {
            bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            if (!isNumber || number < Declared.Minimum || number > Declared.Maximum)
            {
                throw node.Wrong(Expected, $"'{text}'");
            }

            numbers.Add(number.ToString(CultureInfo.InvariantCulture));
        }

        return string.Join(Separator, numbers);
    }
}
