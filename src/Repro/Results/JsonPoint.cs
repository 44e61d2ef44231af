using System.Text.Encodings.Web;
using System.Text.Json;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Points and their values in JSON, and how all JSON of the program is written.</summary>
internal static class JsonPoint
{
    /// <summary>Indented, and letters such as ± stay as they are.</summary>
    public static readonly JsonWriterOptions WriterOptions =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a point as an object of its coordinates.</summary>
    public static void Write(Utf8JsonWriter json, Point point)
    {
        json.WriteStartObject();
        foreach ((string name, object value) in point.Coordinates)
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the value of a coordinate or a parameter.</summary>
    public static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case int whole:
                json.WriteNumberValue(whole);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStringValue(Point.Format(value));
                break;
        }
    }

    /// <summary>Reads a point; a number without fraction comes back as a whole number, which makes the same point.</summary>
    public static Point Read(JsonElement element) =>
        new([.. element.EnumerateObject().Select(property => (property.Name, ReadValue(property.Value)))]);

    private static object ReadValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetInt32(out int whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        JsonValueKind.String => element.GetString()!,
        _ => throw new FormatException($"a coordinate cannot be {element.ValueKind}"),
    };
}
