namespace Crosspoint.Kernels;

/// <summary>The step of a device as a table over its weight, for SET and RESET pulses, with or without noise; one table or many.</summary>
/// <remarks>
/// Two forms over [<see cref="Min"/>, <see cref="Max"/>]: bins, each with one step, or knots with straight lines between them.
/// Either is kept as cells of a value and a slope: step = value + f slope, fused, with f in [0, 1] the place in the cell. Immutable.
/// </remarks>
public sealed class StepTables
{
    /// <summary>The most bins or knots of a table.</summary>
    public const int MaxEntries = 1_024;

    /// <summary>The most cells of all tables together that are also kept for permutes.</summary>
    internal const int SmallLength = 128;

    private readonly float[] steps, smallSteps;
    private readonly float[] noise, smallNoise;

    private StepTables(
        float min, float max, int entries, bool interpolate,
        ReadOnlySpan<float> set, ReadOnlySpan<float> reset, ReadOnlySpan<float> setNoise, ReadOnlySpan<float> resetNoise)
    {
        Require(min, max, nameof(set), set, nameof(reset), reset, entries);
        float range = max - min;
        ThrowHelper.RequireInRange(nameof(set), -range, range, set);
        ThrowHelper.RequireInRange(nameof(reset), -range, range, reset);
        ThrowHelper.RequireLength(nameof(resetNoise), setNoise.Length, resetNoise.Length);
        if (!setNoise.IsEmpty)
        {
            ThrowHelper.RequireLength(nameof(setNoise), set.Length, setNoise.Length);
            ThrowHelper.RequireInRange(nameof(setNoise), 0, range, setNoise);
            ThrowHelper.RequireInRange(nameof(resetNoise), 0, range, resetNoise);
        }

        Min = min;
        Max = max;
        Tables = set.Length / entries;
        Cells = interpolate ? entries - 1 : entries;
        Scale = Cells / range;
        steps = MakeCells(entries, interpolate, set, reset);
        noise = MakeCells(entries, interpolate, setNoise, resetNoise);
        smallSteps = Split(steps);
        smallNoise = Split(noise);
    }

    /// <summary>Smallest weight, in weight units.</summary>
    public float Min { get; }

    /// <summary>Largest weight, in weight units.</summary>
    public float Max { get; }

    /// <summary>Number of tables.</summary>
    public int Tables { get; }

    /// <summary>Whether a step has noise.</summary>
    public bool IsNoisy => noise.Length > 0;

    internal int Cells { get; }

    internal float Scale { get; }

    /// <summary>Value and slope of each cell, shape [tables, SET or RESET, cells, 2].</summary>
    internal ReadOnlySpan<float> Steps => steps;

    /// <summary>The same of the noise; empty without noise.</summary>
    internal ReadOnlySpan<float> Noise => noise;

    /// <summary>The values, then the slopes, each padded to <see cref="SmallLength"/>; empty where there are more.</summary>
    internal ReadOnlySpan<float> SmallSteps => smallSteps;

    /// <inheritdoc cref="SmallSteps"/>
    internal ReadOnlySpan<float> SmallNoise => smallNoise;

    /// <summary>One step for each of equal bins of the weight.</summary>
    /// <param name="min">Smallest weight, in weight units.</param>
    /// <param name="max">Largest weight, above <paramref name="min"/>.</param>
    /// <param name="bins">Bins of a table, 2 to <see cref="MaxEntries"/>.</param>
    /// <param name="set">Weight change of a SET pulse, shape [tables, bins], within ± (max - min).</param>
    /// <param name="reset">Weight change of a RESET pulse, signed, shape [tables, bins], within ± (max - min).</param>
    /// <param name="setNoise">Standard deviation of a SET step, shape [tables, bins], 0 to max - min; empty for none.</param>
    /// <param name="resetNoise">Standard deviation of a RESET step, likewise.</param>
    /// <exception cref="ArgumentException">A number is out of range or not a number, or the lengths do not fit.</exception>
    public static StepTables Binned(
        float min, float max, int bins, ReadOnlySpan<float> set, ReadOnlySpan<float> reset,
        ReadOnlySpan<float> setNoise = default, ReadOnlySpan<float> resetNoise = default)
    {
        ThrowHelper.RequireInRange(nameof(bins), 2, MaxEntries, bins);
        return new(min, max, bins, false, set, reset, setNoise, resetNoise);
    }

    /// <summary>Straight lines between knots at equal distances, the first at <paramref name="min"/>, the last at <paramref name="max"/>.</summary>
    /// <param name="min">Smallest weight, in weight units.</param>
    /// <param name="max">Largest weight, above <paramref name="min"/>.</param>
    /// <param name="knots">Knots of a table, 2 to <see cref="MaxEntries"/>.</param>
    /// <param name="set">Weight change of a SET pulse at the knots, shape [tables, knots], within ± (max - min).</param>
    /// <param name="reset">Weight change of a RESET pulse at the knots, signed, shape [tables, knots], within ± (max - min).</param>
    /// <param name="setNoise">Standard deviation of a SET step at the knots, shape [tables, knots], 0 to max - min; empty for none.</param>
    /// <param name="resetNoise">Standard deviation of a RESET step, likewise.</param>
    /// <exception cref="ArgumentException">A number is out of range or not a number, or the lengths do not fit.</exception>
    public static StepTables Interpolated(
        float min, float max, int knots, ReadOnlySpan<float> set, ReadOnlySpan<float> reset,
        ReadOnlySpan<float> setNoise = default, ReadOnlySpan<float> resetNoise = default)
    {
        ThrowHelper.RequireInRange(nameof(knots), 2, MaxEntries, knots);
        return new(min, max, knots, true, set, reset, setNoise, resetNoise);
    }

    /// <summary>What all tables over a range of weights have in common.</summary>
    internal static void Require(
        float min, float max, string setName, ReadOnlySpan<float> set, string resetName, ReadOnlySpan<float> reset, int tableLength)
    {
        ThrowHelper.RequireInRange(nameof(min), float.MinValue, float.MaxValue, min);
        ThrowHelper.RequireInRange(nameof(max), MathF.BitIncrement(min), float.MaxValue, max);
        ThrowHelper.RequireInRange("max - min", float.Epsilon, float.MaxValue, max - min);
        ThrowHelper.RequireAtLeast(setName, tableLength, set.Length);
        ThrowHelper.RequireLength(setName, set.Length / tableLength * tableLength, set.Length);
        ThrowHelper.RequireLength(resetName, set.Length, reset.Length);
    }

    // Entries lie as [SET or RESET][tables, entries]; a line's cell has the difference to its right neighbour, a bin's has slope 0.
    private static float[] MakeCells(int entries, bool interpolate, ReadOnlySpan<float> set, ReadOnlySpan<float> reset)
    {
        int tables = set.Length / entries, cells = interpolate ? entries - 1 : entries;
        float[] made = new float[checked(tables * 2 * cells * 2)];
        for (int to = 0; to < made.Length; to += 2)
        {
            int cell = to / 2 % cells, direction = to / 2 / cells % 2, from = (to / 2 / cells / 2 * entries) + cell;
            ReadOnlySpan<float> source = direction == 0 ? set : reset;
            made[to] = source[from];
            made[to + 1] = interpolate ? source[from + 1] - source[from] : 0;
        }

        return made;
    }

    private static float[] Split(float[] cells)
    {
        if (cells.Length is 0 or > 2 * SmallLength)
        {
            return [];
        }

        float[] split = new float[2 * SmallLength];
        for (int k = 0; k < cells.Length; k++)
        {
            split[(k % 2 * SmallLength) + (k / 2)] = cells[k];
        }

        return split;
    }
}
