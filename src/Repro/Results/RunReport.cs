using System.Text.Json;
using Crosspoint.Repro.Commands;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>What a run tells on standard output, as text or as one JSON object.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Rows">The rows asked for.</param>
/// <param name="Stored">How many of the runs asked for are stored.</param>
/// <param name="Computed">How many of them were computed now.</param>
/// <param name="Seconds">Wall time of the command.</param>
/// <param name="Files">The files that were written.</param>
internal sealed record RunReport(
    RunPlan Plan, IReadOnlyList<Row> Rows, int Stored, int Computed, double Seconds, IReadOnlyList<string> Files)
{
    /// <summary>Writes a table and a closing line.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine($"{Plan.Experiment.Id()}: {Plan.Experiment.Title}");
        string seeds = Plan.Seeds == 1 ? $"seed {Plan.Runs[0].Seed}" : $"seeds {Plan.Runs[0].Seed} to {Plan.Runs.Max(run => run.Seed)}";
        output.WriteLine($"{(Plan.Note.Length > 0 ? Plan.Note + "; " : Plan.Experiment.HasProfiles ? "full profile; " : string.Empty)}{seeds}");
        output.WriteLine();
        if (Rows.Count > 0)
        {
            foreach (string line in SummaryTable.Lines(Rows))
            {
                output.WriteLine(line);
            }

            output.WriteLine();
        }

        if (Stored < Plan.Runs.Count)
        {
            output.WriteLine($"{Stored} of {Plan.Runs.Count} runs are stored; the others belong to other shards.");
        }

        output.WriteLine($"{(Rows.Count > 0 ? SummaryTable.Verdict(Rows) : "nothing to judge")}; {Computed} runs computed, {Stored - Computed} stored before, {Duration.Text(Seconds)}.");
        output.WriteLine("Written: " + string.Join(", ", Files));
    }

    /// <summary>Writes the JSON object that programs read.</summary>
    public void WriteJson(TextWriter output)
    {
        JsonOutput.Write(output, json =>
        {
            json.WriteString("experiment", Plan.Experiment.Id());
            json.WriteString("profile", Plan.Profile == Profile.Quick ? "quick" : "full");
            json.WriteString("data", Plan.Data.Text);
            json.WriteString("note", Plan.Note);
            json.WriteString("version", BuildInfo.Version);
            json.WriteNumber("vectorBits", BuildInfo.VectorBits);
            json.WriteNumber("seconds", Math.Round(Seconds, 3));
            json.WriteStartArray("rows");
            foreach (Row row in Rows)
            {
                WriteRow(json, row);
            }

            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (string file in Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Writes one row of the table.</summary>
    public static void WriteRow(Utf8JsonWriter json, Row row)
    {
        json.WriteStartObject();
        json.WritePropertyName("point");
        JsonPoint.Write(json, row.Point);
        json.WriteString("metric", row.Metric);
        json.WriteNumber("n", row.N);
        json.WriteNumber("mean", row.Mean);
        WriteOptional(json, "ci95", row.Ci95);
        json.WriteNumber("min", row.Minimum);
        json.WriteNumber("max", row.Maximum);
        WriteOptional(json, "paper", row.Claim?.Paper);
        WriteBand(json, row.Claim);
        json.WriteString("verdict", row.Verdict);
        json.WriteEndObject();
    }

    private static void WriteBand(Utf8JsonWriter json, Claim? claim)
    {
        if (claim is null)
        {
            json.WriteNull("band");
            return;
        }

        json.WriteStartArray("band");
        foreach (double end in (ReadOnlySpan<double>)[claim.Low, claim.High])
        {
            // JSON has no infinity: an end that is open is null.
            if (double.IsFinite(end))
            {
                json.WriteNumberValue(end);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
