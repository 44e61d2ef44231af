using Crosspoint.Kernels;

namespace Crosspoint.Repro.Commands;

/// <summary>An endless sequence of random words in one order.</summary>
internal sealed class WordSequence
{
    /// <summary>Words of <see cref="Next"/>.</summary>
    public const int Length = 1 << 14;

    private const int GroupWords = 64;
    private const int Neighbours = 8;
    private readonly uint[] words = new uint[Length];
    private readonly uint[] drawn = new uint[Length / Neighbours];
    private readonly WordOrder order;
    private readonly ulong seed;
    private ulong next;

    /// <summary>Begins a sequence.</summary>
    /// <param name="order">The order of its words.</param>
    /// <param name="seed">The seed, or the first of them.</param>
    public WordSequence(WordOrder order, ulong seed)
    {
        this.order = order;
        this.seed = seed;
    }

    /// <summary>The next <see cref="Length"/> words, until the next call.</summary>
    public ReadOnlySpan<uint> Next()
    {
        switch (order)
        {
            case WordOrder.Consecutive:
                RandomWords.Fill(new RandomAddress(seed, 0, 0), words, firstGroup: next / GroupWords);
                break;
            case WordOrder.Interleaved:
                FillInTurn();
                break;
            default:
                for (int n = 0; n < Length; n++)
                {
                    ulong neighbour = next + (uint)n;
                    RandomWords.Fill(
                        order == WordOrder.Seeds ? new RandomAddress(seed + neighbour, 0, 0) : new RandomAddress(seed, neighbour, 0),
                        drawn.AsSpan(0, GroupWords)); // a whole group is drawn sooner than a part of one
                    words[n] = drawn[0];
                }

                break;
        }

        next += Length;
        return words;
    }

    private void FillInTurn()
    {
        for (uint k = 0; k < Neighbours; k++)
        {
            RandomWords.Fill(new RandomAddress(seed + (k & 1), (k >> 1) & 1, k >> 2), drawn, firstGroup: next / Neighbours / GroupWords);
            for (int n = 0; n < drawn.Length; n++)
            {
                words[(n * Neighbours) + k] = drawn[n];
            }
        }
    }
}
