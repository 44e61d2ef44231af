using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Draws a sweep: its first metric over every coordinate that is a number, and the curves of a few points.</summary>
internal static class SweepPicture
{
    private const int MostPanels = 3;
    private const int MostCurves = 6;
    private const int PanelWidth = 400;
    private const double DecadesForLog = 30;

    /// <summary>Draws into a sheet.</summary>
    public static void Draw(Sheet sheet, Summary summary)
    {
        string metric = summary.Rows[0].Metric;
        Row[] rows = [.. summary.Rows.Where(row => row.Metric == metric)];
        string[] axes = [.. rows[0].Point.Coordinates.Select(coordinate => coordinate.Name).Where(name => IsNumber(rows, name)).Take(MostPanels)];
        foreach (string axis in axes)
        {
            Over(sheet, rows, axis, metric);
        }

        if (axes.Length == 0)
        {
            Panel panel = sheet.Add("Points").Axes("point", metric).NamedX();
            Dots(panel, [.. Enumerable.Range(0, rows.Length).Select(n => (double)n)], rows, string.Empty, 0);
        }

        Point[] points = [.. summary.Runs.Select(run => run.Point).Distinct()];
        if (points.Length <= MostCurves)
        {
            Panel curves = sheet.Add("Training").Axes("epoch", metric);
            string column = summary.Runs[0].Result.CurveColumns.FirstOrDefault(name => name == metric) ?? summary.Runs[0].Result.CurveColumns[^1];
            for (int k = 0; k < points.Length; k++)
            {
                curves.Curves(summary, points[k], column, points[k].ToString(), SheetColors.Series(k));
            }
        }

        sheet.Width = Math.Max(sheet.Width, PanelWidth * (axes.Length + 1));
    }

    // One line for each combination of the other coordinates while there are few; separate points otherwise.
    private static void Over(Sheet sheet, Row[] rows, string axis, string metric)
    {
        Panel panel = sheet.Add().Axes(axis, metric);
        double[] values = [.. rows.Select(row => row.Point.Number(axis))];
        if (values.Min() > 0 && values.Max() / values.Min() >= DecadesForLog)
        {
            panel.LogX();
        }

        IGrouping<string, Row>[] others = [.. rows.GroupBy(row => Others(row.Point, axis))];
        if (others.Length > MostCurves)
        {
            Dots(panel, values, rows, string.Empty, 0);
            return;
        }

        for (int k = 0; k < others.Length; k++)
        {
            Row[] sorted = [.. others[k].OrderBy(row => row.Point.Number(axis))];
            double[] x = [.. sorted.Select(row => row.Point.Number(axis))];
            Dots(panel, x, sorted, others[k].Key, k);
            panel.Line(x, [.. sorted.Select(row => row.Mean)], color: SheetColors.Series(k));
        }
    }

    private static void Dots(Panel panel, double[] x, Row[] rows, string label, int series)
    {
        double[] y = [.. rows.Select(row => row.Mean)];
        panel.Points(x, y, label, SheetColors.Series(series));
        panel.Errors(x, y, [.. rows.Select(row => row.Ci95 ?? 0)], SheetColors.Series(series));
    }

    private static string Others(Point point, string axis) =>
        string.Join(", ", point.Coordinates.Where(coordinate => coordinate.Name != axis).Select(coordinate => $"{coordinate.Name} = {Point.Format(coordinate.Value)}"));

    private static bool IsNumber(Row[] rows, string name) => rows.All(row => row.Point[name] is int or double);
}
