using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Report;

/// <summary>Draws results of any sweep: means over a numeric coordinate, a map over two, or a point a name; and curves.</summary>
internal static class SweepDrawing
{
    private const int MostPanels = 6;
    private const int MostSeries = 8;
    private const int LeastOfMap = 3;
    private const double FilledOfMap = 0.7;

    /// <summary>A panel for each metric that varies over the sweep.</summary>
    public static void Metrics(Sheet sheet, IReadOnlyList<Row> rows)
    {
        foreach (IGrouping<string, Row> metric in rows.GroupBy(row => row.Metric).Where(metric => metric.Count() > 1).Take(MostPanels))
        {
            Draw(sheet, metric.Key, [.. metric]);
        }
    }

    /// <summary>A panel for each column of the curves: the mean over seeds, and the range of the seeds.</summary>
    /// <returns>How many points have curves, of which some may not be drawn.</returns>
    public static (int Drawn, int All) Curves(Sheet sheet, Summary summary)
    {
        Point[] all = [.. summary.Runs.Where(run => run.Result.Curve.Count > 1).Select(run => run.Point).Distinct()];
        Point[] drawn = all.Length <= MostSeries ? all : [.. Enumerable.Range(0, MostSeries).Select(n => all[n * (all.Length - 1) / (MostSeries - 1)])];
        string[] columns = [.. summary.Runs.SelectMany(run => run.Result.CurveColumns.Skip(1)).Distinct().Take(MostPanels)];
        string first = summary.Runs.SelectMany(run => run.Result.CurveColumns.Take(1)).FirstOrDefault(string.Empty);
        foreach (string column in columns.Where(_ => drawn.Length > 0))
        {
            Panel panel = sheet.Add(Plain(column)).Axes(Plain(first), Plain(column));
            for (int n = 0; n < drawn.Length; n++)
            {
                panel.Curves(summary with { Runs = [.. summary.Runs.Where(run => run.Point.Equals(drawn[n]))] }, drawn[n], column, drawn[n].ToString(), SheetColors.Series(n));
            }
        }

        return (columns.Length == 0 ? 0 : drawn.Length, all.Length);
    }

    /// <summary>A name from a file as words: <c>test_accuracy_percent</c> becomes test accuracy (%).</summary>
    public static string Plain(string name)
    {
        string words = name.Replace('_', ' ');
        return words.EndsWith(" percent", StringComparison.Ordinal) ? words[..^" percent".Length] + " (%)"
            : words.EndsWith(" nats", StringComparison.Ordinal) ? words[..^" nats".Length] + " (nats)"
            : words.EndsWith(" points", StringComparison.Ordinal) ? words[..^" points".Length] + " (points)"
            : words;
    }

    private static void Draw(Sheet sheet, string metric, Row[] rows)
    {
        string[] varying =
        [
            .. from name in rows.SelectMany(row => row.Point.Coordinates.Select(coordinate => coordinate.Name)).Distinct()
               where rows.Select(row => row.Point[name] is { } value ? Point.Format(value) : null).Distinct().Count() > 1
               select name,
        ];
        string[] numeric = [.. varying.Where(name => rows.All(row => row.Point[name] is { } value && PointOrder.IsNumber(value)))];
        Panel panel = sheet.Add(Plain(metric));
        if (numeric.Length == 2 && varying.Length == 2 && IsMap(rows, numeric))
        {
            DrawMap(panel, rows, numeric);
        }
        else if (numeric.Length > 0)
        {
            string along = numeric.MaxBy(name => Distinct(rows, name).Length)!;
            DrawMeans(panel.Axes(along, Plain(metric)), rows, along, varying);
        }
        else
        {
            DrawNames(panel.Axes(string.Join(", ", varying), Plain(metric)), rows, varying);
        }
    }

    private static void DrawMeans(Panel panel, Row[] rows, string along, string[] varying)
    {
        int series = 0;
        foreach (IGrouping<string, Row> group in rows.GroupBy(row => Name(row, varying.Where(name => name != along))).Take(MostSeries))
        {
            panel.Means(group, along, group.Key.Length > 0 ? group.Key : "mean, 95 % interval", SheetColors.Series(series++));
        }
    }

    private static void DrawNames(Panel panel, Row[] rows, string[] varying)
    {
        double[] places = [.. Enumerable.Range(0, rows.Length).Select(place => (double)place)];
        double[] means = [.. rows.Select(row => row.Mean)];
        panel.NamedX().XRange(-0.6, rows.Length - 0.4)
            .Errors(places, means, [.. rows.Select(row => row.Ci95 ?? 0)])
            .Points(places, means, "mean, 95 % interval");
        for (int place = 0; place < rows.Length && rows.Length <= MostSeries; place++)
        {
            panel.Text(Name(rows[place], varying), places[place], means[place], SheetColors.Grey, 11, alignment: ScottPlot.Alignment.UpperCenter);
        }
    }

    private static bool IsMap(Row[] rows, string[] numeric)
    {
        int columns = Distinct(rows, numeric[0]).Length, lines = Distinct(rows, numeric[1]).Length;
        return columns >= LeastOfMap && lines >= LeastOfMap && rows.Length >= FilledOfMap * columns * lines;
    }

    private static void DrawMap(Panel panel, Row[] rows, string[] names)
    {
        object[] columns = Distinct(rows, names[0]), lines = Distinct(rows, names[1]);
        double[,] values = new double[lines.Length, columns.Length];
        for (int line = 0; line < lines.Length; line++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                values[line, column] = rows.FirstOrDefault(row =>
                    PointOrder.Values(row.Point[names[0]]!, columns[column]) == 0 && PointOrder.Values(row.Point[names[1]]!, lines[line]) == 0)?.Mean ?? double.NaN;
            }
        }

        panel.Axes(names[0], names[1]).Cells([.. columns.Select(Point.Format)], [.. lines.Select(Point.Format)], values);
    }

    private static object[] Distinct(Row[] rows, string name) =>
        [.. rows.Select(row => row.Point[name]!).DistinctBy(Point.Format).Order(Comparer<object>.Create(PointOrder.Values))];

    private static string Name(Row row, IEnumerable<string> names) =>
        string.Join(", ", from name in names where row.Point[name] is not null select $"{name} = {Point.Format(row.Point[name]!)}");
}
