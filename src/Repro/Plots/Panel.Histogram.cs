using ScottPlot;

namespace Crosspoint.Repro.Plots;

/// <content>Histograms.</content>
public sealed partial class Panel
{
    /// <summary>Draws how often values occur: the share of all of them in each of equal bins.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="low">Left end of the first bin.</param>
    /// <param name="high">Right end of the last bin; values outside are not drawn.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <param name="label">For the legend.</param>
    /// <param name="color">Blue if not given.</param>
    public Panel Histogram(IReadOnlyList<double> values, double low, double high, int bins, string label = "", Color? color = null)
    {
        double width = (high - low) / bins;
        double[] shares = new double[bins];
        foreach (double value in values)
        {
            int bin = (int)Math.Floor((value - low) / width);
            if (bin >= 0 && bin < bins)
            {
                shares[bin] += 1.0 / values.Count;
            }
        }

        double[] x = new double[(2 * bins) + 2], top = new double[x.Length];
        (x[0], x[^1]) = (low, high);
        for (int bin = 0; bin < bins; bin++)
        {
            (x[(2 * bin) + 1], x[(2 * bin) + 2]) = (low + (bin * width), low + ((bin + 1) * width));
            top[(2 * bin) + 1] = top[(2 * bin) + 2] = shares[bin];
        }

        return Band(x, new double[x.Length], top, string.Empty, color).Line(x, top, label, color);
    }
}
