using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PulseCodingTests
{
    private static readonly float[] Two = [0.5f, -1], One = [0.25f];

    /// <summary>Whatever is managed, BL Δw C_x C_d = η.</summary>
    [Property]
    public void The_mean_update_is_that_of_the_learning_rate(Size rows, Size columns, DataSeed data, bool update, bool length)
    {
        Random random = data.Random();
        float[] x = random.Signals(rows.Value), d = random.Signals(columns.Value);
        float rate = 0.001f + random.NextSingle(), step = 0.001f + (0.1f * random.NextSingle());
        PulseCoding coding = PulseCoding.Of(x, d, rate, step, 31, update, length);
        if (coding.Pulses)
        {
            Assert.Equal(1, (double)coding.BitLength * step * coding.RowGain * coding.ColumnGain / rate, 1e-5);
        }
        else
        {
            Assert.True(x.All(v => v == 0) || d.All(v => v == 0), "only an update of zeros has no pulses");
        }
    }

    [Property]
    public void Update_management_lets_the_largest_input_and_error_pulse_equally_often(Size rows, Size columns, DataSeed data)
    {
        Random random = data.Random();
        float[] x = [.. random.Signals(rows.Value), 0.01f], d = [.. random.Signals(columns.Value), 0.01f];
        PulseCoding coding = PulseCoding.Of(x, d, 0.01f, 0.001f, 31, true, false);
        Assert.Equal(1, coding.RowGain * x.Max(MathF.Abs) / (coding.ColumnGain * d.Max(MathF.Abs)), 1e-5f);
    }

    /// <summary>The fewest slots at which no probability exceeds 1 with update management; one slot fewer is not enough.</summary>
    [Property]
    public void Bit_length_management_takes_the_fewest_slots_that_do(Size rows, Size columns, DataSeed data)
    {
        Random random = data.Random();
        float[] x = [.. random.Signals(rows.Value), 0.01f], d = [.. random.Signals(columns.Value), 0.01f];
        float rate = 0.05f * random.NextSingle() + 1e-4f;
        PulseCoding coding = PulseCoding.Of(x, d, rate, 0.001f, 31, true, true);
        double product = (double)rate * x.Max(MathF.Abs) * d.Max(MathF.Abs) / 0.001f;
        Assert.InRange(coding.BitLength, 1, 31);
        Assert.True(coding.BitLength == 31 || coding.BitLength >= product);
        Assert.True(coding.BitLength == 1 || coding.BitLength - 1 < product);
        Assert.True(coding.BitLength == 31 || coding.RowGain * x.Max(MathF.Abs) < 1.00001f);
    }

    [Fact]
    public void An_update_of_zeros_does_not_pulse()
    {
        Assert.False(PulseCoding.Of([0, 0], One, 0.1f, 0.01f, 10, true, false).Pulses);
        Assert.False(PulseCoding.Of(Two, [0], 0.1f, 0.01f, 10, false, true).Pulses);
        Assert.False(PulseCoding.Of(Two, One, 0, 0.01f, 10, false, false).Pulses);
        Assert.False(PulseCoding.Of([], One, 0.1f, 0.01f, 10, true, true).Pulses);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Rejected.With("rate", 0, -0.1f, () => PulseCoding.Of(Two, One, -0.1f, 0.01f, 10, false, false));
        Rejected.With("rate", 0, float.NaN, () => PulseCoding.Of(Two, One, float.NaN, 0.01f, 10, false, false));
        Rejected.With("minStep", "E-45", 0f, () => PulseCoding.Of(Two, One, 0.1f, 0, 10, false, false));
        Rejected.With("bitLength", 1, 0, () => PulseCoding.Of(Two, One, 0.1f, 0.01f, 0, false, false));
        Rejected.With("x", "finite", float.NaN, () => PulseCoding.Of([1, float.NaN], One, 0.1f, 0.01f, 10, true, false));
        Rejected.With("d", "finite", float.PositiveInfinity, () => PulseCoding.Of(Two, [float.PositiveInfinity], 0.1f, 0.01f, 10, false, true));
    }
}
