using Crosspoint.Training.Layers;

namespace Crosspoint.Training;

/// <summary>The convolutional network for digits of 28 x 28 pixels that T. Gokmen, Front. Artif. Intell. 4:699148 (2021), trains beside the LSTM.</summary>
/// <remarks>
/// 16 kernels of 5 x 5, tanh, 2 x 2 max pooling, 32 kernels of 5 x 5, tanh, pooling, 512-128 tanh, 128-10 softmax. One image is 576 reads
/// and updates of the first matrix, 64 of the second, one of the others.
/// </remarks>
public static class ConvolutionalNetwork
{
    /// <summary>Inputs with the bias and outputs of each matrix, from the input to the output.</summary>
    public static IReadOnlyList<(int Inputs, int Outputs)> Shapes { get; } = [(26, 16), (401, 32), (513, 128), (129, 10)];

    /// <summary>Builds the network.</summary>
    /// <param name="matrices">Four matrices of <see cref="Shapes"/>.</param>
    /// <exception cref="ArgumentException">There are not four, or their shapes do not fit.</exception>
    public static SequentialNetwork Make(params IReadOnlyList<IWeightMatrix> matrices)
    {
        if (matrices.Count != Shapes.Count)
        {
            throw new ArgumentException($"matrices: expected {Shapes.Count}, got {matrices.Count}.", nameof(matrices));
        }

        Convolution first = new(matrices[0], new MapSize(28, 28, 1), 5);
        MaxPooling firstPool = new(first.OutputSize);
        Convolution second = new(matrices[1], firstPool.OutputSize, 5);
        MaxPooling secondPool = new(second.OutputSize);
        return new SequentialNetwork(
            first, Tanh(first.OutputSize.Length), firstPool,
            second, Tanh(second.OutputSize.Length), secondPool,
            new Dense(matrices[2]), Tanh(matrices[2].Outputs),
            new Dense(matrices[3]));
    }

    private static Activated Tanh(int width) => new(ActivationFunction.Tanh, width);
}
