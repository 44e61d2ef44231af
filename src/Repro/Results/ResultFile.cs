using System.Text.Json;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Writes and reads the result of one run as JSON; numbers in their shortest form that reads back as the same bits.</summary>
internal static class ResultFile
{
    /// <summary>
    /// Version of the format, raised too when the same parameters come to give other numbers; part of every key, so that older results
    /// are computed again.
    /// </summary>
    public const int Format = 2;

    /// <summary>No result is nearly as large; a larger file is something else.</summary>
    private const long MaximumBytes = 64 << 20;

    /// <summary>Writes a result, whole or not at all.</summary>
    /// <exception cref="CommandException">A number is not finite, or the file cannot be written.</exception>
    public static void Write(RunPlan plan, PlannedRun run, RunResult result, double seconds, Origin origin)
    {
        ResultCheck.Require(plan.Experiment.Id(), run, result);
        AtomicFile.Write(run.ResultPath, stream =>
        {
            using Utf8JsonWriter json = new(stream, JsonPoint.WriterOptions);
            json.WriteStartObject();
            WriteHead(json, plan, run);
            WriteMetrics(json, result);
            WriteCounters(json, result);
            WriteCurve(json, result);
            json.WriteNumber("seconds", Math.Round(seconds, 6));
            origin.Write(json);
            json.WriteString("key", run.Key);
            json.WriteEndObject();
            json.Flush();
            stream.WriteByte((byte)'\n');
        });
    }

    /// <summary>Reads a result, if one is stored; its key tells whether it is the one that is looked for.</summary>
    /// <exception cref="CommandException">The file cannot be read or is no result.</exception>
    public static StoredResult? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length > MaximumBytes)
            {
                throw new FormatException($"expected at most {MaximumBytes} bytes");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return ResultReader.Read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw CommandException.Failure(
                $"{path}: expected a result of crosspoint in JSON ({failure.Message.ReplaceLineEndings(" ")}); move the file away to compute it again", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"{path}: cannot be read ({failure.Message})", failure);
        }
    }

    private static void WriteHead(Utf8JsonWriter json, RunPlan plan, PlannedRun run)
    {
        json.WriteNumber("format", Format);
        json.WriteString("experiment", plan.Experiment.Id());
        json.WriteString("profile", plan.Profile == Profile.Quick ? "quick" : "full");
        json.WritePropertyName("point");
        JsonPoint.Write(json, run.Point);
        json.WriteNumber("seed", run.Seed);
        json.WriteString("data", plan.Data.Text);
        json.WriteStartObject("parameters");
        foreach ((string name, object value) in run.Parameters.All)
        {
            json.WritePropertyName(name);
            JsonPoint.WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartArray("metrics");
        foreach (Metric metric in result.Metrics)
        {
            json.WriteStartObject();
            json.WriteString("name", metric.Name);
            json.WritePropertyName("at");
            JsonPoint.Write(json, metric.At);
            json.WriteNumber("value", metric.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCounters(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartObject("counters");
        foreach ((string name, long count) in result.Counters.OrderBy(counter => counter.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
    }

    private static void WriteCurve(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartObject("curve");
        json.WriteStartArray("columns");
        foreach (string column in result.CurveColumns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (double[] row in result.Curve)
        {
            // One row of the curve is one line of the file.
            json.WriteRawValue($"\n      [{string.Join(", ", row.Select(value => Point.Format(value)))}]");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
