using ScottPlot;

namespace Crosspoint.Repro.Plots;

/// <content>Where the legend stands.</content>
public sealed partial class Panel
{
    // Of a panel, in pixels: what axes and title take on both sides together, of a legend its frame with the signs, its lines and its letters.
    private const float BesideX = 85, BesideY = 80, FrameX = 55, FrameY = 16, LineY = 21, LetterX = 6.6f;

    private const int PartsOfLine = 8; // places looked at between two points

    private static readonly Alignment[] Corners = [Alignment.LowerRight, Alignment.UpperRight, Alignment.LowerLeft, Alignment.UpperLeft];

    /// <summary>The corner in which the legend hides the least of what is drawn: of each mark the part of its places, all together.</summary>
    /// <param name="panelWidth">Width of the panel in pixels.</param>
    /// <param name="panelHeight">Its height.</param>
    /// <remarks><see cref="FitAxes"/> comes before. The size of the legend is estimated.</remarks>
    internal Alignment FreestCorner(float panelWidth, float panelHeight)
    {
        string[] labels = [.. marks.Where(mark => mark.Kind != MarkKind.Text && mark.Label.Length > 0).Select(mark => mark.Label)];
        if (labels.Length == 0)
        {
            return Corners[0];
        }

        double width = (FrameX + (LetterX * labels.Max(label => label.Length))) / Math.Max(panelWidth - BesideX, 1);
        double height = (FrameY + (LineY * labels.Length)) / Math.Max(panelHeight - BesideY, 1);
        AxisLimits limits = plot.Axes.GetLimits();
        double[] hidden = new double[Corners.Length];
        foreach (Mark mark in marks)
        {
            // Words reach to both sides of their place.
            double half = mark.Kind == MarkKind.Text ? LetterX * mark.Label.Length / 2 / Math.Max(panelWidth - BesideX, 1) : 0;
            (double X, double Y)[] places =
            [
                .. from p in Places(mark)
                   from side in half > 0 ? new[] { -half, 0, half } : [0]
                   select (((p.X - limits.Left) / limits.HorizontalSpan) + side, (p.Y - limits.Bottom) / limits.VerticalSpan),
            ];
            for (int corner = 0; corner < hidden.Length; corner++)
            {
                bool isRight = corner is 0 or 1, isUpper = corner is 1 or 3;
                int covered = places.Count(p => (isRight ? p.X > 1 - width : p.X < width) && (isUpper ? p.Y > 1 - height : p.Y < height));
                hidden[corner] += (double)covered / Math.Max(places.Length, 1);
            }
        }

        return Corners[Array.IndexOf(hidden, hidden.Min())];
    }

    // In the coordinates of the axes, with some between the points of a line.
    private IEnumerable<(double X, double Y)> Places(Mark mark)
    {
        if (mark.Kind == MarkKind.Cells || mark.X.Count != mark.Y.Count)
        {
            yield break;
        }

        bool isLine = mark.Kind is MarkKind.Line or MarkKind.Steps or MarkKind.Band;
        for (int n = 0; n < mark.X.Count; n++)
        {
            (double x, double y) = (X(mark.X[n]), Y(mark.Y[n]));
            (double nextX, double nextY) = isLine && n + 1 < mark.X.Count ? (X(mark.X[n + 1]), Y(mark.Y[n + 1])) : (x, y);
            for (int part = 0; part < (isLine ? PartsOfLine : 1); part++)
            {
                double way = (double)part / PartsOfLine;
                (double X, double Y) p = (x + (way * (nextX - x)), y + (way * (nextY - y)));
                if (double.IsFinite(p.X) && double.IsFinite(p.Y))
                {
                    yield return p;
                }
            }
        }
    }
}
