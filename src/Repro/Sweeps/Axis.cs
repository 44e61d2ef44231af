using System.Text.Json;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Sweeps;

/// <summary>One coordinate of a sweep: the paths that it sets, and values or a range.</summary>
/// <param name="Name">What the coordinate is called: its path, or a name of the user's.</param>
/// <param name="Paths">The paths that receive the value.</param>
/// <param name="Node">Where it stands in the file.</param>
/// <param name="Values">The values, in their order; empty for a range.</param>
/// <param name="Range">The range; <see langword="null"/> for values.</param>
internal sealed record Axis(string Name, IReadOnlyList<string> Paths, PresetNode Node, IReadOnlyList<PresetNode> Values, AxisRange? Range)
{
    private const int MostValues = 100_000;
    private const string Expected = "a list of values, or an object with from, to and, in a grid, count";

    /// <summary>Reads an axis.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="node">Its value there.</param>
    /// <param name="isGrid">Whether a range must say how many values it has.</param>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static Axis Read(string name, PresetNode node, bool isGrid)
    {
        PresetNode[] values = [];
        AxisRange? range = null;
        string[] paths = [name];
        switch (node.Kind)
        {
            case JsonValueKind.Array:
                values = [.. node.Items];
                break;
            case JsonValueKind.Object:
                node.RequireObject(isGrid ? ["paths", "values", "from", "to", "count", "scale"] : ["paths", "values", "from", "to", "scale"]);
                paths = node["paths"] is { } list ? [.. Texts(list)] : paths;
                if (node["values"] is { } given)
                {
                    values = given.Kind == JsonValueKind.Array ? [.. given.Items] : throw given.Wrong("a list of values");
                }
                else
                {
                    range = AxisRange.Read(node);
                }

                break;
            default:
                throw node.Wrong(Expected);
        }

        foreach (string path in paths)
        {
            Description.Require(path, node);
        }

        if (isGrid && range is not null)
        {
            values = [.. range.Spaced(Whole(node, "count", 1, MostValues, null)).Select(value => Number(node, value, paths[0]))];
            range = null;
        }

        return range is null && values.Length == 0 ? throw node.Wrong(Expected, "none") : new Axis(name, paths, node, values, range);
    }

    /// <summary>The value at a place of the axis.</summary>
    /// <param name="u">In [0, 1).</param>
    public PresetNode At(double u) =>
        Range is { } range ? Number(Node, range.At(u, IsWhole(Paths[0])), Paths[0]) : Values[Math.Min((int)(u * Values.Count), Values.Count - 1)];

    /// <summary>A whole number of an object, within limits.</summary>
    public static int Whole(PresetNode node, string field, int minimum, int maximum, int? usual)
    {
        string expected = $"a whole number from {minimum} to {maximum}";
        if (node[field] is not { } given)
        {
            return usual ?? throw node.Missing(field, expected);
        }

        double value = given.Number(expected);
        return value == Math.Floor(value) && value >= minimum && value <= maximum ? (int)value : throw given.Wrong(expected);
    }

    private static bool IsWhole(string path) => DescribedParameters.ByPath.TryGetValue(path, out DescribedParameter? known) && known.Declared.Default is int;

    private static PresetNode Number(PresetNode node, double value, string path) => node.With(IsWhole(path) ? Math.Round(value) : value);

    private static IEnumerable<string> Texts(PresetNode list) => list.Kind == JsonValueKind.Array && list.Items.Count > 0
        ? list.Items.Select(item => item.RequireText("the path of a parameter"))
        : throw list.Wrong("a list of paths");
}
