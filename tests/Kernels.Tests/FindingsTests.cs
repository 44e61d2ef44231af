using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Kernels.Tests;

public class FindingsTests
{
    /// <summary>gain * 256 overflows to infinity above 1.33e36: every signal above zero then pulses always.</summary>
    [Fact]
    public void A_very_large_gain_keeps_the_probability()
    {
        float[] values = [.. Enumerable.Repeat(1e-38f, 1000)];
        uint[] trains = new uint[1000];
        PulseTrains.Draw(new RandomAddress(1, 1, 1), values, 5e37f, 32, trains);
        long pulses = trains.Sum(t => (long)System.Numerics.BitOperations.PopCount(t));
        Assert.InRange(pulses, 15_500, 16_500);
    }

    /// <summary>The vector body joins the sign bit to a negative size, the scalar one replaces it.</summary>
    [Fact]
    public void Decode_with_a_negative_scale_is_the_same_in_every_place()
    {
        uint[] trains = [.. Enumerable.Repeat(3u, 17)];
        float[] values = [.. Enumerable.Repeat(1f, 17)], decoded = new float[17];
        PulseTrains.Decode(trains, values, -1, decoded);
        Assert.Equal(-1, decoded.AsSpan().IndexOfAnyExcept(decoded[16]));
    }

    /// <summary>The vector body applies zero pulses to columns that met nothing, which turns -0 into 0; the scalar one leaves them.</summary>
    [Fact]
    public void A_column_that_meets_nothing_keeps_its_bits()
    {
        uint[] trains = new uint[17];
        trains[0] = 1;
        float[] weights = [.. Enumerable.Repeat(-0f, 17)], signs = [.. Enumerable.Repeat(1f, 17)];
        PulsedUpdate.Row<Plain, float>(trains, signs, [1], 1, 0.5f, weights);
        Same.Bits([0.5f, .. Enumerable.Repeat(-0f, 16)], weights);
    }

    /// <summary>exp is clipped at 88, so that the value stays at 6e-39 where the exact one goes to zero.</summary>
    [Fact]
    public void Sigmoid_is_within_three_units_in_the_last_place_everywhere()
    {
        float[] y = new float[1];
        Activation.Sigmoid([-95], y);
        double exact = Math.Exp(-95) / (1 + Math.Exp(-95)), unit = MathF.BitIncrement((float)exact) - (float)exact;
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
