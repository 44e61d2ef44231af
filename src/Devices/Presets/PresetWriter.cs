using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.Presets;

/// <summary>Writes preset files: what <see cref="PresetReader"/> reads comes back as it was.</summary>
public static class PresetWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the file of a preset, every parameter that the device has with its unit, ending with a line break.</summary>
    /// <exception cref="ArgumentException">The model is not in the registry.</exception>
    public static string Write(Preset preset) => Write(preset, ModelTypes.All);

    /// <inheritdoc cref="Write(Preset)"/>
    /// <param name="preset">The preset.</param>
    /// <param name="models">The models by name.</param>
    public static string Write(Preset preset, IReadOnlyDictionary<string, Type> models)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("name", preset.Name);
            json.WriteString("title", preset.Title);
            json.WriteString("source", preset.Source);
            if (preset.Note.Length > 0)
            {
                json.WriteString("note", preset.Note);
            }

            Model(json, preset.Model, models);
            Pair(json, "energies", ("write", preset.WriteEnergy), ("read", preset.ReadEnergy), "J");
            Pair(json, "conductance", ("minimum", preset.MinConductance), ("maximum", preset.MaxConductance), "S");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>A word or a flag as it stands in a file.</summary>
    public static string Word(object value) => Camel(value.ToString()!);

    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static void Model(Utf8JsonWriter json, DeviceModel model, IReadOnlyDictionary<string, Type> models)
    {
        string name = models.FirstOrDefault(known => known.Value == model.GetType()).Key
            ?? throw new ArgumentException($"model: expected one of {string.Join(", ", models.Keys)}, got {model.GetType().Name}.", nameof(model));
        json.WriteString("model", name);
        json.WriteStartObject("parameters");
        Record(json, model, models);
        json.WriteEndObject();
    }

    private static void Record(Utf8JsonWriter json, object record, IReadOnlyDictionary<string, Type> models)
    {
        object usual = Activator.CreateInstance(record.GetType())!;
        foreach (ModelParameter parameter in ModelParameter.Of(record.GetType()).Where(parameter => !IsAbsent(parameter, record, usual)))
        {
            json.WritePropertyName(parameter.Name);
            string unit = parameter.Unit?.Unit ?? "1";
            switch (parameter.Property.GetValue(record))
            {
                case null:
                    json.WriteNullValue();
                    break;
                case Spread spread:
                    Varying(json, spread, unit);
                    break;
                case object value when value.GetType().IsPrimitive || value is Enum or string:
                    json.WriteStartObject();
                    json.WritePropertyName("value");
                    Scalar(json, value);
                    Unit(json, value, unit);
                    json.WriteEndObject();
                    break;
                case IEnumerable list:
                    List(json, list, unit, models);
                    break;
                case object part:
                    Part(json, part, models);
                    break;
            }
        }
    }

    // What a device does not have, as the model's own value says as well, is left out: no noise, none stuck, no part.
    private static bool IsAbsent(ModelParameter parameter, object record, object usual)
    {
        object? value = parameter.Property.GetValue(record);
        bool isNothing = value switch
        {
            null or false or Enum => true,
            Spread spread => spread.Mean == 0,
            IConvertible and not string => Convert.ToDouble(value, CultureInfo.InvariantCulture) == 0,
            _ => false,
        };
        return isNothing && !parameter.IsRequired && Equals(value, parameter.Property.GetValue(usual));
    }

    private static void Part(Utf8JsonWriter json, object part, IReadOnlyDictionary<string, Type> models)
    {
        json.WriteStartObject();
        if (part is DeviceModel model)
        {
            Model(json, model, models);
        }
        else
        {
            Record(json, part, models);
        }

        json.WriteEndObject();
    }

    private static void Varying(Utf8JsonWriter json, Spread spread, string unit)
    {
        json.WriteStartObject();
        json.WritePropertyName("value");
        Scalar(json, spread.Mean);
        json.WriteString("unit", unit);
        if (spread.Deviation != 0 || spread.Law != SpreadLaw.Normal)
        {
            json.WriteNumber("spread", spread.Deviation);
            json.WriteString("law", Camel(spread.Law.ToString()));
        }

        json.WriteEndObject();
    }

    private static void List(Utf8JsonWriter json, IEnumerable list, string unit, IReadOnlyDictionary<string, Type> models)
    {
        object[] items = [.. list.Cast<object>()];
        bool isPlain = ModelParameter.ItemOf(list.GetType()) is { } item && (item.IsPrimitive || item.IsEnum || item == typeof(string));
        if (isPlain)
        {
            json.WriteStartObject();
            json.WritePropertyName("value");
        }

        json.WriteStartArray();
        foreach (object each in items)
        {
            if (isPlain)
            {
                Scalar(json, each);
            }
            else
            {
                Part(json, each, models);
            }
        }

        json.WriteEndArray();
        if (isPlain)
        {
            Unit(json, items.FirstOrDefault() ?? 0, unit);
            json.WriteEndObject();
        }
    }

    private static void Unit(Utf8JsonWriter json, object value, string unit)
    {
        if (value is not (bool or Enum or string))
        {
            json.WriteString("unit", unit);
        }
    }

    private static void Scalar(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case Enum word:
                json.WriteStringValue(Camel(word.ToString()));
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case float number when float.IsInfinity(number):
                json.WriteStringValue(number > 0 ? "infinity" : "-infinity");
                break;
            case float number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsInfinity(number):
                json.WriteStringValue(number > 0 ? "infinity" : "-infinity");
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case IConvertible whole:
                json.WriteNumberValue(whole.ToInt64(CultureInfo.InvariantCulture));
                break;
            default:
                throw new NotSupportedException($"A parameter of type {value.GetType().Name} cannot be written.");
        }
    }

    private static void Pair(Utf8JsonWriter json, string name, (string Name, double? Value) first, (string Name, double? Value) second, string unit)
    {
        if (first.Value is null && second.Value is null)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach ((string field, double? value) in new[] { first, second })
        {
            if (value is { } number)
            {
                json.WriteStartObject(field);
                json.WriteNumber("value", number);
                json.WriteString("unit", unit);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }
}
