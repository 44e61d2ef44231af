using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Crosspoint.Repro.Plots;

/// <summary>One set of axes of a sheet. Every method returns the panel, so that a figure reads as one chain.</summary>
/// <remarks>Series without a label stay out of the legend; a panel with no label at all has none.</remarks>
public sealed class Panel : IDisposable
{
    private const float TextSize = 12.5f;
    private const float LineWidth = 1.8f;
    private const float MarkerSize = 6.5f;
    private const double BandOpacity = 0.18;

    private readonly Plot plot = new();
    private bool logX;
    private bool logY;
    private bool isSchematic;
    private double? xLow;
    private double? xHigh;
    private double? yLow;
    private double? yHigh;

    internal Panel(string title)
    {
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.IsVisible = title.Length > 0;
        plot.Axes.Title.Label.FontSize = 13.5f;
        plot.Axes.Title.Label.Bold = true;
        plot.Axes.Title.Label.SubpixelText = true;
        plot.Axes.Title.Label.ForeColor = SheetColors.Ink;
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = SheetColors.Mist;
        plot.Grid.MajorLineWidth = 1;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        StyleAxis(plot.Axes.Bottom);
        StyleAxis(plot.Axes.Left);
        plot.Legend.IsVisible = false;
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
    }

    /// <summary>Frees what the drawing holds; the sheet does it.</summary>
    public void Dispose() => plot.Dispose();

    /// <summary>Names the axes, with units.</summary>
    public Panel Axes(string x, string y)
    {
        plot.Axes.Bottom.Label.Text = x;
        plot.Axes.Left.Label.Text = y;
        return this;
    }

    /// <summary>Fixes the ends of the x axis; an end left out is chosen to fit the data.</summary>
    public Panel XRange(double? low = null, double? high = null)
    {
        (xLow, xHigh) = (low, high);
        return this;
    }

    /// <summary>Fixes the ends of the y axis; an end left out is chosen to fit the data.</summary>
    public Panel YRange(double? low = null, double? high = null)
    {
        (yLow, yHigh) = (low, high);
        return this;
    }

    /// <summary>Makes the x axis logarithmic; to be called before anything is drawn.</summary>
    public Panel LogX()
    {
        logX = true;
        UseLogTicks(plot.Axes.Bottom);
        return this;
    }

    /// <summary>Makes the y axis logarithmic; to be called before anything is drawn.</summary>
    public Panel LogY()
    {
        logY = true;
        UseLogTicks(plot.Axes.Left);
        return this;
    }

    /// <summary>Turns the panel into a drawing without axes, on coordinates from 0 to <paramref name="width"/> and <paramref name="height"/>.</summary>
    public Panel Schematic(double width, double height)
    {
        isSchematic = true;
        return XRange(0, width).YRange(0, height);
    }

    /// <summary>Draws a line through points, with a marker at each if asked for.</summary>
    public Panel Line(
        IReadOnlyList<double> x, IReadOnlyList<double> y, string label = "", Color? color = null, bool dashed = false, bool markers = false)
    {
        Scatter line = plot.Add.ScatterLine(X(x), Y(y), color ?? SheetColors.Blue);
        line.LineWidth = LineWidth;
        line.LegendText = label;
        line.LinePattern = dashed ? LinePattern.DenselyDashed : LinePattern.Solid;
        if (markers)
        {
            line.MarkerShape = MarkerShape.FilledCircle;
            line.MarkerSize = MarkerSize;
        }

        return this;
    }

    /// <summary>Draws separate points.</summary>
    public Panel Points(
        IReadOnlyList<double> x, IReadOnlyList<double> y, string label = "", Color? color = null, float size = MarkerSize, bool hollow = false)
    {
        Scatter points = plot.Add.ScatterPoints(X(x), Y(y), color ?? SheetColors.Blue);
        points.MarkerShape = hollow ? MarkerShape.OpenCircle : MarkerShape.FilledCircle;
        points.MarkerSize = size;
        points.MarkerLineWidth = LineWidth;
        points.LegendText = label;
        return this;
    }

    /// <summary>Draws steps: the value of a point holds until the next one.</summary>
    public Panel Steps(IReadOnlyList<double> x, IReadOnlyList<double> y, string label = "", Color? color = null, float width = LineWidth)
    {
        Scatter steps = plot.Add.ScatterLine(X(x), Y(y), color ?? SheetColors.Blue);
        steps.ConnectStyle = ConnectStyle.StepHorizontal;
        steps.LineWidth = width;
        steps.LegendText = label;
        return this;
    }

    /// <summary>Draws vertical error bars of half height <paramref name="error"/>.</summary>
    public Panel Errors(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> error, Color? color = null)
    {
        double[] middle = Y(y);
        double[] up = [.. Y([.. y.Zip(error, (value, half) => value + half)]).Zip(middle, (high, value) => high - value)];
        double[] down = [.. middle.Zip(Y([.. y.Zip(error, (value, half) => value - half)]), (value, low) => value - low)];
        double[] none = new double[middle.Length];
        ErrorBar bars = new(X(x), middle, none, none, up, down) { LineWidth = LineWidth * 0.8f, CapSize = 3, Color = color ?? SheetColors.Blue };
        plot.PlottableList.Add(bars);
        return this;
    }

    /// <summary>Fills the area between two curves.</summary>
    public Panel Band(
        IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high, string label = "", Color? color = null)
    {
        FillY band = plot.Add.FillY(X(x), Y(low), Y(high));
        band.FillColor = (color ?? SheetColors.Blue).WithOpacity(BandOpacity);
        band.LineWidth = 0;
        band.LegendText = label;
        return this;
    }

    /// <summary>Marks values of the paper with hollow diamonds.</summary>
    public Panel Paper(IReadOnlyList<double> x, IReadOnlyList<double> y, string label = "paper")
    {
        Scatter points = plot.Add.ScatterPoints(X(x), Y(y), SheetColors.Ink);
        points.MarkerStyle = new MarkerStyle
        {
            Shape = MarkerShape.OpenDiamond,
            Size = 11,
            LineColor = SheetColors.Ink,
            LineWidth = 1.6f,
            OutlineColor = SheetColors.Ink,
            OutlineWidth = 1.6f,
        };
        points.LegendText = label;
        return this;
    }

    /// <summary>Draws a vertical bar from the low to the high end of what the paper's value may be.</summary>
    public Panel Tolerance(double x, double low, double high)
    {
        LinePlot bar = plot.Add.Line(X(x), Y(low), X(x), Y(high));
        bar.LineColor = SheetColors.Ink.WithOpacity(0.22);
        bar.LineWidth = 6;
        return this;
    }

    /// <summary>Draws a horizontal reference line across the panel.</summary>
    public Panel HorizontalLine(double y, string label = "", Color? color = null)
    {
        Reference(plot.Add.HorizontalLine(Y(y)), label, color);
        return this;
    }

    /// <summary>Draws a vertical reference line across the panel.</summary>
    public Panel VerticalLine(double x, string label = "", Color? color = null)
    {
        Reference(plot.Add.VerticalLine(X(x)), label, color);
        return this;
    }

    /// <summary>Writes words at a place.</summary>
    public Panel Text(
        string text, double x, double y, Color? color = null, float size = TextSize, bool bold = false, Alignment alignment = Alignment.MiddleCenter)
    {
        Text words = plot.Add.Text(text, X(x), Y(y));
        words.LabelFontColor = color ?? SheetColors.Ink;
        words.LabelFontSize = size;
        words.LabelBold = bold;
        words.LabelStyle.SubpixelText = true;
        words.LabelAlignment = alignment;
        words.LabelFontName = EmbeddedFonts.Family;
        return this;
    }

    /// <summary>Draws an arrow from one place to another.</summary>
    public Panel Arrow(double fromX, double fromY, double toX, double toY, Color? color = null, float width = 1.6f)
    {
        Arrow arrow = plot.Add.Arrow(X(fromX), Y(fromY), X(toX), Y(toY));
        arrow.ArrowShape = new ScottPlot.ArrowShapes.SingleLine();
        arrow.ArrowLineColor = color ?? SheetColors.Ink;
        arrow.ArrowLineWidth = width;
        arrow.ArrowheadLength = 8;
        arrow.ArrowheadWidth = 7;
        return this;
    }

    /// <summary>Draws a straight line between two places.</summary>
    public Panel Segment(double fromX, double fromY, double toX, double toY, Color? color = null, float width = 1.6f, bool dashed = false)
    {
        LinePlot line = plot.Add.Line(X(fromX), Y(fromY), X(toX), Y(toY));
        line.LineColor = color ?? SheetColors.Ink;
        line.LineWidth = width;
        line.LinePattern = dashed ? LinePattern.DenselyDashed : LinePattern.Solid;
        return this;
    }

    /// <summary>Draws a box, filled if asked for.</summary>
    public Panel Box(double left, double bottom, double right, double top, Color? outline = null, Color? fill = null, float width = 1.6f)
    {
        ScottPlot.Plottables.Rectangle box = plot.Add.Rectangle(X(left), X(right), Y(bottom), Y(top));
        box.LineColor = outline ?? SheetColors.Ink;
        box.LineWidth = width;
        box.FillColor = fill ?? Colors.Transparent;
        return this;
    }

    /// <summary>Draws a circle by its marker size in units, which does not depend on the axes.</summary>
    public Panel Circle(double x, double y, float size, Color? outline = null, Color? fill = null)
    {
        Marker circle = plot.Add.Marker(X(x), Y(y), MarkerShape.FilledCircle, size, fill ?? Colors.White);
        circle.MarkerStyle.OutlineColor = outline ?? SheetColors.Ink;
        circle.MarkerStyle.OutlineWidth = 1.6f;
        return this;
    }

    /// <summary>Shows the legend in another corner than the upper right one.</summary>
    public Panel Legend(Alignment corner)
    {
        plot.Legend.Alignment = corner;
        return this;
    }

    /// <summary>Draws the panel into a part of a canvas.</summary>
    internal void Render(SKCanvas canvas, PixelRect place)
    {
        plot.Axes.Margins(0.06, 0.08);
        plot.Axes.AutoScale();
        AxisLimits fit = plot.Axes.GetLimits();
        plot.Axes.SetLimits(
            xLow is { } left ? X(left) : fit.Left,
            xHigh is { } right ? X(right) : fit.Right,
            yLow is { } bottom ? Y(bottom) : fit.Bottom,
            yHigh is { } top ? Y(top) : fit.Top);
        if (isSchematic)
        {
            plot.HideGrid();
            plot.Axes.Bottom.IsVisible = false;
            plot.Axes.Left.IsVisible = false;
        }

        StyleLegend();
        plot.Render(canvas, place);
    }

    private static void StyleAxis(IAxis axis)
    {
        axis.Label.FontSize = TextSize + 0.5f;
        axis.Label.Bold = false;
        axis.Label.ForeColor = SheetColors.Ink;
        axis.TickLabelStyle.FontSize = TextSize - 1;
        axis.TickLabelStyle.ForeColor = SheetColors.Ink;
        axis.FrameLineStyle.Color = SheetColors.Grey;
        axis.FrameLineStyle.Width = 1;
        axis.MajorTickStyle.Color = SheetColors.Grey;
        axis.MinorTickStyle.Color = SheetColors.Grey;
        axis.MinorTickStyle.Length = 0;
        axis.TickGenerator = new NumericAutomatic { TickDensity = 0.7 };
        axis.Label.SubpixelText = true;
        axis.TickLabelStyle.SubpixelText = true;
    }

    private static void UseLogTicks(IAxis axis)
    {
        axis.MinorTickStyle.Length = 3;
        axis.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new LogMinorTickGenerator(),
            LabelFormatter = exponent => Math.Abs(exponent) <= 3
                ? Math.Pow(10, exponent).ToString("0.###")
                : "1e" + exponent.ToString("0"),
        };
    }

    private static void Reference(AxisLine line, string label, Color? color)
    {
        line.LineColor = color ?? SheetColors.Grey;
        line.LineWidth = 1.2f;
        line.LinePattern = LinePattern.DenselyDashed;
        line.LegendText = label;
        line.ExcludeFromLegend = label.Length == 0;
        line.EnableAutoscale = true;
    }

    private void StyleLegend()
    {
        plot.Legend.IsVisible = plot.Legend.GetItems().Length > 0;
        plot.Legend.FontSize = TextSize - 0.5f;
        plot.Legend.FontName = EmbeddedFonts.Family;
        plot.Legend.FontColor = SheetColors.Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithOpacity(0.85);
        plot.Legend.Margin = new PixelPadding(8);
    }

    private double X(double x) => logX ? Math.Log10(x) : x;

    private double Y(double y) => logY ? Math.Log10(y) : y;

    private double[] X(IReadOnlyList<double> x) => [.. x.Select(X)];

    private double[] Y(IReadOnlyList<double> y) => [.. y.Select(Y)];
}
