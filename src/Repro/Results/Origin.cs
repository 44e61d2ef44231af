using System.Text.Json;

namespace Crosspoint.Repro.Results;

/// <summary>Where a result was computed.</summary>
/// <param name="Version">Version of the program; <see langword="null"/> if it is not stored.</param>
/// <param name="Processor">Name of the processor; <see langword="null"/> if it is not stored.</param>
/// <param name="VectorBits">Vector width in use; <see langword="null"/> if it is not stored.</param>
/// <param name="TakenFrom">The figure that computed it, such as <c>bennett2019/table1</c>; <see langword="null"/> for the one it belongs to.</param>
internal sealed record Origin(string? Version, string? Processor, int? VectorBits, string? TakenFrom)
{
    private static readonly Lazy<Origin> ThisProgram = new(() => new(BuildInfo.Version, BuildInfo.ProcessorName(), BuildInfo.VectorBits, null));

    /// <summary>This program, here.</summary>
    public static Origin Here => ThisProgram.Value;

    /// <summary>Reads it out of a result.</summary>
    public static Origin Read(JsonElement root) => new(
        ResultReader.Text(root, "version"),
        ResultReader.Text(root, "processor"),
        root.TryGetProperty("vectorBits", out JsonElement bits) && bits.ValueKind == JsonValueKind.Number && bits.TryGetInt32(out int width) ? width : null,
        ResultReader.Text(root, "takenFrom"));

    /// <summary>Writes it into a result.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (TakenFrom is not null)
        {
            json.WriteString("takenFrom", TakenFrom);
        }

        if (Version is not null)
        {
            json.WriteString("version", Version);
        }

        if (Processor is not null)
        {
            json.WriteString("processor", Processor);
        }

        if (VectorBits is { } bits)
        {
            json.WriteNumber("vectorBits", bits);
        }
    }
}
