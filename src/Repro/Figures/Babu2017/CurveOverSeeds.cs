using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>The learning curve of one point: the mean over seeds in a band from the lowest to the highest.</summary>
internal static class CurveOverSeeds
{
    /// <summary>Draws the last column of the stored curves against the first.</summary>
    public static void Draw(Panel panel, Summary summary, Point point, string label, Color color)
    {
        double[][][] curves = [.. summary.Runs.Where(run => run.Point.Equals(point)).Select(run => run.Result.Curve.ToArray())];
        if (curves.Length == 0)
        {
            return;
        }

        int epochs = curves.Min(curve => curve.Length);
        double[] x = [.. Enumerable.Range(0, epochs).Select(e => curves[0][e][0])];
        double[][] values = [.. Enumerable.Range(0, epochs).Select(e => curves.Select(curve => curve[e][^1]).ToArray())];
        panel.Band(x, [.. values.Select(v => v.Min())], [.. values.Select(v => v.Max())], color: color)
            .Line(x, [.. values.Select(v => v.Average())], label, color);
    }
}
