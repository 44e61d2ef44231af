using Crosspoint.Kernels;

namespace Crosspoint.Devices.Extraction;

/// <summary>Weights by reading each input line alone, once or many times.</summary>
/// <remarks>
/// Every read of a line shows its weights with the noise σ of an output; the mean of k reads has σ / √k, so that n lines take n k reads. As many
/// reads of random vectors, <see cref="WeightRegression"/>, leave σ √(3 / n k), since every read shows all weights. T. Gokmen, Front. Artif.
/// Intell. 4:699148 (2021), figure 6.
/// </remarks>
public static class OneHotReads
{
    /// <summary>Reads every line.</summary>
    /// <param name="array">What is read.</param>
    /// <param name="repeats">Reads of a line, at least 1.</param>
    /// <param name="first">Number of the first read.</param>
    /// <returns>
    /// The means. Their predicted error is what the repeats of a line differ by, averaged over the lines; with one read of a line it is infinite:
    /// nothing can be told from it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="repeats"/> is below 1.</exception>
    public static ExtractedWeights Read(IReadable array, int repeats, ulong first = 0)
    {
        Require.InRange(nameof(repeats), 1, int.MaxValue, repeats);
        PaddedMatrix weights = new(array.Inputs, array.Outputs);
        float[] x = new float[array.Inputs], y = new float[array.Outputs];
        double[] sums = new double[y.Length], squares = new double[y.Length], variances = new double[y.Length];
        for (int i = 0; i < x.Length; i++)
        {
            Array.Clear(sums);
            Array.Clear(squares);
            x[i] = 1;
            for (int n = 0; n < repeats; n++)
            {
                array.Read(x, y, first + ((ulong)n * (ulong)x.Length) + (ulong)i);
                for (int j = 0; j < y.Length; j++)
                {
                    sums[j] += y[j];
                    squares[j] += (double)y[j] * y[j];
                }
            }

            x[i] = 0;
            for (int j = 0; j < y.Length; j++)
            {
                weights[i, j] = (float)(sums[j] / repeats);
                variances[j] += Math.Max(0, squares[j] - (sums[j] * sums[j] / repeats));
            }
        }

        double freedom = (repeats - 1.0) * x.Length;
        double[] ofOutput = [.. variances.Select(v => freedom > 0 ? Math.Sqrt(v / freedom / repeats) : double.PositiveInfinity)];
        return new ExtractedWeights(weights, (long)repeats * x.Length, [.. Enumerable.Repeat(1.0, x.Length)], ofOutput, 0, 1);
    }
}
