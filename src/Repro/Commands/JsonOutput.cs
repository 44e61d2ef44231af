using System.Text;
using System.Text.Json;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary>Prints one JSON object.</summary>
internal static class JsonOutput
{
    /// <summary>Writes an object whose inside <paramref name="write"/> fills.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, JsonPoint.WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
