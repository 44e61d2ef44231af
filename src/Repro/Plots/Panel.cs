using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Crosspoint.Repro.Plots;

/// <summary>One set of axes of a sheet. Every method returns the panel, so that a figure reads as one chain.</summary>
/// <remarks>Series without a label stay out of the legend; a panel with no label at all has none.</remarks>
public sealed partial class Panel : IDisposable
{
    private const float TextSize = 12.5f;

    private readonly Plot plot = new();
    private bool logX;
    private bool logY;
    private bool isSchematic;
    private Alignment? legend;
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

    /// <summary>Leaves out the numbers along the x axis, whose places have names of their own.</summary>
    public Panel NamedX()
    {
        plot.Axes.Bottom.TickGenerator = new EmptyTickGenerator();
        return this;
    }

    /// <summary>Leaves out the numbers along the y axis, whose places have names of their own.</summary>
    public Panel NamedY()
    {
        plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
        return this;
    }

    /// <summary>Turns the panel into a drawing without axes, on coordinates from 0 to <paramref name="width"/> and <paramref name="height"/>.</summary>
    public Panel Schematic(double width, double height)
    {
        isSchematic = true;
        return XRange(0, width).YRange(0, height);
    }

    /// <summary>Shows the legend in a certain corner and not in the one where it hides the least.</summary>
    public Panel Legend(Alignment corner)
    {
        legend = corner;
        return this;
    }

    /// <summary>Draws the panel into a part of a canvas.</summary>
    internal void Render(SKCanvas canvas, PixelRect place)
    {
        FitAxes();
        if (isSchematic)
        {
            plot.HideGrid();
            plot.Axes.Bottom.IsVisible = false;
            plot.Axes.Left.IsVisible = false;
        }

        StyleLegend();
        plot.Legend.Alignment = legend ?? FreestCorner(place.Width, place.Height);
        plot.Render(canvas, place);
    }

    /// <summary>Sets the ends of the axes.</summary>
    internal void FitAxes()
    {
        plot.Axes.Margins(0.06, 0.08);
        plot.Axes.AutoScale();
        AxisLimits fit = plot.Axes.GetLimits();
        plot.Axes.SetLimits(
            xLow is { } left ? X(left) : fit.Left,
            xHigh is { } right ? X(right) : fit.Right,
            yLow is { } bottom ? Y(bottom) : fit.Bottom,
            yHigh is { } top ? Y(top) : fit.Top);
        if (logX)
        {
            NumberFewDecades(plot.Axes.Bottom);
        }

        if (logY)
        {
            NumberFewDecades(plot.Axes.Left);
        }
    }

    /// <summary>The digits with numbers on a logarithmic axis: powers of ten alone would leave a short one with a number or none.</summary>
    /// <param name="decades">Its length.</param>
    internal static double[] LogDigits(double decades) => decades <= 1.5 ? [1, 2, 5] : [1];

    private static void NumberFewDecades(IAxis axis)
    {
        double[] digits = LogDigits(axis.Range.Span);
        bool hasEnds = axis.Range.Span > 0 && double.IsFinite(axis.Min); // without points it has none
        if (digits.Length == 1 || !hasEnds || axis.TickGenerator is EmptyTickGenerator)
        {
            return;
        }

        double[] numbers =
        [
            .. from decade in Enumerable.Range((int)Math.Floor(axis.Min), (int)Math.Ceiling(axis.Range.Span) + 1)
               from digit in digits
               select digit * Math.Pow(10, decade),
        ];
        axis.TickGenerator = new NumericManual([.. numbers.Select(Math.Log10)], [.. numbers.Select(LogLabel)]);
    }

    private static string LogLabel(double number) => number is > 0.9e-3 and < 9e3
        ? number.ToString("0.###", CultureInfo.InvariantCulture)
        : number.ToString("0e0", CultureInfo.InvariantCulture);

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
        axis.TickGenerator = new NumericAutomatic { TickDensity = 0.7, LabelFormatter = value => Number(value, axis.Range.Span) };
        axis.Label.SubpixelText = true;
        axis.TickLabelStyle.SubpixelText = true;
    }

    // The usual form is made for numbers of order 1.
    private static string Number(double value, double span) =>
        Math.Abs(value) < 1e-9 * span ? "0"
        : span is < 1e-3 or > 1e7 ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
        : LabelFormatters.Numeric(value);

    private static void UseLogTicks(IAxis axis)
    {
        axis.MinorTickStyle.Length = 3;
        axis.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new LogMinorTickGenerator(),
            LabelFormatter = exponent => LogLabel(Math.Pow(10, exponent)),
        };
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
