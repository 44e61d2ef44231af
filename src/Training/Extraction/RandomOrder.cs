using Crosspoint.Kernels;

namespace Crosspoint.Training.Extraction;

/// <summary>Orders in which every number stands once, each order as likely as any other, up to ties of two 64-bit numbers.</summary>
internal static class RandomOrder
{
    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in the order of random keys.</summary>
    public static int[] Of(int count, in RandomAddress at)
    {
        uint[] words = new uint[2 * count];
        RandomWords.Fill(at, words);
        ulong[] keys = [.. Enumerable.Range(0, count).Select(k => ((ulong)words[2 * k] << 32) | words[(2 * k) + 1])];
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(keys, order);
        return order;
    }
}
