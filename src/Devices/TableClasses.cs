using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>Which of several measured devices each cross-point of an array is.</summary>
internal static class TableClasses
{
    /// <summary>Draws one of n for each cross-point, shape [inputs, outputs]; empty where n is 1. Cross-point c takes word c of the address.</summary>
    public static ushort[] Draw(int inputs, int outputs, int n, in RandomAddress at)
    {
        Require.InRange("tables", 1, ushort.MaxValue + 1, n);
        if (n == 1)
        {
            return [];
        }

        uint[] words = new uint[checked(inputs * outputs)];
        RandomWords.Fill(at, words);
        return Array.ConvertAll(words, word => (ushort)(((ulong)word * (ulong)n) >> 32)); // n equal parts of 2³²
    }

    public static TableChoice Choice(ushort[] classes, int i, int outputs) =>
        classes.Length > 0 ? TableChoice.ByClass(classes.AsSpan(i * outputs, outputs)) : TableChoice.Shared;
}
