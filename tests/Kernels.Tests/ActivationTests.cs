using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class ActivationTests
{
    /// <summary>Every 997th float in [-87, 87]: beyond it exp is clipped, where a float sigmoid is 1 or below 10⁻³⁷.</summary>
    [Fact]
    public void Sigmoid_is_within_three_units_in_the_last_place()
    {
        List<float> inputs = [];
        for (uint bits = BitConverter.SingleToUInt32Bits(1e-9f); bits <= BitConverter.SingleToUInt32Bits(87f); bits += 9973)
        {
            inputs.Add(BitConverter.UInt32BitsToSingle(bits));
            inputs.Add(-BitConverter.UInt32BitsToSingle(bits));
        }

        float[] x = [.. inputs], y = new float[x.Length];
        Activation.Sigmoid(x, y);
        for (int k = 0; k < x.Length; k++)
        {
            double exact = 1 / (1 + Math.Exp(-x[k]));
            double unit = MathF.BitIncrement((float)exact) - (float)exact;
            Assert.InRange((y[k] - exact) / unit, -3, 3);
        }
    }

    /// <summary>Every 9973th float in magnitude from 10⁻⁹ to 90, both signs.</summary>
    [Fact]
    public void Tanh_is_within_four_units_in_the_last_place()
    {
        List<float> inputs = [];
        for (uint bits = BitConverter.SingleToUInt32Bits(1e-9f); bits <= BitConverter.SingleToUInt32Bits(90f); bits += 9973)
        {
            inputs.Add(BitConverter.UInt32BitsToSingle(bits));
            inputs.Add(-BitConverter.UInt32BitsToSingle(bits));
        }

        float[] x = [.. inputs], y = new float[x.Length];
        Activation.Tanh(x, y);
        for (int k = 0; k < x.Length; k++)
        {
            double exact = Math.Tanh(x[k]);
            double unit = MathF.BitIncrement(MathF.Abs((float)exact)) - MathF.Abs((float)exact);
            Assert.InRange((y[k] - exact) / unit, -4, 4);
            Assert.InRange(y[k], -1, 1);
        }
    }

    [Fact]
    public void Tanh_stays_in_its_range_at_the_ends_and_keeps_signs()
    {
        float[] x = [0, -0f, 1000, -1000, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.NaN, float.Epsilon], y = new float[x.Length];
        Activation.Tanh(x, y);
        Same.Bits([0, -0f, 1, -1, 1, -1, 1], y.AsSpan(0, 7));
        Assert.Equal(float.NaN, y[7]);
        Assert.InRange(y[8], 0, 1e-40f);
    }

    [Property]
    public void Tanh_has_the_same_bits_alone_and_in_company(Length length, DataSeed data)
    {
        Guarded<float> x = new(data.Random().Signals(length.Value, 10)), y = new(length.Value);
        Activation.Tanh(x.Span, y.Span);
        float[] alone = new float[length.Value];
        for (int k = 0; k < alone.Length; k++)
        {
            Activation.Tanh(x.Span.Slice(k, 1), alone.AsSpan(k, 1));
        }

        Same.Bits(alone, y.Span);
        y.AssertGuardsIntact();
        Activation.Tanh(x.Span, x.Span);
        Same.Bits(alone, x.Span);
    }

    [Property]
    public void Tanh_brings_errors_back_by_its_slope(Length length, DataSeed data)
    {
        Random random = data.Random();
        float[] x = random.Signals(length.Value), z = random.Signals(length.Value);
        Guarded<float> d = new(length.Value);
        Activation.TanhBackward(x, z, d.Span);
        for (int k = 0; k < x.Length; k++)
        {
            Assert.Equal(z[k] * (1 - ((double)x[k] * x[k])), d.Span[k], 2e-7);
        }

        d.AssertGuardsIntact();
        Rejected.With("z", length.Value, length.Value + 1, () => Activation.TanhBackward(x, new float[length.Value + 1], new float[length.Value]));
    }

    [Fact]
    public void Sigmoid_stays_in_its_range_at_the_ends()
    {
        float[] x = [0, -0f, 1000, -1000, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.NaN];
        float[] y = new float[x.Length];
        Activation.Sigmoid(x, y);
        Assert.Equal([0.5f, 0.5f, 1], y[..3]);
        Assert.InRange(y[3], 0, 1e-37f);
        Assert.Equal(1, y[4]);
        Assert.InRange(y[5], 0, 1e-37f);
        Assert.Equal(1, y[6]);
        Assert.InRange(y[7], 0, 1e-37f);
        Assert.Equal(float.NaN, y[8]);
    }

    [Property]
    public void Sigmoid_has_the_same_bits_alone_and_in_company(Length length, DataSeed data)
    {
        Guarded<float> x = new(data.Random().Signals(length.Value, 20)), y = new(length.Value);
        Activation.Sigmoid(x.Span, y.Span);
        float[] alone = new float[length.Value];
        for (int k = 0; k < alone.Length; k++)
        {
            Activation.Sigmoid(x.Span.Slice(k, 1), alone.AsSpan(k, 1));
        }

        Same.Bits(alone, y.Span);
        y.AssertGuardsIntact();
        Activation.Sigmoid(x.Span, x.Span);
        Same.Bits(alone, x.Span);
    }

    [Property]
    public void SigmoidBackward_multiplies_by_the_slope(Length length, DataSeed data)
    {
        Random random = data.Random();
        Guarded<float> x = new([.. random.Signals(length.Value).Select(MathF.Abs)]), z = new(random.Signals(length.Value)), d = new(length.Value);
        Activation.SigmoidBackward(x.Span, z.Span, d.Span);
        float[] expected = new float[length.Value];
        for (int k = 0; k < expected.Length; k++)
        {
            expected[k] = (1 - x.Span[k]) * x.Span[k] * z.Span[k];
        }

        Same.Bits(expected, d.Span);
        d.AssertGuardsIntact();
    }

    /// <summary>
    /// Relative error: a few 2⁻²³ of each exponential and 2⁻²⁴ for each term of the sum; the difference to the largest is at most 60 and is
    /// rounded by 60 · 2⁻²⁴ before its exponential.
    /// </summary>
    [Property]
    public void Softmax_agrees_with_double_precision(Size length, DataSeed data)
    {
        Random random = data.Random();
        Guarded<float> x = new(random.Signals(length.Value, 30)), y = new(length.Value);
        Activation.Softmax(x.Span, y.Span);
        double sum = 0;
        foreach (float value in x.ToArray())
        {
            sum += Math.Exp(value);
        }

        for (int j = 0; j < length.Value; j++)
        {
            double exact = Math.Exp(x.Span[j]) / sum, tolerance = exact * (60 + length.Value) * Math.ScaleB(1, -23);
            Assert.InRange(y.Span[j], exact - tolerance, exact + tolerance);
        }

        y.AssertGuardsIntact();
    }

    [Fact]
    public void Softmax_of_large_numbers_does_not_overflow()
    {
        float[] y = new float[3];
        Activation.Softmax([1e30f, 1e30f, -1e30f], y);
        Assert.Equal([0.5f, 0.5f], y[..2]);
        Assert.InRange(y[2], 0, 1e-37f);
    }

    [Fact]
    public void Lengths_that_differ_are_refused_before_anything_is_written()
    {
        Guarded<float> to = new(3);
        Rejected.With("y", 2, 3, () => Activation.Sigmoid(new float[2], to.Span));
        Rejected.With("y", 4, 3, () => Activation.Softmax(new float[4], to.Span));
        Rejected.With("z", 3, 2, () => Activation.SigmoidBackward(new float[3], new float[2], to.Span));
        Rejected.With("d", 2, 3, () => Activation.SigmoidBackward(new float[2], new float[2], to.Span));
        to.AssertUntouched();
    }
}
