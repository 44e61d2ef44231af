using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class QuantizerTests
{
    private static readonly RandomAddress Fixed = new(2021, 9, 5);

    [Property]
    public void Signals_are_rounded_to_whole_steps_and_then_clipped(Length length, DataSeed data, Address address)
    {
        Random random = data.Random();
        Quantizer quantizer = Any(random);
        float factor = random.NextSingle() * 2;
        Guarded<float> x = new(random.Signals(length.Value, 20)), levels = new(length.Value);
        bool expectedClip = false;
        float[] expected = new float[length.Value];
        for (int k = 0; k < expected.Length; k++)
        {
            (expected[k], bool clips) = Level(quantizer, x.Span[k] * factor, address.At, (ulong)k);
            expectedClip |= clips;
        }

        Assert.Equal(expectedClip, quantizer.Convert(x.Span, factor, levels.Span, address.At));
        Same.Bits(expected, levels.Span);
        levels.AssertGuardsIntact();
        Assert.Equal(expectedClip, quantizer.Convert(x.Span, factor, x.Span, address.At));
        Same.Bits(expected, x.Span);
        x.AssertGuardsIntact();
    }

    [Property]
    public void Rounding_is_monotone(DataSeed data)
    {
        Random random = data.Random();
        Quantizer any = Any(random), quantizer = new(any.Low, any.High, any.Resolution, false);
        float[] x = random.Signals(100, 20), levels = new float[100];
        Array.Sort(x);
        quantizer.Convert(x, 1, levels);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
    }

    [Property]
    public void Rounding_is_idempotent_where_bounds_are_whole_steps(DataSeed data)
    {
        Random random = data.Random();
        float bound = 20 * (random.NextSingle() + 0.01f);
        Quantizer quantizer = new(bound, Quantizer.ResolutionOfBits(random.Next(2, 13)));
        float[] once = random.Signals(100, 30), twice = new float[100];
        quantizer.Convert(once, 1, once);
        Assert.False(quantizer.Convert(once, 1, twice));
        Same.Bits(once, twice);
    }

    /// <summary>A level at the bound is no clipping, although its product may round to the other side of the bound.</summary>
    [Property]
    public void The_outermost_levels_are_inside(DataSeed data)
    {
        Random random = data.Random();
        int bits = random.Next(2, 13), half = (1 << (bits - 1)) - 1;
        float bound = 20 * (random.NextSingle() + 0.01f);
        Quantizer quantizer = new(bound, Quantizer.ResolutionOfBits(bits));
        float[] x = [half * quantizer.Step, -half * quantizer.Step, bound, -bound, (half + 0.4f) * quantizer.Step];
        Assert.False(quantizer.Convert(x, 1, x));
        Assert.Equal([bound, -bound, bound, -bound, bound], x.Select(v => MathF.Abs(v) > 0.9999f * bound ? MathF.CopySign(bound, v) : v));
        Assert.True(quantizer.Convert([(half + 0.6f) * quantizer.Step], 1, x));
    }

    [Fact]
    public void Halves_go_to_the_even_level_and_zero_is_a_level()
    {
        Quantizer quantizer = new(-2, 6, 0.125f, false);
        float[] x = [0, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, -2.75f, 6.5f, 7];
        Assert.True(quantizer.Convert(x, 1, x));
        Assert.Equal([0, 0, 2, 2, -0f, -2, -2, -2, 6, 6], x);
        Assert.Equal(1, quantizer.Step);
    }

    [Fact]
    public void Seven_bits_have_63_levels_on_either_side()
    {
        Quantizer quantizer = new(1, Quantizer.ResolutionOfBits(7));
        float[] x = [.. Enumerable.Range(-1000, 2001).Select(k => k / 1000f)];
        quantizer.Convert(x, 1, x);
        Assert.Equal(127, x.Select(v => v == 0 ? 0 : v).Distinct().Count());
        Assert.Equal((-1, 1), (x.Min(), x.Max()));
    }

    [Fact]
    public void Without_resolution_it_clips_alone_and_without_a_bound_does_nothing()
    {
        float[] x = new Random(3).Signals(77, 3), y = new float[77];
        Assert.False(Quantizer.None.Convert(x, 1, y));
        Same.Bits(x, y);
        Assert.True(new Quantizer(1, 0, true).Convert(x, 1, y));
        Same.Bits([.. x.Select(v => Math.Clamp(v, -1, 1))], y);
    }

    /// <summary>
    /// Fixed seed, 2¹⁸ draws a value: the mean of the level is the value, its variance f (1 - f) step² with f the fraction; both within 4.5
    /// of their deviations.
    /// </summary>
    [Theory]
    [InlineData(0.25f)]
    [InlineData(-0.25f)]
    [InlineData(3.9f)]
    [InlineData(-3.01f)]
    [InlineData(2f)]
    public void Stochastic_rounding_is_exact_in_the_mean(float value)
    {
        const int Draws = 1 << 18;
        Quantizer quantizer = new(-8, 8, 1 / 32f, true);
        float[] levels = new float[Draws];
        levels.AsSpan().Fill(value);
        Assert.False(quantizer.Convert(levels, 1, levels, Fixed));
        double step = quantizer.Step, f = (value / step) - Math.Floor(value / step), variance = f * (1 - f) * step * step;
        Assert.All(levels.Distinct(), v => Assert.True(v == Math.Floor(value / step) * step || v == Math.Ceiling(value / step) * step));
        double mean = levels.Average(v => (double)v), spread = levels.Average(v => (v - value) * (double)(v - value));
        Assert.InRange(mean - value, -4.5 * Math.Sqrt(variance / Draws), 4.5 * Math.Sqrt(variance / Draws));

        // (level - value)² takes two values, f² and (1 - f)² steps², with probabilities 1 - f and f.
        double spreadDeviation = Math.Abs(1 - (2 * f)) * Math.Sqrt(f * (1 - f)) * step * step / Math.Sqrt(Draws);
        Assert.InRange(spread - variance, (-4.5 * spreadDeviation) - 1e-12, (4.5 * spreadDeviation) + 1e-12);
    }

    [Fact]
    public void Stochastic_roundings_of_neighbours_are_independent()
    {
        const int Draws = 1 << 18;
        float[] levels = new float[Draws];
        levels.AsSpan().Fill(0.5f);
        new Quantizer(-8, 8, 1 / 16f, true).Convert(levels, 1, levels, Fixed);
        float[] signs = [.. levels.Select(v => (2 * v) - 1)];
        Assert.InRange(Statistics.CorrelationDeviations(signs.AsSpan(0, Draws - 1), signs.AsSpan(1)), -4.5, 4.5);
        Assert.InRange(Statistics.CorrelationDeviations(signs.AsSpan(0, Draws - 64), signs.AsSpan(64)), -4.5, 4.5);
    }

    [Fact]
    public void Parameters_that_make_no_sense_are_refused()
    {
        foreach (float bad in new[] { 0, -1, float.NaN, float.NegativeInfinity })
        {
            Rejected.With("bound", float.PositiveInfinity, bad, () => new Quantizer(bad, 0.1f));
        }

        foreach (float bad in new[] { -0.1f, 1.1f, float.NaN, float.PositiveInfinity })
        {
            Rejected.With("resolution", 1, bad, () => new Quantizer(1, bad));
            Rejected.With("resolution", 1, bad, () => new Quantizer(-1, 2, bad, true));
        }

        Rejected.With("resolution", 0, 0.1f, () => new Quantizer(float.PositiveInfinity, 0.1f));
        Rejected.With("low", 0, 0.5f, () => new Quantizer(0.5f, 1, 0.1f, false));
        Rejected.With("low", 0, float.NaN, () => new Quantizer(float.NaN, 1, 0.1f, false));
        Rejected.With("high", 0, -1, () => new Quantizer(-1, -1, 0.1f, false));
        Assert.Throws<ArgumentOutOfRangeException>("high", () => new Quantizer(0, 0, 0.1f, false));
        Rejected.With("bits", 2, 1, () => Quantizer.ResolutionOfBits(1));
        Rejected.With("destination", 3, 2, () => Quantizer.None.Convert(new float[3], 1, new float[2]));
    }

    internal static Quantizer Any(Random random)
    {
        bool stochastic = random.Next(3) == 0;
        float resolution = random.Next(5) == 0 ? 0 : Quantizer.ResolutionOfBits(random.Next(2, 10));
        return random.Next(4) switch
        {
            0 => Quantizer.None,
            1 => new Quantizer(-10 * random.NextSingle(), 10 * (random.NextSingle() + 0.01f), resolution, stochastic),
            _ => new Quantizer(10 * (random.NextSingle() + 0.01f), resolution, stochastic),
        };
    }

    /// <summary>The definition for one signal, and whether it lies outside the bounds by more than a rounding.</summary>
    internal static (float Level, bool Clips) Level(Quantizer q, float v, RandomAddress at, ulong index)
    {
        if (q.Resolution > 0)
        {
            float quotient = v * (float)(1 / (double)q.Step);
            float n = q.Stochastic
                ? MathF.Floor(MathF.FusedMultiplyAdd(v, (float)(1 / (double)q.Step), (ThreefryOracle.Word(at, index) >> 8) / 16777216f))
                : MathF.Round(quotient, MidpointRounding.ToEven);
            v = n * q.Step;
        }

        // A bound of whole steps is the level there.
        float Bound(float bound) => q.Step > 0 && Math.Abs((bound / (double)q.Step) - Math.Round(bound / (double)q.Step)) < 1e-4
            ? (float)Math.Round(bound / (double)q.Step) * q.Step : bound;
        float low = Bound(q.Low), high = Bound(q.High);
        return (Math.Clamp(v, low, high), v > high || v < low);
    }
}
