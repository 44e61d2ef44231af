using Crosspoint.Kernels;

namespace Crosspoint.Training.Extraction;

/// <summary>Adds normal noise to weights: to each as much as it moved during training, or the same amounts to others.</summary>
/// <remarks>T. Gokmen, Front. Artif. Intell. 4:699148 (2021), table 3.</remarks>
public static class Disturbance
{
    /// <summary>w = μ + σ ξ.</summary>
    /// <param name="means">μ, one matrix each.</param>
    /// <param name="deviations">σ, of the same shapes.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="draw">Number of the draw: each has noise of its own.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static IReadOnlyList<PaddedMatrix> Matched(IReadOnlyList<PaddedMatrix> means, IReadOnlyList<PaddedMatrix> deviations, ulong seed, int draw) =>
        Disturb(means, deviations, seed, draw, order: null);

    /// <summary>The same with the σ of all matrices dealt out anew at random: as much noise, at the wrong weights.</summary>
    /// <param name="means">μ, one matrix each.</param>
    /// <param name="deviations">σ, of the same shapes.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="draw">Number of the draw: each has an order and noise of its own.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static IReadOnlyList<PaddedMatrix> Permuted(IReadOnlyList<PaddedMatrix> means, IReadOnlyList<PaddedMatrix> deviations, ulong seed, int draw)
    {
        RandomAddress at = new Moment(Phase.Extract, (ulong)draw).Address(seed, means.Count + 1, Purpose.Disturbance);
        return Disturb(means, deviations, seed, draw, RandomOrder.Of(means.Sum(m => m.Inputs * m.Outputs), at));
    }

    private static PaddedMatrix[] Disturb(IReadOnlyList<PaddedMatrix> means, IReadOnlyList<PaddedMatrix> deviations, ulong seed, int draw, int[]? order)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(deviations.Count, means.Count);
        float[] sigma = [.. deviations.SelectMany(Numbers)];
        PaddedMatrix[] disturbed = new PaddedMatrix[means.Count];
        int at = 0;
        for (int k = 0; k < disturbed.Length; k++)
        {
            Require.SameShape(nameof(deviations), means[k], deviations[k]);
            disturbed[k] = new PaddedMatrix(means[k].Inputs, means[k].Outputs);
            float[] xi = new float[means[k].Inputs * means[k].Outputs];
            Gaussian.Fill(new Moment(Phase.Extract, (ulong)draw).Address(seed, k + 1, Purpose.Disturbance), xi);
            for (int n = 0; n < xi.Length; n++, at++)
            {
                (int i, int j) = Math.DivRem(n, means[k].Outputs);
                disturbed[k][i, j] = means[k][i, j] + (sigma[order is null ? at : order[at]] * xi[n]);
            }
        }

        return disturbed;
    }

    private static IEnumerable<float> Numbers(PaddedMatrix matrix) =>
        from i in Enumerable.Range(0, matrix.Inputs) from j in Enumerable.Range(0, matrix.Outputs) select matrix[i, j];
}
