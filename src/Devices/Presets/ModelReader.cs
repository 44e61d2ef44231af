using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.Presets;

/// <summary>Makes a device model out of JSON, property by property.</summary>
/// <param name="models">The models by name.</param>
internal sealed class ModelReader(IReadOnlyDictionary<string, Type> models)
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly UnitAttribute NotNegative = new("1") { Minimum = 0 };

    /// <summary>Reads the fields <c>model</c> and <c>parameters</c> of an object, and tries the model out.</summary>
    /// <exception cref="InvalidDataException">One of them is missing, unknown or out of its range.</exception>
    public DeviceModel Model(PresetNode node)
    {
        string expected = $"a model: {string.Join(", ", models.Keys)}";
        PresetNode name = node["model"] ?? throw node.Missing("model", expected);
        if (!models.TryGetValue(name.RequireText(expected), out Type? type))
        {
            throw name.Wrong(expected);
        }

        PresetNode parameters = node["parameters"] ?? throw node.Missing("parameters", $"the parameters of {name.Text}, an object");
        DeviceModel model = (DeviceModel)Record(parameters, type);
        try
        {
            model.Create(1, 1, default);
        }
        catch (ArgumentException wrong)
        {
            throw OutOfRange(parameters, wrong);
        }

        return model;
    }

    /// <summary>The field <c>value</c> of a quantity, once its unit has been found right.</summary>
    public static PresetNode Value(PresetNode quantity, string? unit)
    {
        PresetNode value = quantity["value"] ?? throw quantity.Missing("value", "a value");
        if (unit is not null)
        {
            string expected = $"the unit \"{unit}\"";
            PresetNode given = quantity["unit"] ?? throw quantity.Missing("unit", expected);
            if (given.RequireText(expected) != unit)
            {
                throw given.Wrong(expected);
            }
        }

        return value;
    }

    /// <summary>A number in its range; the words "infinity" and "-infinity" where the range has no end.</summary>
    public static double Number(PresetNode node, UnitAttribute? range, string what)
    {
        string expected = ModelParameter.Expected(what, range);
        double value = node.Kind == JsonValueKind.String && node.Text is "infinity" or "-infinity"
            ? node.Text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity
            : node.Number(expected);
        return ModelParameter.IsIn(value, range) ? value : throw node.Wrong(expected);
    }

    private object Record(PresetNode node, Type type)
    {
        IReadOnlyList<ModelParameter> parameters = ModelParameter.Of(type);
        node.RequireObject(parameters.Select(parameter => parameter.Name));
        object made = Activator.CreateInstance(type)!;
        foreach (ModelParameter parameter in parameters)
        {
            if (node[parameter.Name] is { } given)
            {
                parameter.Property.SetValue(made, Parameter(given, parameter));
            }
            else if (parameter.IsRequired)
            {
                throw node.Missing(parameter.Name, parameter.ItemType is null ? "a value" : "a list");
            }
        }

        return made;
    }

    private object? Parameter(PresetNode node, ModelParameter parameter)
    {
        if (node.Kind == JsonValueKind.Null && Nullability.Create(parameter.Property).WriteState == NullabilityState.Nullable)
        {
            return null;
        }

        Type type = parameter.Type;
        if (parameter.ItemType is { } item)
        {
            Array list = IsPlain(item)
                ? (Array)Plain(node, parameter, value => List(value, item, each => Scalar(each, item, parameter.Unit)))
                : List(node, item, each => Part(each, item));
            return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? Frozen(list, item) : list;
        }

        return type == typeof(Spread) ? Varying(node, parameter)
            : IsPlain(type) ? Plain(node, parameter, value => Scalar(value, type, parameter.Unit))
            : Part(node, type);
    }

    private object Part(PresetNode node, Type type) =>
        ModelParameter.IsModel(type) ? Nested(node, type) : Record(node, type);

    private DeviceModel Nested(PresetNode node, Type type)
    {
        DeviceModel model = Model(node.RequireObject("model", "parameters"));
        return type.IsInstanceOfType(model) ? model : throw node["model"]!.Wrong(
            $"one of {string.Join(", ", models.Where(known => type.IsAssignableFrom(known.Value)).Select(known => known.Key))}");
    }

    private static Spread Varying(PresetNode node, ModelParameter parameter)
    {
        node.RequireObject("value", "unit", "spread", "law");
        float mean = (float)Scalar(Value(node, parameter.Unit?.Unit ?? "1"), typeof(float), parameter.Unit);
        float deviation = node["spread"] is not { } spread ? 0 : (float)Scalar(spread, typeof(float), NotNegative);
        if (float.IsInfinity(deviation))
        {
            throw node["spread"]!.Wrong(ModelParameter.Expected("a finite number", NotNegative));
        }

        SpreadLaw law = node["law"] is not { } word ? SpreadLaw.Normal : (SpreadLaw)Word(word, typeof(SpreadLaw));
        return new Spread(mean, deviation, law);
    }

    private static object Plain(PresetNode node, ModelParameter parameter, Func<PresetNode, object> read)
    {
        bool hasUnit = (parameter.ItemType ?? parameter.Type) is { IsEnum: false } type && type != typeof(bool) && type != typeof(string);
        return read(Value(node.RequireObject(hasUnit ? ["value", "unit"] : ["value"]), hasUnit ? parameter.Unit?.Unit ?? "1" : null));
    }

    private static object Scalar(PresetNode node, Type type, UnitAttribute? range)
    {
        if (type == typeof(bool))
        {
            return node.Kind is JsonValueKind.True or JsonValueKind.False ? node.Kind == JsonValueKind.True : throw node.Wrong("true or false");
        }

        if (type.IsEnum)
        {
            return Word(node, type);
        }

        if (type == typeof(string))
        {
            return node.RequireText("a text");
        }

        bool isWhole = type != typeof(float) && type != typeof(double);
        string what = isWhole ? "a whole number" : "a number";
        double value = Number(node, range, what);
        string expected = ModelParameter.Expected(what, range);
        try
        {
            if (isWhole && value != Math.Floor(value))
            {
                throw node.Wrong(expected);
            }

            return type == typeof(float) && float.IsInfinity((float)value) && double.IsFinite(value)
                ? throw node.Wrong($"{expected}, within single precision")
                : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            throw node.Wrong(expected);
        }
    }

    private static object Word(PresetNode node, Type type)
    {
        string[] names = Enum.GetNames(type);
        int at = node.Kind == JsonValueKind.String ? Array.FindIndex(names, name => PresetWriter.Camel(name) == node.Text) : -1;
        return at >= 0 ? Enum.Parse(type, names[at]) : throw node.Wrong(string.Join(" or ", names.Select(PresetWriter.Camel)));
    }

    private static Array List(PresetNode node, Type item, Func<PresetNode, object> read)
    {
        if (node.Kind != JsonValueKind.Array)
        {
            throw node.Wrong("a list");
        }

        Array list = Array.CreateInstance(item, node.Items.Count);
        for (int k = 0; k < list.Length; k++)
        {
            list.SetValue(read(node.Items[k]), k);
        }

        return list;
    }

    private static object Frozen(Array list, Type item) => typeof(ImmutableCollectionsMarshal)
        .GetMethod(nameof(ImmutableCollectionsMarshal.AsImmutableArray))!.MakeGenericMethod(item).Invoke(null, [list])!;

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string);

    // A model names the argument that it refuses, as a rule a property, and says what it expected.
    private static InvalidDataException OutOfRange(PresetNode parameters, ArgumentException wrong)
    {
        string name = PresetWriter.Camel(wrong.ParamName ?? string.Empty);
        string message = wrong.Message.Split(" (Parameter '")[0].Split(Environment.NewLine)[0].TrimEnd('.');
        int colon = message.IndexOf(": expected ", StringComparison.Ordinal);
        string expected = colon >= 0 ? message[(colon + ": expected ".Length)..] : message;
        string? got = null;
        int comma = expected.LastIndexOf(", got ", StringComparison.Ordinal);
        if (comma >= 0)
        {
            (expected, got) = (expected[..comma], expected[(comma + ", got ".Length)..]);
        }

        return parameters[name] is { } at ? (at["value"] ?? at).Wrong(expected, got) : parameters.Wrong(name, expected, got);
    }
}
