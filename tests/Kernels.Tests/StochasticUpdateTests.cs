using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>
/// The law of the update by coincidence: with C = √(η / (BL b)) the mean of b times the coincidences is η x d, and its variance is
/// b² BL p (1 - p) with p = C² x d (T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333, 2016).
/// </summary>
public class StochasticUpdateTests
{
    private const int Draws = 40_000;
    private const float Step = 0.001f;
    private static readonly float[] Rows = [0.05f, 0.3f, 0.62f, 1];
    private static readonly float[] Columns = [0.01f, 0.2f, 0.5f, 0.9f, 1];

    /// <summary>Fixed seed, 40,000 draws: mean and variance of each cross-point within 5 of their deviations.</summary>
    [Theory]
    [InlineData(10, 0.01f)]
    [InlineData(10, 0.0025f)]
    [InlineData(100, 0.01f)]
    public void Mean_and_variance_of_an_update_are_those_of_the_theory(int bitLength, float rate)
    {
        (double[][] counts, float gain) = Count(bitLength, rate);
        for (int k = 0; k < counts.Length; k++)
        {
            float x = Rows[k / Columns.Length], d = Columns[k % Columns.Length];
            double p = (double)gain * gain * x * d, law = bitLength * p * (1 - p);
            (double mean, double variance) = Statistics.Moments(counts[k]);
            Assert.InRange((mean * Step) - (rate * x * d), -Bound(5 * Step * Math.Sqrt(law / Draws)), Bound(5 * Step * Math.Sqrt(law / Draws)));

            double fourth = law * (1 + (3 * law * (bitLength - 2) / bitLength));
            double deviation = Math.Sqrt(Math.Max(fourth - (law * law), 0) / Draws);
            Assert.InRange(variance - law, -Bound(5 * deviation), Bound(5 * deviation));
        }
    }

    /// <summary>
    /// Cross-points of one row share its pulses: their counts have the covariance BL C_x x (1 - C_x x) C_d² d_j d_k, those of different
    /// rows and columns none. Fixed seed, bound 5 deviations of a product of two counts.
    /// </summary>
    [Fact]
    public void Counts_are_correlated_along_a_row_and_not_across()
    {
        const int BitLength = 10;
        (double[][] counts, float gain) = Count(BitLength, 0.0025f);
        double row = gain * Rows[2], j = gain * Columns[2], k = gain * Columns[3];
        double[] first = counts[(2 * Columns.Length) + 2], sameRow = counts[(2 * Columns.Length) + 3], apart = counts[Columns.Length + 3];
        Covariance(first, sameRow, BitLength * row * (1 - row) * j * k);
        Covariance(first, apart, 0);
    }

    private static void Covariance(double[] a, double[] b, double expected)
    {
        double meanA = a.Average(), meanB = b.Average();
        (double mean, double variance) = Statistics.Moments([.. a.Zip(b, (u, v) => (u - meanA) * (v - meanB))]);
        Assert.InRange((mean - expected) / Math.Sqrt(variance / Draws), -5, 5);
    }

    // Where a probability is 1 nothing varies: the rounding of the gain is all that is left.
    private static double Bound(double deviations) => deviations + 1e-6;

    private static (double[][] Counts, float Gain) Count(int bitLength, float rate)
    {
        float gain = MathF.Sqrt(rate / (bitLength * Step));
        LineTrains rows = new(Rows.Length, bitLength), columns = new(Columns.Length, bitLength);
        double[][] counts = [.. Enumerable.Range(0, Rows.Length * Columns.Length).Select(_ => new double[Draws])];
        uint[] met = new uint[Columns.Length], train = new uint[rows.Planes];
        for (int draw = 0; draw < Draws; draw++)
        {
            rows.Draw(new RandomAddress(6, 1, (ulong)draw), Rows, gain, bitLength);
            columns.Draw(new RandomAddress(6, 2, (ulong)draw), Columns, gain, bitLength);
            for (int i = 0; i < Rows.Length; i++)
            {
                rows.CopyTrain(i, train);
                Coincidence.CountRow(columns.Words, train, met);
                for (int j = 0; j < met.Length; j++)
                {
                    counts[(i * Columns.Length) + j][draw] = met[j];
                }
            }
        }

        return (counts, gain);
    }
}
