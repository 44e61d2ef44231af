using ScottPlot;
using ScottPlot.Plottables;

namespace Crosspoint.Repro.Plots;

/// <content>What can be drawn on a panel.</content>
public sealed partial class Panel
{
    private const float LineWidth = 1.8f;
    private const float MarkerSize = 6.5f;
    private const double BandOpacity = 0.18;

    /// <summary>Draws a line through points, with a marker at each if asked for; a single point has one, as nothing else would show it.</summary>
    public Panel Line(
        IReadOnlyList<double> x, IReadOnlyList<double> y, string label = "", Color? color = null, bool dashed = false, bool markers = false)
    {
        markers |= x.Count == 1;
        Scatter line = plot.Add.ScatterLine(X(x), Y(y), color ?? SheetColors.Blue);
        line.LineWidth = LineWidth;
        line.LegendText = label;
        line.LinePattern = dashed ? LinePattern.DenselyDashed : LinePattern.Solid;
        if (markers)
        {
            line.MarkerShape = MarkerShape.FilledCircle;
            line.MarkerSize = MarkerSize;
        }

        marks.Add(new Mark(MarkKind.Line, x, y) { Label = label, Color = color ?? SheetColors.Blue, Dashed = dashed, Markers = markers });
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
        marks.Add(new Mark(MarkKind.Points, x, y) { Label = label, Color = color ?? SheetColors.Blue, Size = size, Hollow = hollow });
        return this;
    }

    /// <summary>Draws steps: the value of a point holds until the next one.</summary>
    public Panel Steps(IReadOnlyList<double> x, IReadOnlyList<double> y, string label = "", Color? color = null, float width = LineWidth)
    {
        Scatter steps = plot.Add.ScatterLine(X(x), Y(y), color ?? SheetColors.Blue);
        steps.ConnectStyle = ConnectStyle.StepHorizontal;
        steps.LineWidth = width;
        steps.LegendText = label;
        marks.Add(new Mark(MarkKind.Steps, x, y) { Label = label, Color = color ?? SheetColors.Blue, Size = width });
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
        marks.Add(new Mark(MarkKind.Errors, x, y) { Extent = error, Color = color ?? SheetColors.Blue });
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
        marks.Add(new Mark(MarkKind.Band, x, low) { Extent = high, Label = label, Color = color ?? SheetColors.Blue });
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
        marks.Add(new Mark(MarkKind.Paper, x, y) { Label = label, Color = SheetColors.Ink });
        return this;
    }

    /// <summary>Draws a vertical bar from the low to the high end of what the paper's value may be.</summary>
    public Panel Tolerance(double x, double low, double high)
    {
        LinePlot bar = plot.Add.Line(X(x), Y(low), X(x), Y(high));
        bar.LineColor = SheetColors.Ink.WithOpacity(0.22);
        bar.LineWidth = 6;
        marks.Add(new Mark(MarkKind.Tolerance, [x, x], [low, high]) { Color = SheetColors.Ink });
        return this;
    }

    /// <summary>Draws a horizontal reference line across the panel.</summary>
    public Panel HorizontalLine(double y, string label = "", Color? color = null)
    {
        Reference(plot.Add.HorizontalLine(Y(y)), label, color);
        marks.Add(new Mark(MarkKind.HorizontalLine, [], [y]) { Label = label, Color = color ?? SheetColors.Grey });
        return this;
    }

    /// <summary>Draws a vertical reference line across the panel.</summary>
    public Panel VerticalLine(double x, string label = "", Color? color = null)
    {
        Reference(plot.Add.VerticalLine(X(x)), label, color);
        marks.Add(new Mark(MarkKind.VerticalLine, [x], []) { Label = label, Color = color ?? SheetColors.Grey });
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
        marks.Add(new Mark(MarkKind.Text, [x], [y]) { Label = text, Color = color ?? SheetColors.Ink, Size = size, Bold = bold, Alignment = alignment });
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
        marks.Add(new Mark(MarkKind.Arrow, [fromX, toX], [fromY, toY]) { Color = color ?? SheetColors.Ink, Size = width });
        return this;
    }

    /// <summary>Draws a straight line between two places.</summary>
    public Panel Segment(double fromX, double fromY, double toX, double toY, Color? color = null, float width = 1.6f, bool dashed = false)
    {
        LinePlot line = plot.Add.Line(X(fromX), Y(fromY), X(toX), Y(toY));
        line.LineColor = color ?? SheetColors.Ink;
        line.LineWidth = width;
        line.LinePattern = dashed ? LinePattern.DenselyDashed : LinePattern.Solid;
        marks.Add(new Mark(MarkKind.Segment, [fromX, toX], [fromY, toY]) { Color = color ?? SheetColors.Ink, Size = width, Dashed = dashed });
        return this;
    }

    /// <summary>Draws a box, filled if asked for.</summary>
    public Panel Box(double left, double bottom, double right, double top, Color? outline = null, Color? fill = null, float width = 1.6f)
    {
        ScottPlot.Plottables.Rectangle box = plot.Add.Rectangle(X(left), X(right), Y(bottom), Y(top));
        box.LineColor = outline ?? SheetColors.Ink;
        box.LineWidth = width;
        box.FillColor = fill ?? Colors.Transparent;
        marks.Add(new Mark(MarkKind.Box, [left, right], [bottom, top]) { Color = outline ?? SheetColors.Ink, Fill = fill, Size = width });
        return this;
    }

    /// <summary>Draws a circle by its marker size in units, which does not depend on the axes.</summary>
    public Panel Circle(double x, double y, float size, Color? outline = null, Color? fill = null)
    {
        Marker circle = plot.Add.Marker(X(x), Y(y), MarkerShape.FilledCircle, size, fill ?? Colors.White);
        circle.MarkerStyle.OutlineColor = outline ?? SheetColors.Ink;
        circle.MarkerStyle.OutlineWidth = 1.6f;
        marks.Add(new Mark(MarkKind.Circle, [x], [y]) { Color = outline ?? SheetColors.Ink, Fill = fill ?? Colors.White, Size = size });
        return this;
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
}
