using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.Presets;

/// <summary>Writes the JSON schema of preset files out of the models, for editors that complete and check them.</summary>
public static class PresetSchema
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema (draft 2020-12), ending with a line break.</summary>
    public static string Write()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "A device of Crosspoint");
            json.WriteString("type", "object");
            Names(json, "required", "name", "title", "source", "model", "parameters");
            json.WriteStartObject("properties");
            foreach (string text in new[] { "$schema", "name", "title", "source", "note" })
            {
                Text(json, text);
            }

            Quantities(json, "energies", "J", "write", "read");
            Quantities(json, "conductance", "S", "minimum", "maximum");
            json.WriteBoolean("model", true);
            json.WriteBoolean("parameters", true);
            json.WriteEndObject();
            json.WriteBoolean("additionalProperties", false);
            json.WriteString("$ref", "#/$defs/device");
            json.WriteStartObject("$defs");
            WriteDevice(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>Writes the definition <c>device</c> of a model with its parameters into the <c>$defs</c> of a schema, which may be another one.</summary>
    public static void WriteDevice(Utf8JsonWriter json)
    {
        json.WriteStartObject("device");
        Names(json, "required", "model", "parameters");
        json.WriteStartArray("oneOf");
        foreach ((string name, Type type) in ModelTypes.All)
        {
            json.WriteStartObject();
            json.WriteStartObject("properties");
            Constant(json, "model", name);
            json.WriteStartObject("parameters");
            Record(json, type);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Record(Utf8JsonWriter json, Type type)
    {
        IReadOnlyList<ModelParameter> parameters = ModelParameter.Of(type);
        json.WriteString("type", "object");
        Names(json, "required", [.. parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name)]);
        json.WriteStartObject("properties");
        foreach (ModelParameter parameter in parameters)
        {
            json.WriteStartObject(parameter.Name);
            Type item = parameter.ItemType ?? parameter.Type;
            if (item == typeof(Spread) || item.IsPrimitive || item.IsEnum || item == typeof(string))
            {
                Quantity(json, item, parameter);
            }
            else
            {
                Part(json, item, isList: parameter.ItemType is not null);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void Part(Utf8JsonWriter json, Type type, bool isList)
    {
        if (isList)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
        }

        if (ModelParameter.IsModel(type))
        {
            json.WriteString("$ref", "#/$defs/device");
        }
        else
        {
            Record(json, type);
        }

        if (isList)
        {
            json.WriteEndObject();
        }
    }

    private static void Quantity(Utf8JsonWriter json, Type type, ModelParameter parameter)
    {
        bool hasUnit = type == typeof(Spread) || (type.IsPrimitive && type != typeof(bool));
        json.WriteString("type", "object");
        Names(json, "required", hasUnit ? ["value", "unit"] : ["value"]);
        json.WriteStartObject("properties");
        json.WriteStartObject("value");
        if (parameter.ItemType is not null)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
        }

        Value(json, type, parameter.Unit);
        if (parameter.ItemType is not null)
        {
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (hasUnit)
        {
            Constant(json, "unit", parameter.Unit?.Unit ?? "1");
        }

        if (type == typeof(Spread))
        {
            json.WriteStartObject("spread");
            json.WriteString("type", "number");
            json.WriteNumber("minimum", 0);
            json.WriteEndObject();
            json.WriteStartObject("law");
            Names(json, "enum", [.. Enum.GetNames<SpreadLaw>().Select(PresetWriter.Camel)]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void Value(Utf8JsonWriter json, Type type, UnitAttribute? range)
    {
        if (type.IsEnum)
        {
            Names(json, "enum", [.. Enum.GetNames(type).Select(PresetWriter.Camel)]);
            return;
        }

        bool isReal = type == typeof(float) || type == typeof(double) || type == typeof(Spread);
        bool isNumber = isReal || (type.IsPrimitive && type != typeof(bool));
        if (isReal && range is null or { Maximum: double.PositiveInfinity })
        {
            // Numbers without an upper end may be written as the word as well.
            Names(json, "type", "number", "string");
        }
        else
        {
            json.WriteString("type", !isNumber ? type == typeof(bool) ? "boolean" : "string" : isReal ? "number" : "integer");
        }

        if (isNumber && range is { } limits)
        {
            Limit(json, limits.Above ? "exclusiveMinimum" : "minimum", limits.Minimum);
            Limit(json, "maximum", limits.Maximum);
        }
    }

    private static void Limit(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Quantities(Utf8JsonWriter json, string name, string unit, params string[] fields)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (string field in fields)
        {
            json.WriteStartObject(field);
            json.WriteString("type", "object");
            Names(json, "required", "value", "unit");
            json.WriteStartObject("properties");
            json.WriteStartObject("value");
            json.WriteString("type", "number");
            json.WriteNumber("minimum", 0);
            json.WriteEndObject();
            Constant(json, "unit", unit);
            json.WriteEndObject();
            json.WriteBoolean("additionalProperties", false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "string");
        json.WriteEndObject();
    }

    private static void Constant(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject(name);
        json.WriteString("const", value);
        json.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter json, string name, params string[] values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
