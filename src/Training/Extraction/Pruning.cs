using Crosspoint.Kernels;

namespace Crosspoint.Training.Extraction;

/// <summary>Sets weights to zero: those that are uncertain, or as many at random; over all matrices of a model together.</summary>
/// <remarks>T. Gokmen, Front. Artif. Intell. 4:699148 (2021), table 2.</remarks>
public static class Pruning
{
    /// <summary>Removes the weights with |μ| / σ below a threshold; one that never moved (σ = 0) is certain and stays.</summary>
    /// <param name="means">μ, one matrix each.</param>
    /// <param name="deviations">σ, of the same shapes.</param>
    /// <param name="threshold">The signal-to-noise ratio below which a weight goes.</param>
    /// <returns>The means without these, and how many went.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static (IReadOnlyList<PaddedMatrix> Weights, int Removed) BySignal(
        IReadOnlyList<PaddedMatrix> means, IReadOnlyList<PaddedMatrix> deviations, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(deviations.Count, means.Count);
        int removed = 0;
        PaddedMatrix[] kept = new PaddedMatrix[means.Count];
        for (int k = 0; k < kept.Length; k++)
        {
            Require.SameShape(nameof(deviations), means[k], deviations[k]);
            kept[k] = new PaddedMatrix(means[k].Inputs, means[k].Outputs);
            for (int i = 0; i < kept[k].Inputs; i++)
            {
                for (int j = 0; j < kept[k].Outputs; j++)
                {
                    bool goes = Math.Abs((double)means[k][i, j]) < threshold * deviations[k][i, j];
                    kept[k][i, j] = goes ? 0 : means[k][i, j];
                    removed += goes ? 1 : 0;
                }
            }
        }

        return (kept, removed);
    }

    /// <summary>Removes so many weights, each set of them as likely as any other.</summary>
    /// <param name="weights">The weights, one matrix each.</param>
    /// <param name="count">How many go, 0 to all.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="draw">Number of the draw: each takes others.</param>
    /// <returns>The weights without these.</returns>
    public static IReadOnlyList<PaddedMatrix> AtRandom(IReadOnlyList<PaddedMatrix> weights, int count, ulong seed, int draw)
    {
        int all = weights.Sum(w => w.Inputs * w.Outputs);
        Require.InRange(nameof(count), 0, all, count);
        int[] order = RandomOrder.Of(all, new Moment(Phase.Extract, (ulong)draw).Address(seed, 0, Purpose.Pruning));
        HashSet<int> gone = [.. order.AsSpan(0, count)];
        int first = 0;
        PaddedMatrix[] kept = new PaddedMatrix[weights.Count];
        for (int k = 0; k < kept.Length; first += weights[k].Inputs * weights[k].Outputs, k++)
        {
            kept[k] = new PaddedMatrix(weights[k].Inputs, weights[k].Outputs);
            for (int i = 0; i < kept[k].Inputs; i++)
            {
                for (int j = 0; j < kept[k].Outputs; j++)
                {
                    kept[k][i, j] = gone.Contains(first + (i * kept[k].Outputs) + j) ? 0 : weights[k][i, j];
                }
            }
        }

        return kept;
    }
}
