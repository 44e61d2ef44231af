using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Layers;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class DenseTests
{
    [Property]
    public void The_last_row_is_the_bias(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        DigitalSgd matrix = new(inputs.Value + 1, outputs.Value);
        matrix.Program(random.Matrix(inputs.Value + 1, outputs.Value));
        Dense layer = new(matrix);
        Assert.Equal((inputs.Value, outputs.Value), (layer.Input.Length, layer.Output.Length));

        layer.Forward(default);
        Same.Bits(matrix.Weights.Row(inputs.Value), layer.Output);

        random.Signals(outputs.Value).CopyTo(layer.OutputError);
        layer.Backward(default);
        Assert.Equal(inputs.Value, layer.InputError.Length);
        for (int i = 0; i < inputs.Value; i++)
        {
            double expected = 0;
            for (int j = 0; j < outputs.Value; j++)
            {
                expected += (double)matrix.Weights[i, j] * layer.OutputError[j];
            }

            Assert.Equal(expected, layer.InputError[i], 1e-4);
        }

        float[] before = matrix.Weights.Padded.ToArray(), bias = matrix.Weights.Row(inputs.Value).ToArray();
        layer.Update(0.5f, default);
        for (int j = 0; j < outputs.Value; j++)
        {
            Assert.Equal(bias[j] + (0.5 * layer.OutputError[j]), matrix.Weights[inputs.Value, j], 1e-6);
        }

        Same.Bits(before.AsSpan(0, inputs.Value * matrix.Weights.Stride), matrix.Weights.Padded[..(inputs.Value * matrix.Weights.Stride)]);
    }
}
