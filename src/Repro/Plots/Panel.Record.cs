using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Crosspoint.Repro.Plots;

/// <content>What was drawn on a panel, for pictures that are not made by ScottPlot.</content>
public sealed partial class Panel
{
    private readonly List<Mark> marks = [];

    /// <summary>What was drawn, in order.</summary>
    internal IReadOnlyList<Mark> Marks => marks;

    /// <summary>Whether <see cref="Marks"/> is all that was drawn.</summary>
    internal bool IsRecorded => marks.Count == plot.PlottableList.Count;

    /// <summary>Stands above the panel; may be empty.</summary>
    internal string Title => plot.Axes.Title.Label.Text;

    /// <summary>Name of the x axis.</summary>
    internal string XLabel => plot.Axes.Bottom.Label.Text;

    /// <summary>Name of the y axis.</summary>
    internal string YLabel => plot.Axes.Left.Label.Text;

    /// <summary>Whether an axis is logarithmic.</summary>
    internal (bool X, bool Y) IsLog => (logX, logY);

    /// <summary>Whether the places along an axis have names of their own instead of numbers.</summary>
    internal (bool X, bool Y) IsNamed => (plot.Axes.Bottom.TickGenerator is EmptyTickGenerator, plot.Axes.Left.TickGenerator is EmptyTickGenerator);

    /// <summary>Whether the panel is a drawing without axes.</summary>
    internal bool IsSchematic => isSchematic;

    /// <summary>The fixed ends of the axes; <see langword="null"/> where an end is chosen to fit the data.</summary>
    internal (double? XLow, double? XHigh, double? YLow, double? YHigh) Range => (xLow, xHigh, yLow, yHigh);

    /// <summary>Names of the columns and rows of <see cref="Cells"/>; empty without them.</summary>
    internal (IReadOnlyList<string> X, IReadOnlyList<string> Y) CellNames { get; private set; } = ([], []);

    /// <summary>Draws a map of coloured cells with names along both axes.</summary>
    /// <param name="columns">Names along the x axis, from left to right.</param>
    /// <param name="rows">Names along the y axis, from below.</param>
    /// <param name="values">One value a cell, shape [rows, columns]; NaN where there is none.</param>
    internal Panel Cells(IReadOnlyList<string> columns, IReadOnlyList<string> rows, double[,] values)
    {
        double[,] fromAbove = new double[rows.Count, columns.Count];
        List<double> x = [], y = [], value = [];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                fromAbove[rows.Count - 1 - row, column] = values[row, column];
                if (double.IsFinite(values[row, column]))
                {
                    x.Add(column);
                    y.Add(row);
                    value.Add(values[row, column]);
                }
            }
        }

        Heatmap map = plot.Add.Heatmap(fromAbove);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        plot.Axes.Bottom.TickGenerator = Names(columns);
        plot.Axes.Left.TickGenerator = Names(rows);
        CellNames = (columns, rows);
        marks.Add(new Mark(MarkKind.Cells, x, y) { Extent = value, Color = SheetColors.Ink });
        return XRange(-0.5, columns.Count - 0.5).YRange(-0.5, rows.Count - 0.5);
    }

    private static NumericManual Names(IReadOnlyList<string> names) =>
        new([.. Enumerable.Range(0, names.Count).Select(place => (double)place)], [.. names]);
}
