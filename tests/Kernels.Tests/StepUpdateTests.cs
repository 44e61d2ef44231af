using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class StepUpdateTests
{
    private const float Min = -0.75f, Max = 1.5f;

    [Property(MaxTest = 300)]
    public void Each_pulse_adds_the_step_at_the_weight(Length columns, DataSeed data)
    {
        Case c = new(columns.Value, data.Random(), noisy: false);
        Guarded<float> weights = new(c.Weights);
        StepUpdate.Row(c.Counts.Span, c.Signs.Span, c.RowSign, c.Tables, c.Choice, weights.Span);
        Same.Bits(c.Stepped((_, _) => 0), weights.Span);
        weights.AssertGuardsIntact();
    }

    [Property(MaxTest = 300)]
    public void Each_pulse_adds_noise_with_its_own_normal_number(Length columns, Address address, DataSeed data)
    {
        Random random = data.Random();
        Case c = new(columns.Value, random, noisy: true);
        long first = random.NextInt64((1L << 32) - columns.Value);
        Guarded<float> weights = new(c.Weights);
        StepUpdate.Row(c.Counts.Span, c.Signs.Span, c.RowSign, c.Tables, c.Choice, address.At, first, weights.Span);
        Same.Bits(c.Stepped((j, pulse) => Gaussian.At(address.At, ((ulong)pulse << 32) + (ulong)(first + j))), weights.Span);
        weights.AssertGuardsIntact();
    }

    [Property(MaxTest = 300)]
    public void Each_pulse_draws_a_step_from_the_law_of_its_bin(Length columns, Address address, DataSeed data)
    {
        Random random = data.Random();
        Case c = new(columns.Value, random, noisy: false);
        long first = random.NextInt64((1L << 32) - columns.Value);
        int bins = random.Next(2, 40), quantiles = random.Next(2, 40);
        float[] set = Rising(c.TableCount * bins, quantiles, random), reset = Rising(c.TableCount * bins, quantiles, random);
        Guarded<float> weights = new(c.Weights);
        StepUpdate.Row(
            c.Counts.Span, c.Signs.Span, c.RowSign, new StepDistribution(Min, Max, bins, quantiles, set, reset), c.Choice, address.At, first,
            weights.Span);
        float[] expected = c.EachPulse((j, pulse, down, w) =>
        {
            uint word = ThreefryOracle.Word(address.At, ((ulong)pulse << 32) + (ulong)(first + j));
            float place = (word >> 8) / 16777216f * (quantiles - 1);
            int piece = Math.Min((int)place, quantiles - 2);
            (int bin, _) = InCell(w, bins);
            ReadOnlySpan<float> law = (down ? reset : set).AsSpan(((c.TableOf(j) * bins) + bin) * quantiles, quantiles);
            return MathF.FusedMultiplyAdd(place - piece, law[piece + 1] - law[piece], law[piece]);
        });
        Same.Bits(expected, weights.Span);
        weights.AssertGuardsIntact();
    }

    [Property]
    public void A_row_cut_in_two_steps_like_the_whole(Length columns, Length at, Address address, DataSeed data)
    {
        int cut = Math.Min(at.Value, columns.Value);
        Case c = new(columns.Value, data.Random(), noisy: true);
        float[] whole = [.. c.Weights], parts = [.. c.Weights];
        StepUpdate.Row(c.Counts.Span, c.Signs.Span, c.RowSign, c.Tables, c.Choice, address.At, 1000, whole);
        StepUpdate.Row(c.Counts.Span[..cut], c.Signs.Span[..cut], c.RowSign, c.Tables, c.ChoiceOf(0, cut), address.At, 1000, parts.AsSpan(0, cut));
        StepUpdate.Row(
            c.Counts.Span[cut..], c.Signs.Span[cut..], c.RowSign, c.Tables, c.ChoiceOf(cut, columns.Value), address.At, 1000 + cut, parts.AsSpan(cut));
        Same.Bits(whole, parts);
    }

    /// <summary>Knots at whole numbers: every step is known exactly, at a knot, half-way and beyond the ends.</summary>
    [Fact]
    public void Between_knots_the_step_is_on_the_straight_line_and_beyond_the_ends_it_is_that_of_the_end()
    {
        StepTables tables = StepTables.Interpolated(0, 4, 5, [1, 0.5f, 0.25f, 2, -1], [-1, -2, -0.5f, -0.25f, -4]);
        float[] places = [0, 0.5f, 1, 1.5f, 2, 2.5f, 3, 3.5f, 4, -7, 9, float.NegativeInfinity, float.PositiveInfinity];
        float[] up = [1, 1.25f, 1.5f, 1.875f, 2.25f, 3.625f, 4, 4, 3, 0, 4, 0, 4];
        float[] down = [0, 0, 0, 0.25f, 1.5f, 2.125f, 2.75f, 1.375f, 0, 0, 4, 0, 4];
        foreach ((float sign, float[] expected) in new[] { (1f, up), (-1f, down) })
        {
            // 39 columns: each place in a vector of 16, of 8 and behind the last.
            float[] weights = [.. places, .. places, .. places];
            uint[] counts = [.. Enumerable.Repeat(1u, weights.Length)];
            float[] signs = [.. Enumerable.Repeat(1f, weights.Length)];
            StepUpdate.Row(counts, signs, sign, tables, TableChoice.Shared, weights);
            Same.Bits([.. expected, .. expected, .. expected], weights);
        }
    }

    [Fact]
    public void A_weight_that_is_not_a_number_stays_so_and_harms_no_other()
    {
        StepTables tables = StepTables.Binned(0, 1, 2, [0.25f, 0.125f], [0, 0], [0.1f, 0.1f], [0.1f, 0.1f]);
        StepTables quiet = StepTables.Binned(0, 1, 2, [0.25f, 0.125f], [0, 0]);
        float[] weights = [.. Enumerable.Range(0, 40).Select(j => j % 3 == 0 ? float.NaN : 0.25f)], noisy = [.. weights];
        uint[] counts = [.. Enumerable.Repeat(1u, 40)];
        StepUpdate.Row(counts, new float[40], 1, quiet, TableChoice.Shared, weights);
        StepUpdate.Row(counts, new float[40], 1, tables, TableChoice.Shared, default, 0, noisy);
        Assert.All(weights.Select((w, j) => (w, j)), p => Assert.Equal(p.j % 3 == 0 ? float.NaN : 0.5f, p.w));
        Assert.All(noisy.Select((w, j) => (w, j)), p => Assert.Equal(p.j % 3 == 0, float.IsNaN(p.w)));
    }

    /// <summary>
    /// Fixed seed, two pulses of 2¹⁶ cross-points: step 0.01 + σ(w) ξ with σ = 0.02 from a weight of 0. Mean and variance of the sum within
    /// 4.5 of their deviations; the law by Kolmogorov and Smirnov, above 2.4 with probability 2 · 10⁻⁵.
    /// </summary>
    [Fact]
    public void The_noise_of_two_pulses_has_the_mean_and_variance_of_two_steps()
    {
        const int Count = 1 << 16;
        StepTables tables = StepTables.Interpolated(-1, 1, 2, [0.01f, 0.01f], [0, 0], [0.02f, 0.02f], [0, 0]);
        float[] weights = new float[Count], ones = [.. Enumerable.Repeat(1f, Count)];
        StepUpdate.Row([.. Enumerable.Repeat(2u, Count)], ones, 1, tables, TableChoice.Shared, new(2017, 5, 3), 0, weights);
        (double mean, double variance) = Statistics.Moments([.. weights.Select(w => (double)w)]);
        Assert.InRange((mean - 0.02) / Math.Sqrt(0.0008 / Count), -4.5, 4.5);
        Assert.InRange(((variance / 0.0008) - 1) / Math.Sqrt(2.0 / Count), -4.5, 4.5);
        Assert.InRange(Statistics.KolmogorovSmirnov(weights, w => Statistics.NormalCdf((w - 0.02) / Math.Sqrt(0.0008))), 0.3, 2.4);
    }

    /// <summary>Fixed seed, 2¹⁶ cross-points: an exponential law cut at 5, measured at 200 points, comes back; bound as above.</summary>
    [Fact]
    public void Steps_follow_the_measured_distribution()
    {
        const int Count = 1 << 16, Points = 200, Quantiles = 1024;
        static double Law(double x) => (1 - Math.Exp(-x)) / (1 - Math.Exp(-5));
        float[] steps = [.. Enumerable.Range(0, Points).Select(k => 5f * k / (Points - 1))];
        float[] cumulative = [.. steps.Select(x => (float)Law(x))], quantiles = new float[Quantiles];
        cumulative[^1] = 1;
        StepDistribution.Invert(steps, cumulative, quantiles);
        float[] still = new float[2 * Quantiles], weights = new float[Count];
        StepDistribution distribution = new(0, 6, 2, Quantiles, [.. quantiles, .. quantiles], still);
        StepUpdate.Row(
            [.. Enumerable.Repeat(1u, Count)], [.. Enumerable.Repeat(1f, Count)], 1, distribution, TableChoice.Shared, new(2019, 1, 1), 0, weights);
        Assert.InRange(Statistics.KolmogorovSmirnov(weights, x => Law(Math.Clamp(x, 0, 5))), 0.3, 2.4);
    }

    [Fact]
    public void A_cumulative_distribution_turns_into_its_quantiles()
    {
        float[] quantiles = new float[5];
        StepDistribution.Invert([-2, -1, 0, 4], [0, 0, 0.5f, 1], quantiles);
        Assert.Equal([-1, -0.5f, 0, 2, 4], quantiles);
        StepDistribution.Invert([1, 2, 3], [0.5f, 0.5f, 1], quantiles);
        Assert.Equal([1, 1, 1, 2.5f, 3], quantiles);
        StepDistribution.Invert([7], [1], quantiles);
        Assert.Equal([7, 7, 7, 7, 7], quantiles);
        Rejected.With("cumulative", 1, 0.9f, () => StepDistribution.Invert([1, 2], [0, 0.9f], new float[2]));
        Rejected.With("cumulative", 0.5f, 0.25f, () => StepDistribution.Invert([1, 2, 3], [0.5f, 0.25f, 1], new float[2]));
        Rejected.With("cumulative", 2, 1, () => StepDistribution.Invert([1, 2], [1], new float[2]));
        Rejected.With("steps", 1, 1f, () => StepDistribution.Invert([1, 1], [0, 1], new float[2]));
        Rejected.With("steps", float.MaxValue, float.NaN, () => StepDistribution.Invert([float.NaN], [1], new float[2]));
        Rejected.With("quantiles", 2, 1, () => StepDistribution.Invert([1], [1], new float[1]));
    }

    [Fact]
    public void Tables_that_hold_no_steps_are_refused()
    {
        float[] two = [0, 0];
        Rejected.With("bins", 2, 1, () => StepTables.Binned(0, 1, 1, [0], [0]));
        Rejected.With("bins", 1024, 1025, () => StepTables.Binned(0, 1, 1025, new float[1025], new float[1025]));
        Rejected.With("knots", 2, 1, () => StepTables.Interpolated(0, 1, 1, [0], [0]));
        Rejected.With("knots", 1024, 1025, () => StepTables.Interpolated(0, 1, 1025, new float[1025], new float[1025]));
        Rejected.With("max", 1.0000001f, 1f, () => StepTables.Binned(1, 1, 2, two, two));
        Rejected.With("max", float.MaxValue, float.NaN, () => StepTables.Binned(1, float.NaN, 2, two, two));
        Rejected.With("min", float.MaxValue, float.NegativeInfinity, () => StepTables.Binned(float.NegativeInfinity, 1, 2, two, two));
        Rejected.With("max - min", float.MaxValue, float.PositiveInfinity, () => StepTables.Binned(float.MinValue, float.MaxValue, 2, two, two));
        Rejected.With("set", 2, 1, () => StepTables.Binned(0, 1, 2, [0], [0]));
        Rejected.With("set", 2, 3, () => StepTables.Binned(0, 1, 2, [0, 0, 0], [0, 0, 0]));
        Rejected.With("reset", 2, 4, () => StepTables.Binned(0, 1, 2, two, [0, 0, 0, 0]));
        Rejected.With("set", 1, 1.5f, () => StepTables.Binned(0, 1, 2, [0, 1.5f], two));
        Rejected.With("reset", -1, float.NaN, () => StepTables.Interpolated(0, 1, 2, two, [float.NaN, 0]));
        Rejected.With("resetNoise", 2, 0, () => StepTables.Interpolated(0, 1, 2, two, two, two, []));
        Rejected.With("setNoise", 2, 4, () => StepTables.Interpolated(0, 1, 2, two, two, new float[4], new float[4]));
        Rejected.With("setNoise", 0, -0.5f, () => StepTables.Interpolated(0, 1, 2, two, two, [0, -0.5f], two));
        Rejected.With("resetNoise", 0, float.NaN, () => StepTables.Interpolated(0, 1, 2, two, two, two, [float.NaN, 0]));
        Rejected.With("bins", 2, 1, () => new StepDistribution(0, 1, 1, 2, two, two));
        Rejected.With("quantiles", 1024, 1025, () => new StepDistribution(0, 1, 2, 1025, new float[2050], new float[2050]));
        Rejected.With("set", 4, 2, () => new StepDistribution(0, 1, 2, 2, two, two));
        Rejected.With("reset", 0.5f, 0.25f, () => new StepDistribution(0, 1, 2, 2, new float[4], [0, 0, 0.5f, 0.25f]));
        Rejected.With("set", 1, float.NaN, () => new StepDistribution(0, 1, 2, 2, [0, 0, 0, float.NaN], new float[4]));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused_before_anything_is_written()
    {
        StepTables tables = StepTables.Binned(0, 1, 2, [0, 0, 1, 1], [0, 0, 1, 1]);
        StepDistribution law = new(0, 1, 2, 2, new float[4], new float[4]);
        Guarded<float> weights = new(5);
        uint[] counts = [1, 1, 1, 1, 1];
        float[] signs = new float[5];
        Rejected.With("counts", 5, 4, () => StepUpdate.Row(new uint[4], signs, 1, tables, TableChoice.Shared, weights.Span));
        Rejected.With("columnSigns", 5, 6, () => StepUpdate.Row(counts, new float[6], 1, tables, TableChoice.Shared, weights.Span));
        Rejected.With("classes", 5, 0, () => StepUpdate.Row(counts, signs, 1, tables, TableChoice.ByClass([]), weights.Span));
        Rejected.With("classes", 2, 3, () => StepUpdate.Row(counts, signs, 1, tables, TableChoice.ByClass([0, 0, 0, 0, 3]), default, 0, weights.Span));
        Rejected.With("tables", 5, 1, () => StepUpdate.Row(counts, signs, 1, law, TableChoice.PerCrosspoint(0), default, 0, weights.Span));
        Rejected.With("firstIndex", 4294967291, 4294967292, () => StepUpdate.Row(
            counts, signs, 1, law, TableChoice.Shared, default, 4294967292, weights.Span));
        Rejected.With("firstIndex", 0, -1, () => StepUpdate.Row(counts, signs, 1, tables, TableChoice.Shared, default, -1, weights.Span));
        weights.AssertUntouched();
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        StepTables tables = StepTables.Interpolated(0, 1, 2, [0, 0], [0, 0], [0.1f, 0.1f], [0.1f, 0.1f]);
        StepDistribution law = new(0, 1, 2, 2, new float[4], new float[4]);
        uint[] counts = [.. Enumerable.Repeat(3u, 100)];
        float[] signs = new float[100], weights = new float[100];
        void Update()
        {
            StepUpdate.Row(counts, signs, 1, tables, TableChoice.Shared, weights);
            StepUpdate.Row(counts, signs, 1, tables, TableChoice.Shared, default, 7, weights);
            StepUpdate.Row(counts, signs, 1, law, TableChoice.Shared, default, 7, weights);
        }

        Update();
        Allocation.None(_ => Update());
    }

    private static float[] Rising(int laws, int quantiles, Random random) =>
        [.. Enumerable.Range(0, laws).SelectMany(_ => random.Weights(quantiles, 0.5f).Order())];

    /// <summary>The cell of [Min, Max] in which a weight lies, and how far into it.</summary>
    private static (int Cell, float Part) InCell(float w, int cells)
    {
        float place = Math.Clamp((w - Min) * (cells / (Max - Min)), 0, cells);
        int cell = Math.Min((int)place, cells - 1);
        return (cell, place - cell);
    }

    /// <summary>Bins or knots, few and many, shared, classed or own; weights in, at and beyond the range.</summary>
    private sealed class Case
    {
        private readonly int entries, kind, first;
        private readonly bool interpolate;
        private readonly float[] set, reset, setNoise, resetNoise;
        private readonly ushort[] classes;

        public Case(int columns, Random random, bool noisy)
        {
            entries = new[] { 2, 3, 16, 17, 32, 33, 64, 65, 66, 1024 }[random.Next(10)];
            kind = random.Next(3);
            first = random.Next(3);
            interpolate = random.Next(2) == 0;
            TableCount = kind == 2 ? columns + first + 1 : kind == 1 ? random.Next(1, 9) : 1;
            set = random.Signals(TableCount * entries, 0.5f, 0.1);
            reset = random.Signals(TableCount * entries, 0.5f, 0.1);
            setNoise = noisy ? [.. random.Signals(set.Length, 0.3f).Select(MathF.Abs)] : [];
            resetNoise = noisy ? [.. random.Signals(set.Length, 0.3f).Select(MathF.Abs)] : [];
            classes = [.. Enumerable.Range(0, columns).Select(_ => (ushort)random.Next(TableCount))];
            Tables = interpolate
                ? StepTables.Interpolated(Min, Max, entries, set, reset, setNoise, resetNoise)
                : StepTables.Binned(Min, Max, entries, set, reset, setNoise, resetNoise);
            int density = random.Next(1, 4);
            Counts = new([.. Enumerable.Range(0, columns).Select(_ => random.Next(4) >= density ? 0u : (uint)random.Next(8))]);
            Signs = new([.. random.Signals(columns).Select(s => s == 0 && random.Next(2) == 0 ? -0f : s)]);
            RowSign = random.Next(2) == 0 ? 0.5f : -0f;
            Weights = random.Signals(columns, 2, 0.05);
        }

        public StepTables Tables { get; }

        public int TableCount { get; }

        public Guarded<uint> Counts { get; }

        public Guarded<float> Signs { get; }

        public float RowSign { get; }

        public float[] Weights { get; }

        public TableChoice Choice => ChoiceOf(0, Weights.Length);

        public TableChoice ChoiceOf(int from, int to) => kind switch
        {
            0 => TableChoice.Shared,
            1 => TableChoice.ByClass(classes.AsSpan(from, to - from)),
            _ => TableChoice.PerCrosspoint(first + from),
        };

        public int TableOf(int j) => kind == 0 ? 0 : kind == 1 ? classes[j] : first + j;

        /// <summary>step(w) + σ(w) ξ from the entries, one pulse at a time.</summary>
        public float[] Stepped(Func<int, int, float> normal) => EachPulse((j, pulse, down, w) =>
        {
            float step = At(down ? reset : set, j, w);
            return setNoise.Length == 0 ? step : MathF.FusedMultiplyAdd(At(down ? resetNoise : setNoise, j, w), normal(j, pulse), step);
        });

        public float[] EachPulse(Func<int, int, bool, float, float> step)
        {
            float[] weights = [.. Weights];
            for (int j = 0; j < weights.Length; j++)
            {
                bool down = float.IsNegative(RowSign) != float.IsNegative(Signs.Span[j]);
                for (int pulse = 0; pulse < Counts.Span[j]; pulse++)
                {
                    weights[j] = Math.Clamp(weights[j] + step(j, pulse, down, weights[j]), Min, Max);
                }
            }

            return weights;
        }

        private float At(float[] table, int j, float w)
        {
            (int cell, float part) = InCell(w, interpolate ? entries - 1 : entries);
            ReadOnlySpan<float> own = table.AsSpan(TableOf(j) * entries, entries);
            return interpolate ? MathF.FusedMultiplyAdd(part, own[cell + 1] - own[cell], own[cell]) : own[cell];
        }
    }
}
