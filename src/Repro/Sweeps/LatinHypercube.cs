using Crosspoint.Kernels;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Points of which each of n equal parts of every dimension holds exactly one, in an order drawn for each dimension (M. D. McKay et al., 1979).</summary>
internal static class LatinHypercube
{
    private const ulong Stream = 0x4C61_7469_6E00; // apart from those of every network

    /// <summary>Draws points.</summary>
    /// <param name="count">How many.</param>
    /// <param name="dimensions">Dimensions.</param>
    /// <param name="seed">Another seed draws others.</param>
    /// <returns>Coordinates in [0, 1), shape [count][dimensions].</returns>
    public static double[][] Points(int count, int dimensions, ulong seed)
    {
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => new double[dimensions])];
        uint[] words = new uint[2 * count];
        for (int d = 0; d < dimensions; d++)
        {
            RandomWords.Fill(Address(seed, d), words);
            int[] order = [.. Enumerable.Range(0, count).OrderBy(n => words[n])];
            for (int n = 0; n < count; n++)
            {
                points[n][d] = (order[n] + (words[count + n] / 4294967296.0)) / count;
            }
        }

        return points;
    }

    /// <summary>A word for each dimension, to shift a sequence by.</summary>
    public static uint[] Shifts(int dimensions, ulong seed)
    {
        uint[] words = new uint[dimensions];
        RandomWords.Fill(Address(seed, -1), words);
        return words;
    }

    private static RandomAddress Address(ulong seed, int dimension) => new(seed, Stream + (ulong)(dimension + 1), 0);
}
