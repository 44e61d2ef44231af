using System.Text.Json;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Reads a result out of its JSON, and believes nothing that it has not seen.</summary>
internal static class ResultReader
{
    /// <summary>The result; or its key alone, with an empty result, where the file has another format.</summary>
    /// <exception cref="FormatException">Something is missing or has another type.</exception>
    public static StoredResult Read(JsonElement root)
    {
        string key = Require(root, "key", JsonValueKind.String).GetString()!;
        if (Require(root, "format", JsonValueKind.Number).GetInt32() != ResultFile.Format)
        {
            return new StoredResult(key, 0, new RunResult { Metrics = [] }, Origin.Read(root));
        }

        JsonElement curve = Require(root, "curve", JsonValueKind.Object);
        RunResult result = new()
        {
            Metrics = [.. Require(root, "metrics", JsonValueKind.Array).EnumerateArray().Select(ReadMetric)],
            Counters = Require(root, "counters", JsonValueKind.Object).EnumerateObject()
                .ToDictionary(counter => counter.Name, counter => counter.Value.GetInt64()),
            CurveColumns = [.. Require(curve, "columns", JsonValueKind.Array).EnumerateArray().Select(column => column.GetString()!)],
            Curve = [.. Require(curve, "rows", JsonValueKind.Array).EnumerateArray().Select(ReadRow)],
        };
        return result.Curve.All(row => row.Length == result.CurveColumns.Count)
            ? new StoredResult(key, Require(root, "seconds", JsonValueKind.Number).GetDouble(), result, Origin.Read(root))
            : throw new FormatException("a row of the curve has another length than its columns");
    }

    /// <summary>A text, if it is stored.</summary>
    public static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement element) && element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static Metric ReadMetric(JsonElement metric) => new(
        JsonPoint.Read(Require(metric, "at", JsonValueKind.Object)),
        Require(metric, "name", JsonValueKind.String).GetString()!,
        Finite(Require(metric, "value", JsonValueKind.Number)));

    private static double[] ReadRow(JsonElement row) => [.. row.EnumerateArray().Select(Finite)];

    // A number such as 1e999 is valid JSON and reads as infinity.
    private static double Finite(JsonElement number) =>
        number.GetDouble() is double value && double.IsFinite(value) ? value : throw new FormatException("a number is too large");

    private static JsonElement Require(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind != JsonValueKind.Object ? throw new FormatException($"expected an object around '{name}'")
        : !parent.TryGetProperty(name, out JsonElement element) ? throw new FormatException($"'{name}' is missing")
        : element.ValueKind != kind ? throw new FormatException($"'{name}' is not of kind {kind}")
        : element;
}
