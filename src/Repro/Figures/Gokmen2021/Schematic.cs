using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>The parts of a data-flow drawing: arrays, digital stores and the vectors between them.</summary>
internal sealed class Schematic
{
    /// <summary>Height of the drawing; its width is 10.</summary>
    public const double Height = 12;

    private const double HalfArray = 1.45;
    private readonly Panel panel;

    /// <summary>Draws into a panel.</summary>
    public Schematic(Panel panel) => this.panel = panel.Schematic(10, Height);

    /// <summary>An array of devices, as a grid of lines with cross-points.</summary>
    public void Array(string name, double x, double y, Color color)
    {
        panel.Box(x - HalfArray, y - HalfArray, x + HalfArray, y + HalfArray, color, color.WithOpacity(0.08));
        for (int k = 1; k <= 5; k++)
        {
            double at = (2 * HalfArray * k / 6) - HalfArray;
            panel.Segment(x - HalfArray, y + at, x + HalfArray, y + at, color.WithOpacity(0.45), 1);
            panel.Segment(x + at, y - HalfArray, x + at, y + HalfArray, color.WithOpacity(0.45), 1);
        }

        panel.Circle(x, y, 34, color, Colors.White);
        panel.Text(name, x, y, color, size: 17, bold: true);
    }

    /// <summary>A digital store.</summary>
    public void Store(string name, double x, double y, Color color)
    {
        panel.Box(x - 0.95, y - 0.75, x + 0.95, y + 0.75, color, Colors.White);
        panel.Text(name, x, y, color, size: 17, bold: true);
    }

    /// <summary>What belongs together.</summary>
    public void Group(double left, double bottom, double right, double top) =>
        panel.Box(left, bottom, right, top, SheetColors.Grey, SheetColors.Mist.WithOpacity(0.4), 1);

    /// <summary>A vector on its way, with what it is beside it.</summary>
    public void Flow(double fromX, double fromY, double toX, double toY, string what, double textX, double textY, Color? color = null)
    {
        panel.Arrow(fromX, fromY, toX, toY, color);
        Words(what, textX, textY, color);
    }

    /// <summary>Words of the drawing.</summary>
    public void Words(string text, double x, double y, Color? color = null, Alignment alignment = Alignment.MiddleCenter) =>
        panel.Text(text, x, y, color, size: 11.5f, alignment: alignment);
}
