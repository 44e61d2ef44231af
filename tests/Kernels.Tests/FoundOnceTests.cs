using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>Failures that were found once, each kept as it was found.</summary>
public class FoundOnceTests
{
    /// <summary>256 times a gain above 1.33e36 is infinite, and no signal above zero may pulse always for that.</summary>
    [Fact]
    public void A_very_large_gain_keeps_the_probability()
    {
        float[] values = [.. Enumerable.Repeat(1e-38f, 1000)];
        uint[] trains = new uint[1000];
        PulseTrains.Draw(new RandomAddress(1, 1, 1), values, 5e37f, 32, trains);
        long pulses = trains.Sum(t => (long)System.Numerics.BitOperations.PopCount(t));
        Assert.InRange(pulses, 15_500, 16_500);
    }

    /// <summary>A negative scale once had another sign in vectors than behind them; there is no such scale.</summary>
    [Fact]
    public void Decode_refuses_a_negative_scale() =>
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => PulseTrains.Decode(new uint[17], new float[17], -1, new float[17]));

    /// <summary>Zero pulses would turn -0 into 0: columns that meet nothing are left alone in vectors too.</summary>
    [Fact]
    public void A_column_that_meets_nothing_keeps_its_bits()
    {
        uint[] trains = new uint[17];
        trains[0] = 1;
        float[] weights = [.. Enumerable.Repeat(-0f, 17)], signs = [.. Enumerable.Repeat(1f, 17)];
        PulsedUpdate.Row<Plain, float>(trains, signs, [1], 1, 0.5f, weights);
        Same.Bits([0.5f, .. Enumerable.Repeat(-0f, 16)], weights);
    }

    /// <summary>At the end of the range for which the sigmoid promises it.</summary>
    [Fact]
    public void Sigmoid_is_within_three_units_in_the_last_place_at_minus_87()
    {
        float[] y = new float[1];
        Activation.Sigmoid([-87], y);
        double exact = Math.Exp(-87) / (1 + Math.Exp(-87)), unit = MathF.BitIncrement((float)exact) - (float)exact;
        Assert.InRange((y[0] - exact) / unit, -3, 3);
    }

    [Fact]
    public void A_row_behind_the_last_is_refused() => Assert.ThrowsAny<ArgumentException>(() => new PaddedMatrix(1, 1).Row(1).Length);

    private readonly struct Plain : IPulseResponse<float>
    {
        public static float Apply(float weight, float pulses, in float p) => weight + (pulses * p);

        public static System.Runtime.Intrinsics.Vector256<float> Apply(
            System.Runtime.Intrinsics.Vector256<float> weight, System.Runtime.Intrinsics.Vector256<float> pulses, in float p) => weight + (pulses * p);

        public static System.Runtime.Intrinsics.Vector512<float> Apply(
            System.Runtime.Intrinsics.Vector512<float> weight, System.Runtime.Intrinsics.Vector512<float> pulses, in float p) => weight + (pulses * p);
    }
}
