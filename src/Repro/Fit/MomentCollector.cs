using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>Takes up one statistic after the other: its value, and what each device contributes to its scatter.</summary>
/// <param name="count">Devices.</param>
/// <param name="measured">Measured devices, for whose number the covariance will be taken.</param>
/// <param name="resolution">How exactly a mean is known in any case; NaN if no covariance is asked for.</param>
internal sealed class MomentCollector(int count, int measured, double resolution)
{
    private const double LogResolution = 0.01; // of the logarithm of a variance
    private readonly List<double> values = [];
    private readonly List<double[]> influences = [];
    private readonly List<double> floors = [];

    private bool WithCovariance => !double.IsNaN(resolution);

    /// <summary>A mean over devices.</summary>
    public void Mean(double[] own)
    {
        double mean = own.Average();
        Add(mean, resolution, value => value - mean, own);
    }

    /// <summary>The logarithm of a mean of squares, corrected for its scatter.</summary>
    public void LogMean(double[] own, double floor)
    {
        double mean = own.Average() + floor, square = own.Sum(value => (((value + floor) / mean) - 1) * (((value + floor) / mean) - 1));
        double scatter = count > 1 ? square / (count - 1.0) / count : 0;
        Add(Math.Log(mean) + (scatter / 2), LogResolution, value => ((value + floor) / mean) - 1, own);
    }

    /// <summary>The logarithm of a variance over devices.</summary>
    public void LogVariance(double[] own, double floor)
    {
        double mean = own.Average(), correction = count > 1 ? count / (count - 1.0) : 1;
        LogMean([.. own.Select(value => (value - mean) * (value - mean) * correction)], floor);
    }

    /// <summary>The third moment over the third power of the deviation.</summary>
    public void Skewness(double[] own)
    {
        double mean = own.Average(), deviation = Math.Max(Math.Sqrt(own.Average(v => (v - mean) * (v - mean))), 1e-300);
        double[] z = [.. own.Select(v => (v - mean) / deviation)];
        double skewness = z.Average(v => v * v * v);
        Add(skewness, 0.1, v => (v * v * v) - skewness - (3 * v) - (1.5 * skewness * ((v * v) - 1)), z);
    }

    /// <summary>What was taken up.</summary>
    public Moments Moments()
    {
        if (!WithCovariance)
        {
            return new Moments([.. values], null, []);
        }

        Matrix<double> covariance = Matrix<double>.Build.Dense(values.Count, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < count; k++)
                {
                    sum += influences[i][k] * influences[j][k];
                }

                covariance[i, j] = covariance[j, i] = (sum / Math.Max(count - 1, 1)) + (i == j ? measured * floors[i] * floors[i] : 0);
            }
        }

        return new Moments([.. values], covariance, [.. floors]);
    }

    private void Add(double value, double floor, Func<double, double> influence, double[] own)
    {
        values.Add(value);
        if (WithCovariance)
        {
            influences.Add([.. own.Select(influence)]);
            floors.Add(floor);
        }
    }
}
