using Crosspoint.Kernels;

namespace Crosspoint.Training.RandomWeights;

/// <summary>Output weights by least squares: W = (HᵀH + λ 1)⁻¹ Hᵀ T with targets +1 for the class and -1 for the others.</summary>
/// <remarks>
/// The read-out of an extreme learning machine, G.-B. Huang, Q.-Y. Zhu, C.-K. Siew, Neurocomputing 70, 489 (2006). Hidden states are signs,
/// so that HᵀH and HᵀT are counts of bits, which are exact; the system is solved in double precision.
/// </remarks>
public static class RidgeRegression
{
    /// <summary>Finds the weights.</summary>
    /// <param name="features">The hidden states.</param>
    /// <param name="labels">The class of each sample, shape [samples]; the first so many samples are used.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="lambda">λ, above 0.</param>
    /// <param name="cancellation">Stops between two hidden units.</param>
    /// <returns>One row for each class, shape [classes, width].</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The solution was stopped.</exception>
    public static PaddedMatrix Solve(
        SignFeatures features, ReadOnlySpan<int> labels, int classes, double lambda, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels.Length, features.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lambda);
        int n = features.Width, samples = labels.Length;
        uint[] units = features.UnitByUnit(samples);
        double[] gram = Gram(units, n, samples, cancellation);
        for (int j = 0; j < n; j++)
        {
            gram[(j * n) + j] += lambda;
        }

        cancellation.ThrowIfCancellationRequested();
        Cholesky.Factor(gram, n);
        PaddedMatrix weights = new(classes, n);
        uint[] targets = new uint[SignBits.Words(samples)];
        int[] differences = new int[n];
        double[] solution = new double[n];
        for (int k = 0; k < classes; k++)
        {
            Array.Clear(targets);
            for (int s = 0; s < samples; s++)
            {
                targets[s / 32] |= labels[s] == k ? 1u << (s % 32) : 0;
            }

            SignBits.CountDifferences(targets, units, differences);
            for (int j = 0; j < n; j++)
            {
                solution[j] = samples - (2.0 * differences[j]);
            }

            Cholesky.Solve(gram, solution);
            for (int j = 0; j < n; j++)
            {
                weights[k, j] = (float)solution[j];
            }
        }

        return weights;
    }

    // The lower triangle of HᵀH. Units are taken 64 at a time, whose bits stay in the second cache while the others pass.
    private static double[] Gram(ReadOnlySpan<uint> units, int n, int samples, CancellationToken cancellation)
    {
        const int block = 64;
        int words = SignBits.Words(samples);
        double[] gram = new double[checked(n * n)];
        int[] differences = new int[block];
        for (int start = 0; start < n; start += block)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(start + block, n);
            for (int i = start; i < n; i++)
            {
                int count = Math.Min(end, i + 1) - start;
                Span<int> row = differences.AsSpan(0, count);
                SignBits.CountDifferences(units.Slice(i * words, words), units.Slice(start * words, count * words), row);
                for (int j = 0; j < count; j++)
                {
                    gram[(i * n) + start + j] = samples - (2.0 * row[j]);
                }
            }
        }

        return gram;
    }
}
