using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class MatVecTests
{
    /// <summary>Shapes of the networks, and those at the limits of what is taken at a time.</summary>
    public static TheoryData<int, int> LargeShapes => new()
    {
        { 785, 256 }, { 257, 128 }, { 129, 10 }, { 256, 512 }, { 257, 271 }, { 512, 385 }, { 3, 463 }, { 1, 256 },
    };

    [Property]
    public void Forward_adds_up_in_the_order_of_the_inputs(Size inputs, Size outputs, DataSeed data) =>
        CheckForward(inputs.Value, outputs.Value, data.Random());

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void Forward_adds_up_in_the_order_of_the_inputs_at_size(int inputs, int outputs) =>
        CheckForward(inputs, outputs, new Random(inputs));

    [Property]
    public void Backward_has_sixteen_partial_sums_folded_in_halves(Size inputs, Size outputs, DataSeed data) =>
        CheckBackward(inputs.Value, outputs.Value, data.Random());

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void Backward_has_sixteen_partial_sums_folded_in_halves_at_size(int inputs, int outputs) =>
        CheckBackward(inputs, outputs, new Random(inputs));

    [Property]
    public void AddOuter_adds_the_product_of_input_and_error(Size inputs, Size outputs, DataSeed data) =>
        CheckAddOuter(inputs.Value, outputs.Value, data.Random());

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void AddOuter_adds_the_product_of_input_and_error_at_size(int inputs, int outputs) =>
        CheckAddOuter(inputs, outputs, new Random(inputs));

    [Property]
    public void Inputs_of_zero_give_outputs_of_zero_and_leave_the_weights(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        float[] before = weights.Padded.ToArray(), y = random.Weights(outputs.Value), z = random.Weights(inputs.Value);
        MatVec.Forward(weights, new float[inputs.Value], y);
        MatVec.Backward(weights, new float[outputs.Value], z);
        MatVec.AddOuter(weights, 1, new float[inputs.Value], random.Weights(outputs.Value));
        Assert.Equal(-1, y.AsSpan().IndexOfAnyExcept(0f));
        Assert.Equal(-1, z.AsSpan().IndexOfAnyExcept(0f));
        Same.Bits(before, weights.Padded);
    }

    /// <summary>Sums of k terms of size 1 in float against double: k roundings of 2⁻²⁴ of the running sum at most.</summary>
    [Property]
    public void Both_products_agree_with_double_precision(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        float[] x = random.Signals(inputs.Value), d = random.Signals(outputs.Value);
        float[] y = new float[outputs.Value], z = new float[inputs.Value];
        MatVec.Forward(weights, x, y);
        MatVec.Backward(weights, d, z);
        for (int j = 0; j < y.Length; j++)
        {
            double exact = Enumerable.Range(0, x.Length).Sum(i => (double)x[i] * weights[i, j]);
            Assert.InRange(y[j] - exact, -x.Length * x.Length * Math.ScaleB(1, -24), x.Length * x.Length * Math.ScaleB(1, -24));
        }

        for (int i = 0; i < z.Length; i++)
        {
            double exact = Enumerable.Range(0, d.Length).Sum(j => (double)d[j] * weights[i, j]);
            Assert.InRange(z[i] - exact, -d.Length * d.Length * Math.ScaleB(1, -24), d.Length * d.Length * Math.ScaleB(1, -24));
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_before_anything_is_written()
    {
        PaddedMatrix weights = new(3, 20);
        Guarded<float> y = new(20), z = new(3);
        Rejected.With("x", 3, 4, () => MatVec.Forward(weights, new float[4], y.Span));
        Rejected.With("y", 20, 19, () => MatVec.Forward(weights, new float[3], y.Span[..19]));
        Rejected.With("y", 20, 31, () => MatVec.Forward(weights, new float[3], new float[31]));
        Rejected.With("d", 20, 32, () => MatVec.Backward(weights, new float[32], z.Span));
        Rejected.With("z", 3, 2, () => MatVec.Backward(weights, new float[20], z.Span[..2]));
        Rejected.With("x", 3, 2, () => MatVec.AddOuter(weights, 1, new float[2], new float[20]));
        Rejected.With("d", 20, 21, () => MatVec.AddOuter(weights, 1, new float[3], new float[21]));
        y.AssertUntouched();
        z.AssertUntouched();
        Assert.Equal(-1, weights.Padded.IndexOfAnyExcept(0f));
    }

    private static void CheckForward(int inputs, int outputs, Random random)
    {
        PaddedMatrix weights = random.Matrix(inputs, outputs);
        Guarded<float> x = new(random.Signals(inputs, 1, random.NextDouble()));
        float[] expected = new float[outputs];
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < inputs; i++)
            {
                if (x.Span[i] != 0)
                {
                    expected[j] = MathF.FusedMultiplyAdd(weights[i, j], x.Span[i], expected[j]);
                }
            }
        }

        float[] before = weights.Padded.ToArray();
        Guarded<float> exact = new(outputs), padded = new(weights.Stride);
        MatVec.Forward(weights, x.Span, exact.Span);
        MatVec.Forward(weights, x.Span, padded.Span);
        Same.Bits(expected, exact.Span);
        Same.Bits(expected, padded.Span[..outputs]);
        Assert.Equal(-1, padded.Span[outputs..].IndexOfAnyExcept(0f));
        Same.Bits(before, weights.Padded);
        exact.AssertGuardsIntact();
        padded.AssertGuardsIntact();
    }

    private static void CheckBackward(int inputs, int outputs, Random random)
    {
        PaddedMatrix weights = random.Matrix(inputs, outputs);
        Guarded<float> d = new(random.Signals(outputs, 1, random.NextDouble())), z = new(inputs);
        float[] expected = new float[inputs];
        for (int i = 0; i < inputs; i++)
        {
            float[] partial = new float[16];
            for (int j = 0; j < outputs; j++)
            {
                partial[j % 16] = MathF.FusedMultiplyAdd(weights[i, j], d.Span[j], partial[j % 16]);
            }

            while (partial.Length > 1)
            {
                partial = [.. partial.Take(partial.Length / 2).Zip(partial.Skip(partial.Length / 2), (a, b) => a + b)];
            }

            expected[i] = partial[0];
        }

        float[] before = weights.Padded.ToArray();
        MatVec.Backward(weights, d.Span, z.Span);
        Same.Bits(expected, z.Span);
        Same.Bits(before, weights.Padded);
        z.AssertGuardsIntact();
    }

    private static void CheckAddOuter(int inputs, int outputs, Random random)
    {
        PaddedMatrix weights = random.Matrix(inputs, outputs);
        float a = random.NextSingle();
        Guarded<float> x = new(random.Signals(inputs)), d = new(random.Signals(outputs));
        PaddedMatrix expected = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                expected[i, j] = x.Span[i] == 0 ? weights[i, j] : MathF.FusedMultiplyAdd(a * x.Span[i], d.Span[j], weights[i, j]);
            }
        }

        MatVec.AddOuter(weights, a, x.Span, d.Span);
        Same.Bits(expected.Padded, weights.Padded);
    }

    [Property]
    public void A_sum_in_two_parts_has_the_bits_of_one(Size inputs, Size outputs, Length first, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value + 1, outputs.Value);
        int split = 1 + (first.Value % inputs.Value);
        float[] x = random.Signals(inputs.Value + 1), whole = new float[outputs.Value];
        Guarded<float> parts = new(outputs.Value);
        float[] padded = new float[weights.Stride];
        MatVec.Forward(weights, x, whole);
        MatVec.Forward(weights.Rows(0, split), x.AsSpan(0, split), parts.Span);
        parts.Span.CopyTo(padded);
        MatVec.AddForward(weights.Rows(split, weights.Inputs - split), x.AsSpan(split), parts.Span);
        MatVec.AddForward(weights.Rows(split, weights.Inputs - split), x.AsSpan(split), padded);
        Same.Bits(whole, parts.Span);
        Same.Bits(whole, padded.AsSpan(0, outputs.Value));
        parts.AssertGuardsIntact();
        Rejected.With("x", inputs.Value + 1, inputs.Value, () => MatVec.AddForward(weights, new float[inputs.Value], new float[outputs.Value]));
    }
}
