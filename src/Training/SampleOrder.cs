using Crosspoint.Kernels;

namespace Crosspoint.Training;

/// <summary>The order in which an epoch takes its samples: the shuffle of R. A. Fisher and F. Yates, drawn at the address of the epoch.</summary>
public sealed class SampleOrder
{
    private readonly int[] order;
    private readonly uint[] words;
    private readonly ulong seed;
    private int shuffled = -1;

    /// <summary>Makes room for samples.</summary>
    /// <param name="count">Number of samples, at least 0.</param>
    /// <param name="seed">The seed of the run.</param>
    public SampleOrder(int count, ulong seed)
    {
        order = new int[count];
        words = new uint[count];
        this.seed = seed;
    }

    /// <summary>The samples of an epoch in their order.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <returns>Each sample once; overwritten when another epoch is asked for.</returns>
    public ReadOnlySpan<int> Of(int epoch)
    {
        if (epoch == shuffled)
        {
            return order;
        }

        RandomWords.Fill(new Moment(Phase.Train, (ulong)epoch).Address(seed, 0, Purpose.Order), words);
        for (int k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        for (int k = order.Length - 1; k > 0; k--)
        {
            int other = (int)(((ulong)words[k] * (ulong)(k + 1)) >> 32);
            (order[k], order[other]) = (order[other], order[k]);
        }

        shuffled = epoch;
        return order;
    }
}
