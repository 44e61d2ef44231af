using System.Globalization;
using System.Text;
using System.Text.Json;
using Crosspoint.Repro.Commands;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Bench;

/// <summary>What a run of the benchmark found, as a table, as JSON and as CSV.</summary>
/// <param name="Rows">Its lines.</param>
/// <param name="Caches">The caches of this machine.</param>
/// <param name="Quick">Whether the run was a quick one.</param>
/// <param name="Seconds">Seconds that it took.</param>
internal sealed record BenchReport(IReadOnlyList<MeasuredRow> Rows, Caches Caches, bool Quick, double Seconds)
{
    private const int Digits = 5;
    private const int TableDigits = 4;
    private const string Gap = "  ";

    // What a script reads; the names are a contract.
    private static readonly (string Name, Func<MeasuredRow, object?> Value)[] Columns =
    [
        ("name", row => row.Name),
        ("unit", row => row.Unit),
        ("median", row => row.Median),
        ("min", row => row.Min),
        ("max", row => row.Max),
        ("spreadPercent", row => row.SpreadPercent),
        ("n", row => row.N),
        ("roundsPercent", row => row.RoundsPercent),
        ("coincidences", row => row.Coincidences),
        ("coincidenceNanoseconds", row => row.CoincidenceNanoseconds),
        ("goal", row => row.Goal),
        ("goalScaledBy", row => row.GoalScaledBy),
        ("scaledGoal", row => row.ScaledGoal),
        ("ofGoal", row => row.OfGoal),
        ("rooflinePercent", row => row.RooflinePercent),
        ("limitPercent", row => row.LimitPercent),
        ("timesLoop", row => row.TimesLoop),
        ("timesTensors", row => row.TimesTensors),
        ("cache", row => row.Cache),
        ("workingSet", row => row.WorkingSet),
        ("readBandwidth", row => row.ReadBandwidth),
        ("crossPointNanoseconds", row => row.CrossPointNanoseconds),
        ("overBestSize", row => row.OverBestSize),
        ("fma", row => row.Fma),
        ("l2", row => row.L2),
        ("median256", row => row.Median256),
        ("ratio256", row => row.Ratio256),
        ("limitRatio256", row => row.LimitRatio256),
    ];

    // What a person reads; a column in which no row has anything is left out.
    private static readonly (string Name, Func<MeasuredRow, string?> Cell)[] TableColumns =
    [
        ("row", row => row.Name),
        ("median", row => Text(row.Median)),
        ("min", row => Text(row.Min)),
        ("unit", row => row.Unit),
        ("spread", row => $"{row.SpreadPercent:0.0} %"),
        ("rounds", row => row.RoundsPercent is { } above ? $"+{above:0} %" : null),
        ("coincidences", row => Text(row.Coincidences)),
        ("ns/coincidence", row => Text(row.CoincidenceNanoseconds)),
        ("goal", row => Text(row.ScaledGoal)),
        ("of goal", row => row.OfGoal is { } part ? $"{part:0.00}{(part > 1 ? " missed" : string.Empty)}" : null),
        ("roofline", row => row.RooflinePercent is { } part ? $"{part:0} % {row.Cache}" : null),
        ("limit", row => row.LimitPercent is { } part ? $"{part:0} %" : null),
        ("loop", row => Times(row.TimesLoop)),
        ("tensors", row => Times(row.TimesTensors)),
        ("ns/cross-point", row => row.OverBestSize is null ? null : Text(row.CrossPointNanoseconds)),
        ("over best size", row => row.OverBestSize is { } ratio ? $"{ratio:0.00}" : null),
        ("256 bits", row => Text(row.Median256)),
        ("256 / 512", row => row.Ratio256 is { } ratio ? $"{ratio:0.00}{(ratio > OtherWidth.MostRatio ? " missed" : string.Empty)}" : null),
        ("of limits", row => row.LimitRatio256 is { } ratio ? $"{ratio:0.00}" : null),
    ];

    /// <summary>Prints the table and what it means.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine(
            $"{BuildInfo.ProcessorName()}, {(BuildInfo.VectorBits > 0 ? $"{BuildInfo.VectorBits}-bit vectors" : "scalar code")}, one thread; "
            + $"caches {Caches.L1 >> 10} KB, {Caches.L2 >> 10} KB, {Caches.L3 >> 20} MB{(Quick ? "; a quick run: numbers are rough" : string.Empty)}");
        var columns = TableColumns.Where(column => Rows.Any(row => column.Cell(row) is not null)).ToArray();
        List<string[]> lines = [[.. columns.Select(column => column.Name)]];
        lines.AddRange(Rows.Select(row => (string[])[.. columns.Select(column => column.Cell(row) ?? "-")]));
        int[] widths = [.. columns.Select((_, k) => lines.Max(line => line[k].Length))];
        foreach (string[] line in lines)
        {
            output.WriteLine(string.Join(Gap, line.Select((cell, k) => k == 0 ? cell.PadRight(widths[k]) : cell.PadLeft(widths[k]))).TrimEnd());
        }

        WriteRemarks(output);
    }

    /// <summary>Prints one JSON object.</summary>
    public void WriteJson(TextWriter output) => JsonOutput.Write(output, WriteJson);

    /// <summary>Writes a CSV or a JSON file, whole or not at all.</summary>
    /// <param name="path">Ends in .csv or .json.</param>
    public void WriteFile(string path)
    {
        using StringWriter text = new() { NewLine = "\n" };
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            WriteJson(text);
        }
        else
        {
            WriteCsv(text);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    private void WriteRemarks(TextWriter output)
    {
        if (Rows.Count(row => row.OfGoal is not null) is > 0 and var judged)
        {
            output.WriteLine(
                $"{Rows.Count(row => row.OfGoal <= 1)} of {judged} goals met; a goal is set for {Goal.ReferenceMultiplyAdds} G multiply-adds a second "
                + $"and {Goal.ReferenceBandwidth} GB/s from L2, and scaled by what was measured beside its row");
        }

        if (Rows.Count(row => row.Ratio256 is not null) is > 0 and var compared)
        {
            output.WriteLine(
                $"{Rows.Count(row => row.Ratio256 <= OtherWidth.MostRatio)} of {compared} rows take at most {OtherWidth.MostRatio} times as long without AVX-512");
        }

        MeasuredRow[] beside = [.. Rows.Where(row => row.Fma is not null)];
        if (beside.Length > 1)
        {
            output.WriteLine(
                $"from row to row the machine moved by {Percent(row => row.Fma!.Value):0} % in arithmetic and by {Percent(row => row.L2!.Value):0} % in L2 bandwidth");
        }

        foreach (string line in Scaling.Lines(Rows))
        {
            output.WriteLine(line);
        }

        double Percent(Func<MeasuredRow, double> rate) => 100 * ((beside.Max(rate) / beside.Min(rate)) - 1);
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("processor", BuildInfo.ProcessorName());
        json.WriteNumber("vectorBits", BuildInfo.VectorBits);
        json.WriteNumber("threads", 1);
        json.WriteString("version", BuildInfo.Version);
        json.WriteString("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);
        json.WriteBoolean("quick", Quick);
        json.WriteNumber("seconds", Significant(Seconds));
        json.WriteStartObject("caches");
        json.WriteNumber("l1", Caches.L1);
        json.WriteNumber("l2", Caches.L2);
        json.WriteNumber("l3", Caches.L3);
        json.WriteEndObject();
        json.WriteStartArray("rows");
        foreach (MeasuredRow row in Rows)
        {
            json.WriteStartObject();
            foreach ((string name, Func<MeasuredRow, object?> value) in Columns)
            {
                json.WritePropertyName(name);
                switch (value(row))
                {
                    case string text:
                        json.WriteStringValue(text);
                        break;
                    case int whole:
                        json.WriteNumberValue(whole);
                        break;
                    case double number:
                        json.WriteNumberValue(Significant(number));
                        break;
                    default:
                        json.WriteNullValue();
                        break;
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteCsv(StringWriter text)
    {
        text.WriteLine($"# processor: {BuildInfo.ProcessorName()}");
        text.WriteLine($"# vector bits: {BuildInfo.VectorBits}; threads: 1; quick: {(Quick ? "true" : "false")}");
        text.WriteLine($"# caches in bytes: {Caches.L1} {Caches.L2} {Caches.L3}");
        text.WriteLine($"# runtime: {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; crosspoint {BuildInfo.Version}");
        text.WriteLine(string.Join(',', Columns.Select(column => column.Name)));
        foreach (MeasuredRow row in Rows)
        {
            text.WriteLine(string.Join(',', Columns.Select(column => column.Value(row) is double number ? Number(number) : $"{column.Value(row)}")));
        }
    }

    private static string Number(double value) => Significant(value).ToString(CultureInfo.InvariantCulture);

    private static double Significant(double value) =>
        value == 0 || !double.IsFinite(value) ? value : double.Parse(value.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string? Times(double? ratio) => ratio is { } times ? $"{Text(times, 2)} x" : null;

    private static string? Text(double? value) => value is { } number ? Text(number, TableDigits) : null;

    private static string Text(double value, int digits)
    {
        int whole = value == 0 ? 1 : (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
        return value.ToString($"F{Math.Clamp(digits - whole, 0, 8)}");
    }
}
