using Crosspoint.Repro.Experiments;
using ScottPlot;

namespace Crosspoint.Repro.Plots;

/// <summary>Draws what runs computed: rows over a coordinate, and curves over epochs.</summary>
public static class PanelRows
{
    /// <summary>Draws means over one coordinate as a line with markers and 95 % intervals, and the paper's values and bands behind it.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="rows">Rows of one metric and one series.</param>
    /// <param name="x">The coordinate along the x axis.</param>
    /// <param name="label">Name of the series.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="paperLabel">Name of the paper's values in the legend; empty for a second series of the same panel.</param>
    public static Panel Means(
        this Panel panel, IEnumerable<Row> rows, string x, string label, Color? color = null, string paperLabel = "paper")
    {
        Row[] sorted = [.. rows.OrderBy(row => row.Point.Number(x))];
        if (sorted.Length == 0)
        {
            return panel;
        }

        foreach (Row row in sorted.Where(row => row.Claim is { } claim && double.IsFinite(claim.Low) && double.IsFinite(claim.High)))
        {
            panel.Tolerance(row.Point.Number(x), row.Claim!.Low, row.Claim.High);
        }

        double[] at = [.. sorted.Select(row => row.Point.Number(x))];
        double[] means = [.. sorted.Select(row => row.Mean)];
        panel.Errors(at, means, [.. sorted.Select(row => row.Ci95 ?? 0)], color);
        panel.Line(at, means, label, color, markers: true);
        Row[] known = [.. sorted.Where(row => row.Claim?.Paper is not null)];
        return known.Length == 0
            ? panel
            : panel.Paper([.. known.Select(row => row.Point.Number(x))], [.. known.Select(row => row.Claim!.Paper!.Value)], paperLabel);
    }

    /// <summary>Draws one column of the curves of a series: the mean over seeds as a line, smallest to largest as a band.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="summary">The runs.</param>
    /// <param name="where">Chooses the runs: those whose point has these coordinates.</param>
    /// <param name="column">The column along the y axis; the first column is along the x axis.</param>
    /// <param name="label">Name of the series.</param>
    /// <param name="color">Its colour.</param>
    public static Panel Curves(
        this Panel panel, Summary summary, Point where, string column, string label, Color? color = null)
    {
        ILookup<double, double> values = summary.Runs
            .Where(run => run.Point.Contains(where) && run.Result.CurveColumns.Contains(column))
            .SelectMany(run => run.Result.Curve.Select(row => (X: row[0], Y: row[ColumnOf(run.Result, column)])))
            .ToLookup(entry => entry.X, entry => entry.Y);
        double[] x = [.. values.Select(group => group.Key).Order()];
        if (x.Length == 0)
        {
            return panel;
        }

        panel.Band(x, [.. x.Select(at => values[at].Min())], [.. x.Select(at => values[at].Max())], color: color);
        return panel.Line(x, [.. x.Select(at => values[at].Average())], label, color);
    }

    private static int ColumnOf(RunResult result, string column) =>
        Enumerable.Range(0, result.CurveColumns.Count).First(index => result.CurveColumns[index] == column);
}
