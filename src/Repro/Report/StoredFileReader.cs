using System.Globalization;
using System.Text.Json;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Report;

/// <summary>Reads results without knowing what computed them.</summary>
internal static class StoredFileReader
{
    private const string Prefix = "seed-";
    private const string Suffix = ".json";
    private const long MaximumBytes = 64 << 20;

    /// <summary>The files of results below a folder, in order; files that were put aside have other names.</summary>
    public static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(root, Prefix + "*" + Suffix, SearchOption.AllDirectories)
            .Where(path => ulong.TryParse(Path.GetFileName(path)[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Order(StringComparer.Ordinal);

    /// <summary>Reads one file.</summary>
    /// <returns>The result, or why it cannot be read.</returns>
    public static (StoredFile? File, string? Problem) Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumBytes)
            {
                return (null, $"expected at most {MaximumBytes} bytes");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            StoredResult result = ResultReader.Read(root);
            return root.GetProperty("format").GetInt32() == ResultFile.Format
                ? (Of(path, root, result), null)
                : (null, $"format {root.GetProperty("format").GetInt32()}, expected {ResultFile.Format}; the runs are computed again when they are asked for");
        }
        catch (Exception failure) when (
            failure is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            return (null, failure.Message.ReplaceLineEndings(" "));
        }
    }

    private static StoredFile Of(string path, JsonElement root, StoredResult stored) => new(
        path,
        ResultReader.Text(root, "experiment") ?? throw new FormatException("'experiment' is missing"),
        ResultReader.Text(root, "profile") == "full",
        JsonPoint.Read(root.GetProperty("point")),
        root.GetProperty("seed").GetUInt64(),
        ResultReader.Text(root, "data") ?? string.Empty,
        [.. from parameter in root.GetProperty("parameters").EnumerateObject() select KeyValuePair.Create(parameter.Name, Value(parameter.Value))],
        stored.Key,
        stored.Seconds,
        stored.Origin,
        ResultReader.Text(root, "date"),
        stored.Result);

    // Experiments of other versions may have parameters that are lists or objects.
    private static object Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetInt32(out int whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        JsonValueKind.String => element.GetString()!,
        _ => element.GetRawText(),
    };
}
