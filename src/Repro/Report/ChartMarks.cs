using System.Text;
using Crosspoint.Repro.Plots;
using ScottPlot;
using static Crosspoint.Repro.Report.ChartPaint;

namespace Crosspoint.Repro.Report;

/// <summary>Draws the marks of a panel.</summary>
/// <param name="svg">Receives the elements.</param>
/// <param name="x">The x axis.</param>
/// <param name="y">The y axis.</param>
/// <param name="area">The ends of the area between the axes.</param>
internal sealed class ChartMarks(StringBuilder svg, ChartScale x, ChartScale y, (double Left, double Right, double Top, double Bottom) area)
{
    private const double Radius = 3.3;
    private const double Cap = 3.5;
    private const double Diamond = 6;
    private const double LineHeight = 1.25; // of words, in their size

    /// <summary>Whether a long curve was thinned.</summary>
    public bool Thinned { get; private set; }

    /// <summary>Draws marks in their order.</summary>
    public void Draw(IEnumerable<Mark> marks)
    {
        foreach (Mark mark in marks)
        {
            Draw(mark);
        }
    }

    private void Draw(Mark mark)
    {
        string paint = Paint(mark.Color);
        string dash = mark.Dashed ? " stroke-dasharray=\"5 4\"" : string.Empty;
        switch (mark.Kind)
        {
            case MarkKind.Line or MarkKind.Steps:
                svg.Append($"<path class=\"line\" stroke=\"{paint}\"{dash} d=\"{Path(mark.X, mark.Y, mark.Kind == MarkKind.Steps)}\"/>");
                DrawPoints(mark.Markers ? mark : mark with { X = [], Y = [] }, Radius);
                break;
            case MarkKind.Points:
                DrawPoints(mark, Math.Max(1.2, mark.Size / 2));
                break;
            case MarkKind.Errors:
                DrawErrors(mark, paint);
                break;
            case MarkKind.Band:
                svg.Append($"<path fill=\"{paint}\" fill-opacity=\".18\" d=\"{Path(mark.X, mark.Y, false)}{Path([.. mark.X.Reverse()], [.. mark.Extent.Reverse()], false).Replace('M', 'L')}Z\"/>");
                break;
            case MarkKind.Paper:
                foreach ((double px, double py) in Places(mark))
                {
                    svg.Append($"<path class=\"paper\" d=\"M{Place(px)} {Place(py - Diamond)}L{Place(px + Diamond)} {Place(py)}L{Place(px)} {Place(py + Diamond)}L{Place(px - Diamond)} {Place(py)}Z\"/>");
                }

                break;
            case MarkKind.Tolerance:
                svg.Append($"<path class=\"tolerance\" d=\"{Path(mark.X, mark.Y, false)}\"/>");
                break;
            case MarkKind.HorizontalLine:
                svg.Append($"<path class=\"reference\" stroke=\"{paint}\" d=\"M{Place(area.Left)} {Place(y.At(mark.Y[0]))}H{Place(area.Right)}\"/>");
                break;
            case MarkKind.VerticalLine:
                svg.Append($"<path class=\"reference\" stroke=\"{paint}\" d=\"M{Place(x.At(mark.X[0]))} {Place(area.Top)}V{Place(area.Bottom)}\"/>");
                break;
            case MarkKind.Cells:
                DrawCells(mark);
                break;
            default:
                DrawShape(mark, paint, dash);
                break;
        }
    }

    private void DrawShape(Mark mark, string paint, string dash)
    {
        double px = x.At(mark.X[0]), py = y.At(mark.Y[0]), toX = x.At(mark.X[^1]), toY = y.At(mark.Y[^1]);
        string fill = mark.Fill is { A: > 0 } colour ? $"{Paint(colour)}\" fill-opacity=\"{colour.A / 255.0:0.##}" : "none";
        switch (mark.Kind)
        {
            case MarkKind.Text:
                string[] lines = mark.Label.Split('\n');
                double first = py + (Down(mark.Alignment) * mark.Size) - (Above(mark.Alignment) * (lines.Length - 1) * LineHeight * mark.Size);
                svg.Append($"<text fill=\"{paint}\" font-size=\"{Place(mark.Size)}\"{(mark.Bold ? " font-weight=\"600\"" : string.Empty)} text-anchor=\"{Anchor(mark.Alignment)}\">");
                for (int line = 0; line < lines.Length; line++)
                {
                    svg.Append($"<tspan x=\"{Place(px)}\" y=\"{Place(first + (line * LineHeight * mark.Size))}\">{Words(lines[line])}</tspan>");
                }

                svg.Append("</text>");
                break;
            case MarkKind.Box:
                svg.Append($"<rect x=\"{Place(Math.Min(px, toX))}\" y=\"{Place(Math.Min(py, toY))}\" width=\"{Place(Math.Abs(toX - px))}\" height=\"{Place(Math.Abs(toY - py))}\" fill=\"{fill}\" stroke=\"{paint}\" stroke-width=\"{Place(mark.Size)}\"/>");
                break;
            case MarkKind.Circle:
                svg.Append($"<circle cx=\"{Place(px)}\" cy=\"{Place(py)}\" r=\"{Place(mark.Size / 2)}\" fill=\"{fill}\" stroke=\"{paint}\" stroke-width=\"1.6\"/>");
                break;
            default:
                svg.Append($"<path stroke=\"{paint}\" stroke-width=\"{Place(mark.Size)}\"{dash} d=\"M{Place(px)} {Place(py)}L{Place(toX)} {Place(toY)}\"/>");
                if (mark.Kind == MarkKind.Arrow)
                {
                    double turn = Math.Atan2(toY - py, toX - px) * 180 / Math.PI;
                    svg.Append($"<path fill=\"none\" stroke=\"{paint}\" stroke-width=\"{Place(mark.Size)}\" transform=\"translate({Place(toX)} {Place(toY)}) rotate({Place(turn)})\" d=\"M-7 -4L0 0L-7 4\"/>");
                }

                break;
        }
    }

    private void DrawPoints(Mark mark, double radius)
    {
        string paint = Paint(mark.Color);
        string look = mark.Hollow ? $"fill=\"var(--page)\" stroke=\"{paint}\" stroke-width=\"1.6\"" : $"fill=\"{paint}\"";
        foreach ((double px, double py) in Places(mark))
        {
            svg.Append($"<circle {look} cx=\"{Place(px)}\" cy=\"{Place(py)}\" r=\"{Place(radius)}\"/>");
        }
    }

    private void DrawErrors(Mark mark, string paint)
    {
        StringBuilder path = new();
        for (int i = 0; i < mark.X.Count; i++)
        {
            double px = x.At(mark.X[i]), high = y.At(mark.Y[i] + mark.Extent[i]), low = y.At(mark.Y[i] - mark.Extent[i]);
            if (mark.Extent[i] > 0 && double.IsFinite(px) && double.IsFinite(high))
            {
                low = double.IsFinite(low) ? low : area.Bottom;
                path.Append($"M{Place(px)} {Place(low)}V{Place(high)}M{Place(px - Cap)} {Place(low)}h{Place(2 * Cap)}M{Place(px - Cap)} {Place(high)}h{Place(2 * Cap)}");
            }
        }

        svg.Append($"<path class=\"error\" stroke=\"{paint}\" d=\"{path}\"/>");
    }

    private void DrawCells(Mark mark)
    {
        double least = mark.Extent.DefaultIfEmpty(0).Min(), most = mark.Extent.DefaultIfEmpty(1).Max();
        double cellWidth = Math.Abs(x.At(1) - x.At(0)), cellHeight = Math.Abs(y.At(1) - y.At(0));
        for (int i = 0; i < mark.X.Count; i++)
        {
            double share = most > least ? (mark.Extent[i] - least) / (most - least) : 0.5;
            svg.Append($"<rect class=\"cell\" x=\"{Place(x.At(mark.X[i]) - (cellWidth / 2))}\" y=\"{Place(y.At(mark.Y[i]) - (cellHeight / 2))}\" width=\"{Place(cellWidth)}\" height=\"{Place(cellHeight)}\" fill=\"{Cell(share)}\"/>");
            if (cellWidth > 44 && cellHeight > 18)
            {
                svg.Append($"<text class=\"value\" fill=\"{(share > 0.55 ? "#1b1f24" : "#ffffff")}\" x=\"{Place(x.At(mark.X[i]))}\" y=\"{Place(y.At(mark.Y[i]) + 4)}\" text-anchor=\"middle\">{mark.Extent[i]:G4}</text>");
            }
        }
    }

    private string Path(IReadOnlyList<double> xs, IReadOnlyList<double> ys, bool steps)
    {
        StringBuilder path = new();
        int[] keep = ChartThinning.Keep(ys);
        Thinned |= keep.Length < ys.Count;
        char next = 'M';
        foreach (int index in keep)
        {
            double px = x.At(xs[index]), py = y.At(ys[index]);
            if (!double.IsFinite(px) || !double.IsFinite(py))
            {
                next = 'M';
                continue;
            }

            path.Append(steps && next == 'L' ? $"H{Place(px)}V{Place(py)}" : $"{next}{Place(px)} {Place(py)}");
            next = 'L';
        }

        return path.ToString();
    }

    private IEnumerable<(double X, double Y)> Places(Mark mark) =>
        from place in mark.X.Zip(mark.Y, (px, py) => (X: x.At(px), Y: y.At(py)))
        where double.IsFinite(place.X) && double.IsFinite(place.Y)
        select place;

    private static string Anchor(Alignment alignment) =>
        alignment is Alignment.UpperLeft or Alignment.MiddleLeft or Alignment.LowerLeft ? "start"
        : alignment is Alignment.UpperRight or Alignment.MiddleRight or Alignment.LowerRight ? "end" : "middle";

    // From the place of a text down to its base line, in heights of a letter.
    private static double Down(Alignment alignment) =>
        alignment is Alignment.UpperLeft or Alignment.UpperCenter or Alignment.UpperRight ? 0.95
        : alignment is Alignment.LowerLeft or Alignment.LowerCenter or Alignment.LowerRight ? -0.25 : 0.35;

    // How much of several lines stands above their place.
    private static double Above(Alignment alignment) =>
        alignment is Alignment.UpperLeft or Alignment.UpperCenter or Alignment.UpperRight ? 0
        : alignment is Alignment.LowerLeft or Alignment.LowerCenter or Alignment.LowerRight ? 1 : 0.5;
}
