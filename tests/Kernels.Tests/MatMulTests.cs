using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class MatMulTests
{
    public static TheoryData<int, int, int> LargeShapes => new()
    {
        { 64, 512, 512 }, { 43, 785, 256 }, { 9, 257, 128 }, { 8, 129, 10 }, { 7, 300, 271 }, { 16, 1, 463 },
    };

    [Property]
    public void Every_vector_of_a_batch_gets_the_bits_it_gets_alone(Size batch, Size inputs, Size outputs, DataSeed data) =>
        Check(1 + (batch.Value % 26), inputs.Value, outputs.Value, data.Random());

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void Every_vector_of_a_batch_gets_the_bits_it_gets_alone_at_size(int batch, int inputs, int outputs) =>
        Check(batch, inputs, outputs, new Random(batch));

    /// <summary>Products that underflow leave -0 in a running sum; adding a product of zero would turn it into 0.</summary>
    [Property]
    public void So_do_vectors_whose_sums_underflow(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value, 1e-30f), x = new(8, inputs.Value), y = new(8, outputs.Value);
        for (int b = 0; b < 8; b++)
        {
            random.Signals(inputs.Value, 1e-18f, 0.3).CopyTo(x.Row(b));
        }

        MatMul.Forward(weights, x, y);
        for (int b = 0; b < 8; b++)
        {
            float[] alone = new float[outputs.Value];
            MatVec.Forward(weights, x.Row(b), alone);
            Same.Bits(alone, y.Row(b));
            Assert.DoesNotContain(alone, v => v == 0 && float.IsNegative(v));
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_before_anything_is_written()
    {
        PaddedMatrix weights = new(3, 20), y = new(8, 20), z = new(8, 3);
        y.Values.Fill(7);
        z.Values.Fill(7);
        Rejected.With("x", 3, 4, () => MatMul.Forward(weights, new PaddedMatrix(8, 4), y));
        Rejected.With("y", 20, 21, () => MatMul.Forward(weights, new PaddedMatrix(8, 3), new PaddedMatrix(8, 21)));
        Rejected.With("y", 9, 8, () => MatMul.Forward(weights, new PaddedMatrix(9, 3), y));
        Rejected.With("d", 20, 19, () => MatMul.Backward(weights, new PaddedMatrix(8, 19), z));
        Rejected.With("z", 3, 4, () => MatMul.Backward(weights, new PaddedMatrix(8, 20), new PaddedMatrix(8, 4)));
        Rejected.With("z", 7, 8, () => MatMul.Backward(weights, new PaddedMatrix(7, 20), z));
        Assert.Equal(-1, y.Row(0).IndexOfAnyExcept(7));
        Assert.Equal(-1, z.Row(0).IndexOfAnyExcept(7));
    }

    /// <summary>Inputs behind those that are asked for, and vectors behind the last, are neither read nor written.</summary>
    [Property]
    public void Part_of_the_vectors_and_inputs_gets_the_same_bits(Size batch, Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        int vectors = random.Next(batch.Value + 1);
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        PaddedMatrix x = new(batch.Value, inputs.Value + 5), y = new(batch.Value, outputs.Value);
        PaddedMatrix d = new(batch.Value, outputs.Value), z = new(batch.Value, inputs.Value + 5);
        double zeros = random.NextDouble();
        for (int b = 0; b < batch.Value; b++)
        {
            random.Signals(inputs.Value, 1, zeros).CopyTo(x.Row(b));
            x.Row(b)[inputs.Value..].Fill(float.NaN);
            random.Signals(outputs.Value).CopyTo(d.Row(b));
            y.Row(b).Fill(7);
            z.Row(b).Fill(7);
        }

        MatMul.Forward(weights, x, y, vectors);
        MatMul.Backward(weights, d, z, vectors);
        float[] forward = new float[outputs.Value], backward = new float[inputs.Value];
        for (int b = 0; b < batch.Value; b++)
        {
            MatVec.Forward(weights, x.Row(b)[..inputs.Value], forward);
            MatVec.Backward(weights, d.Row(b), backward);
            Same.Bits(b < vectors ? forward : [.. Enumerable.Repeat(7f, outputs.Value)], y.Row(b));
            Same.Bits(b < vectors ? backward : [.. Enumerable.Repeat(7f, inputs.Value)], z.Row(b)[..inputs.Value]);
            Assert.Equal(-1, z.Row(b)[inputs.Value..].IndexOfAnyExcept(7));
        }

        Rejected.With("vectors", batch.Value, batch.Value + 1, () => MatMul.Forward(weights, x, y, batch.Value + 1));
        Rejected.With("vectors", batch.Value, batch.Value + 1, () => MatMul.Backward(weights, d, z, batch.Value + 1));
    }

    private static void Check(int batch, int inputs, int outputs, Random random)
    {
        PaddedMatrix weights = random.Matrix(inputs, outputs);
        PaddedMatrix x = new(batch, inputs), y = new(batch, outputs), d = new(batch, outputs), z = new(batch, inputs);
        double zeros = random.NextDouble();
        for (int b = 0; b < batch; b++)
        {
            random.Signals(inputs, 1, zeros * zeros).CopyTo(x.Row(b));
            random.Signals(outputs, 1, zeros).CopyTo(d.Row(b));
        }

        // Inputs that are zero in all vectors, such as the margin of an image, are left out.
        for (int i = 0; i < inputs; i += 3)
        {
            for (int b = 0; b < batch; b++)
            {
                x[b, i] = b % 2 == 0 ? 0 : -0f;
            }
        }

        float[] before = weights.Padded.ToArray();
        MatMul.Forward(weights, x, y);
        MatMul.Backward(weights, d, z);
        Same.Bits(before, weights.Padded);
        float[] forward = new float[outputs], backward = new float[inputs];
        for (int b = 0; b < batch; b++)
        {
            MatVec.Forward(weights, x.Row(b), forward);
            MatVec.Backward(weights, d.Row(b), backward);
            Same.Bits(forward, y.Row(b));
            Same.Bits(backward, z.Row(b));
            Assert.Equal(-1, y.PaddedRow(b)[outputs..].IndexOfAnyExcept(0f));
            Assert.Equal(-1, z.PaddedRow(b)[inputs..].IndexOfAnyExcept(0f));
        }
    }
}
