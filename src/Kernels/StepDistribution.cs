namespace Crosspoint.Kernels;

/// <summary>The law of a device's step in each bin of its weight, for SET and RESET pulses, by its inverse cumulative distribution.</summary>
/// <remarks>
/// A measured cumulative table is kept as quantiles at equal distances of probability, the first at 0 and the last at 1, with straight
/// lines between: a uniform number gives a step by one look-up. Bins divide [<see cref="Min"/>, <see cref="Max"/>] equally. Immutable.
/// </remarks>
public sealed class StepDistribution
{
    /// <summary>The most bins, and the most quantiles of a bin.</summary>
    public const int MaxEntries = 1_024;

    private readonly float[] cells;

    /// <summary>Checks and copies the quantiles.</summary>
    /// <param name="min">Smallest weight, in weight units.</param>
    /// <param name="max">Largest weight, above <paramref name="min"/>.</param>
    /// <param name="bins">Bins of the weight, 2 to <see cref="MaxEntries"/>.</param>
    /// <param name="quantiles">Quantiles of a bin, 2 to <see cref="MaxEntries"/>.</param>
    /// <param name="set">Weight change of a SET pulse, shape [tables, bins, quantiles], not falling along a bin, within ± (max - min).</param>
    /// <param name="reset">Weight change of a RESET pulse, signed, likewise.</param>
    /// <exception cref="ArgumentException">A number is out of range, out of order or not a number, or the lengths do not fit.</exception>
    public StepDistribution(float min, float max, int bins, int quantiles, ReadOnlySpan<float> set, ReadOnlySpan<float> reset)
    {
        ThrowHelper.RequireInRange(nameof(bins), 2, MaxEntries, bins);
        ThrowHelper.RequireInRange(nameof(quantiles), 2, MaxEntries, quantiles);
        StepTables.Require(min, max, nameof(set), set, nameof(reset), reset, bins * quantiles);
        RequireQuantiles(nameof(set), set, quantiles, max - min);
        RequireQuantiles(nameof(reset), reset, quantiles, max - min);
        Min = min;
        Max = max;
        Bins = bins;
        Tables = set.Length / (bins * quantiles);
        Pieces = quantiles - 1;
        Scale = bins / (max - min);
        cells = new float[checked(Tables * 2 * bins * Pieces * 2)];
        for (int to = 0; to < cells.Length; to += 2)
        {
            int piece = to / 2 % Pieces, row = to / 2 / Pieces, bin = row % bins, direction = row / bins % 2, table = row / bins / 2;
            ReadOnlySpan<float> source = (direction == 0 ? set : reset)[((((table * bins) + bin) * quantiles) + piece)..];
            cells[to] = source[0];
            cells[to + 1] = source[1] - source[0];
        }
    }

    /// <summary>Smallest weight, in weight units.</summary>
    public float Min { get; }

    /// <summary>Largest weight, in weight units.</summary>
    public float Max { get; }

    /// <summary>Number of tables.</summary>
    public int Tables { get; }

    internal int Bins { get; }

    internal int Pieces { get; }

    internal float Scale { get; }

    /// <summary>Value and slope of each piece, shape [tables, SET or RESET, bins, pieces, 2].</summary>
    internal ReadOnlySpan<float> Cells => cells;

    /// <summary>Turns a measured cumulative distribution of one bin into quantiles, with straight lines between the measured points.</summary>
    /// <param name="steps">Weight changes, finite and rising.</param>
    /// <param name="cumulative">Probability of a step up to each of them, shape of <paramref name="steps"/>, not falling, at last 1.</param>
    /// <param name="quantiles">Receives the steps at probabilities 0, 1/(n - 1), ... 1; at least 2.</param>
    /// <exception cref="ArgumentException">A number is out of range, out of order or not a number, or the lengths do not fit.</exception>
    /// <remarks>A first probability above 0 is that of the first step itself. Where the distribution is flat, the smallest step counts.</remarks>
    public static void Invert(ReadOnlySpan<float> steps, ReadOnlySpan<float> cumulative, Span<float> quantiles)
    {
        ThrowHelper.RequireAtLeast(nameof(steps), 1, steps.Length);
        ThrowHelper.RequireLength(nameof(cumulative), steps.Length, cumulative.Length);
        ThrowHelper.RequireAtLeast(nameof(quantiles), 2, quantiles.Length);
        for (int k = 0; k < steps.Length; k++)
        {
            ThrowHelper.RequireInRange(nameof(steps), k == 0 ? float.MinValue : MathF.BitIncrement(steps[k - 1]), float.MaxValue, steps[k]);
            ThrowHelper.RequireInRange(nameof(cumulative), k == 0 ? 0 : cumulative[k - 1], 1, cumulative[k]);
        }

        ThrowHelper.RequireInRange(nameof(cumulative), 1, 1, cumulative[^1]);
        int right = 0;
        for (int q = 0; q < quantiles.Length; q++)
        {
            double probability = q / (quantiles.Length - 1.0);
            while (cumulative[right] < probability || (q == 0 && right < steps.Length - 1 && cumulative[right + 1] == 0))
            {
                right++;
            }

            double part = right == 0 || q == 0 ? 1 : (probability - cumulative[right - 1]) / ((double)cumulative[right] - cumulative[right - 1]);
            quantiles[q] = right == 0 ? steps[0] : (float)(steps[right - 1] + (part * ((double)steps[right] - steps[right - 1])));
        }
    }

    private static void RequireQuantiles(string name, ReadOnlySpan<float> values, int quantiles, float range)
    {
        for (int k = 0; k < values.Length; k++)
        {
            ThrowHelper.RequireInRange(name, k % quantiles == 0 ? -range : values[k - 1], range, values[k]);
        }
    }
}
