using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Fit;

/// <summary>One number of a model, of a part of it or of an item of a list, found by the metadata of its parameters.</summary>
/// <param name="Name">Its path in a preset file, such as <c>step</c>, <c>step.spread</c>, <c>device.cycleNoise</c> or <c>upNodes[2]</c>.</param>
/// <param name="Unit">Its unit; the spread of a parameter is a part of its mean, "1".</param>
/// <param name="Range">Its range.</param>
/// <param name="Kind">How it may move.</param>
/// <param name="Held">Why a response to pulses cannot determine it; <see langword="null"/> where it can.</param>
internal sealed record ModelNumber(string Name, string Unit, UnitAttribute? Range, NumberKind Kind, string? Held)
{
    private const string SpreadSuffix = ".spread";

    private IReadOnlyList<PropertyInfo> Path { get; init; } = [];

    private int Item { get; init; } = -1;

    /// <summary>Whether it says how devices differ: the spread of a parameter, or by its name a deviation.</summary>
    public bool IsBetweenDevices => Name.EndsWith(SpreadSuffix, StringComparison.Ordinal)
        || (Kind == NumberKind.Deviation && Name.EndsWith("deviation", StringComparison.OrdinalIgnoreCase));

    private bool IsSpread => Name.EndsWith(SpreadSuffix, StringComparison.Ordinal);

    /// <summary>All numbers of a model in the order of their declaration, means before deviations.</summary>
    public static IReadOnlyList<ModelNumber> Of(DeviceModel model)
    {
        List<ModelNumber> found = [];
        Collect(model, string.Empty, [], null, found);
        return [.. found.OrderBy(number => number.Kind == NumberKind.Deviation)];
    }

    /// <summary>The number as it is in a model.</summary>
    public double Get(DeviceModel model)
    {
        object value = Path[^1].GetValue(Owner(model))!;
        return value switch
        {
            Spread spread => IsSpread ? spread.Deviation : spread.Mean,
            ImmutableArray<float> list => list[Item],
            _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A model in which some numbers have other values.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="values">The numbers and their values.</param>
    public static DeviceModel With(DeviceModel model, IEnumerable<(ModelNumber Number, double Value)> values)
    {
        DeviceModel copy = (DeviceModel)Copy(model);
        foreach ((ModelNumber number, double value) in values)
        {
            number.Set(copy, value);
        }

        return copy;
    }

    /// <summary>A model whose spreads, where they are above 0, have this law.</summary>
    public static DeviceModel WithLaw(DeviceModel model, SpreadLaw law)
    {
        DeviceModel copy = (DeviceModel)Copy(model);
        foreach (ModelNumber number in Of(copy).Where(number => number.IsSpread))
        {
            object owner = number.Owner(copy);
            Spread spread = (Spread)number.Path[^1].GetValue(owner)!;
            number.Path[^1].SetValue(owner, spread with { Law = spread.Mean > 0 ? law : spread.Law });
        }

        return copy;
    }

    /// <summary>The law of the first spread of a model.</summary>
    public static SpreadLaw LawOf(DeviceModel model) => Of(model).Where(number => number.IsSpread)
        .Select(number => (Spread)number.Path[^1].GetValue(number.Owner(model))!).FirstOrDefault(spread => spread.Deviation > 0).Law;

    /// <summary>Reads a value as a command line gives it: a number, a whole number, true or false, or the word of a choice.</summary>
    /// <exception cref="FormatException">It is none, or out of its range; the message says what was expected.</exception>
    public double Parse(string text)
    {
        Type type = Path[^1].PropertyType;
        if (type == typeof(bool))
        {
            return bool.TryParse(text, out bool flag) ? flag ? 1 : 0 : throw new FormatException($"expected true or false, got '{text}'");
        }

        if (type.IsEnum)
        {
            string[] words = [.. Enum.GetNames(type).Select(JsonName)];
            int at = Array.IndexOf(words, text);
            return at >= 0
                ? Convert.ToDouble(Enum.GetValues(type).GetValue(at), CultureInfo.InvariantCulture)
                : throw new FormatException($"expected one of {string.Join(", ", words)}, got '{text}'");
        }

        string what = Kind == NumberKind.Choice ? "a whole number" : "a number";
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            && IsIn(value) && (Kind != NumberKind.Choice || double.IsInteger(value))
            ? value
            : throw new FormatException($"expected {(IsSpread ? "a number of at least 0" : ModelParameter.Expected(what, Range))}, got '{text}'");
    }

    /// <summary>Whether a value lies in the range.</summary>
    public bool IsIn(double value) => IsSpread ? value >= 0 : ModelParameter.IsIn(value, Range);

    private static string JsonName(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    private static void Collect(object owner, string prefix, PropertyInfo[] path, HeldInFitAttribute? heldAbove, List<ModelNumber> found)
    {
        foreach (ModelParameter parameter in ModelParameter.Of(owner.GetType()))
        {
            string name = prefix + parameter.Name;
            HeldInFitAttribute? held = heldAbove ?? parameter.Property.GetCustomAttribute<HeldInFitAttribute>()
                ?? owner.GetType().GetCustomAttributes<HeldInFitAttribute>().FirstOrDefault(other => other.Parameter == parameter.Property.Name);
            PropertyInfo[] here = [.. path, parameter.Property];
            string unit = parameter.Unit?.Unit ?? "1";
            object? value = parameter.Property.GetValue(owner);
            switch (value)
            {
                case Spread spread:
                    found.Add(new(name, unit, parameter.Unit, KindOf(parameter.Unit, mayBeDeviation: false), held?.Reason) { Path = here });
                    if (spread.Mean != 0)
                    {
                        found.Add(new(name + SpreadSuffix, "1", null, NumberKind.Deviation, held is { ButSpread: true } ? null : held?.Reason) { Path = here });
                    }

                    break;
                case float or double:
                    found.Add(new(name, unit, parameter.Unit, KindOf(parameter.Unit, mayBeDeviation: true), held?.Reason) { Path = here });
                    break;
                case int:
                    found.Add(new(name, unit, parameter.Unit, NumberKind.Choice, held?.Reason ?? "a whole number") { Path = here });
                    break;
                case bool or Enum:
                    found.Add(new(name, unit, parameter.Unit, NumberKind.Choice, held?.Reason ?? "a choice") { Path = here });
                    break;
                case ImmutableArray<float> list:
                    for (int item = 0; item < list.Length; item++)
                    {
                        found.Add(new($"{name}[{item}]", unit, parameter.Unit, NumberKind.Signed, held?.Reason) { Path = here, Item = item });
                    }

                    break;
                case null or string or IEnumerable:
                    break;
                default:
                    Collect(value, name + ".", here, held, found);
                    break;
            }
        }
    }

    private static NumberKind KindOf(UnitAttribute? range, bool mayBeDeviation) => range switch
    {
        { Minimum: 0, Above: true, Maximum: double.PositiveInfinity } => NumberKind.Positive,
        { Minimum: 0, Maximum: double.PositiveInfinity } when mayBeDeviation => NumberKind.Deviation,
        _ => NumberKind.Signed,
    };

    // The records on the way to every number, each copied.
    private static object Copy(object record)
    {
        object copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        foreach (ModelParameter parameter in ModelParameter.Of(record.GetType()))
        {
            if (parameter.Property.GetValue(copy) is { } part && part.GetType() is { IsClass: true } type && type.GetMethod("<Clone>$") is not null)
            {
                parameter.Property.SetValue(copy, Copy(part));
            }
        }

        return copy;
    }

    private object Owner(DeviceModel model)
    {
        object owner = model;
        foreach (PropertyInfo step in Path.SkipLast(1))
        {
            owner = step.GetValue(owner)!;
        }

        return owner;
    }

    private void Set(DeviceModel model, double value)
    {
        object owner = Owner(model);
        PropertyInfo property = Path[^1];
        object now = property.GetValue(owner)!;
        property.SetValue(owner, now switch
        {
            Spread spread => IsSpread ? spread with { Deviation = (float)value } : spread with { Mean = (float)value },
            ImmutableArray<float> list => list.SetItem(Item, (float)value),
            Enum => Enum.ToObject(property.PropertyType, (long)value),
            _ => Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture),
        });
    }
}
