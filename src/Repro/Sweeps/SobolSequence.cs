namespace Crosspoint.Repro.Sweeps;

/// <summary>Points that fill a cube evenly (I. M. Sobol, 1967), each dimension shifted by a digital shift of its own.</summary>
/// <remarks>
/// Direction numbers of S. Joe, F. Y. Kuo, SIAM J. Sci. Comput. 30:2635 (2008), table new-joe-kuo-6. Of the first 2ᵏ points, each of 2ᵏ
/// equal parts of every dimension holds one; a digital shift keeps that.
/// </remarks>
internal static class SobolSequence
{
    private const int Bits = 32;

    // Degree, coefficients and first direction numbers of the primitive polynomial of each dimension from the second on.
    private static readonly (int Degree, uint Coefficients, uint[] First)[] Polynomials =
    [
        (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]), (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]), (5, 7, [1, 1, 7, 11, 19]), (5, 11, [1, 1, 5, 1, 1]), (5, 13, [1, 1, 1, 3, 11]),
        (5, 14, [1, 3, 5, 5, 31]), (6, 1, [1, 3, 3, 9, 7, 49]), (6, 13, [1, 1, 1, 15, 21, 21]), (6, 16, [1, 3, 1, 13, 27, 49]),
        (6, 19, [1, 1, 1, 15, 7, 5]), (6, 22, [1, 3, 1, 15, 13, 25]), (6, 25, [1, 1, 5, 5, 19, 61]),
    ];

    /// <summary>The most dimensions there are numbers for.</summary>
    public static int MostDimensions => Polynomials.Length + 1;

    /// <summary>The first points.</summary>
    /// <param name="count">How many.</param>
    /// <param name="shifts">The digital shift of each dimension; zeros for none. At most <see cref="MostDimensions"/>.</param>
    /// <returns>Coordinates in [0, 1), shape [count][dimensions].</returns>
    public static double[][] Points(int count, IReadOnlyList<uint> shifts)
    {
        uint[][] directions = [.. Enumerable.Range(0, shifts.Count).Select(Directions)];
        double[][] points = new double[count][];
        for (int n = 0; n < count; n++)
        {
            uint gray = (uint)n ^ ((uint)n >> 1);
            points[n] = [.. directions.Select((v, d) => (Combine(v, gray) ^ shifts[d]) / 4294967296.0)];
        }

        return points;
    }

    private static uint Combine(uint[] directions, uint gray)
    {
        uint x = 0;
        for (int bit = 0; gray != 0; bit++, gray >>= 1)
        {
            x ^= (gray & 1) * directions[bit];
        }

        return x;
    }

    private static uint[] Directions(int dimension)
    {
        uint[] v = new uint[Bits];
        if (dimension == 0)
        {
            for (int k = 0; k < Bits; k++)
            {
                v[k] = 1u << (Bits - 1 - k);
            }

            return v;
        }

        (int s, uint a, uint[] m) = Polynomials[dimension - 1];
        for (int k = 0; k < Bits; k++)
        {
            if (k < s)
            {
                v[k] = m[k] << (Bits - 1 - k);
                continue;
            }

            v[k] = v[k - s] ^ (v[k - s] >> s);
            for (int j = 1; j < s; j++)
            {
                v[k] ^= ((a >> (s - 1 - j)) & 1) * v[k - j];
            }
        }

        return v;
    }
}
