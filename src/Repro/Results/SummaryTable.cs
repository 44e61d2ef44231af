using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>The rows of a figure as aligned text.</summary>
internal static class SummaryTable
{
    private const string ColumnGap = "  ";

    /// <summary>One line of headings and one a row.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Row> rows)
    {
        string[] names = [.. rows.SelectMany(row => row.Point.Coordinates).Select(coordinate => coordinate.Name).Distinct()];
        List<string[]> cells = [[.. names, "metric", "n", "mean ± 95 %", "min … max", "paper", "band", "verdict"]];
        cells.AddRange(rows.Select(row => Cells(names, row)));
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(line => line[column].Length))];
        return cells.Select(line => string.Join(ColumnGap, line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>Counts the verdicts in words.</summary>
    public static string Verdict(IReadOnlyList<Row> rows) => string.Join(", ",
        from verdict in new[] { Verdicts.Inside, Verdicts.Outside, Verdicts.NotJudged, Verdicts.NoReference }
        let count = rows.Count(row => row.Verdict == verdict)
        where count > 0
        select $"{count} {verdict}");

    /// <summary>The cells of a row: the coordinates, then metric, seeds, mean, range, paper, band and verdict.</summary>
    public static string[] Cells(IReadOnlyList<string> names, Row row)
    {
        int decimals = Decimals(row);
        return
        [
            .. names.Select(name => row.Point[name] is { } value ? Point.Format(value) : "-"),
            row.Metric,
            $"{row.N}",
            Text(row.Mean) + (row.Ci95 is { } interval ? " ± " + Text(interval) : string.Empty),
            row.N > 1 ? $"{Text(row.Minimum)} … {Text(row.Maximum)}" : "-",
            row.Claim?.Paper is { } paper ? Point.Format(paper) : "-",
            row.Claim is { } claim ? Band(claim) : "-",
            row.Verdict,
        ];

        // Adding zero turns -0 into 0.
        string Text(double value) => (Math.Round(value, decimals) + 0.0).ToString($"F{decimals}");
    }

    /// <summary>A band in words.</summary>
    public static string Band(Claim claim) => (double.IsFinite(claim.Low), double.IsFinite(claim.High)) switch
    {
        (true, true) => $"{Point.Format(claim.Low)} … {Point.Format(claim.High)}",
        (true, false) => $"at least {Point.Format(claim.Low)}",
        (false, true) => $"at most {Point.Format(claim.High)}",
        _ => "any",
    };

    // Two digits of the interval, or five of a number without one.
    private static int Decimals(Row row)
    {
        if (row.Mean == 0 && row.Ci95 is not > 0)
        {
            return 0;
        }

        (double scale, int digits) = row.Ci95 is > 0 and { } interval ? (interval, 2) : (Math.Max(Math.Abs(row.Mean), 1e-9), 5);
        return Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(scale)), 0, 8);
    }
}
