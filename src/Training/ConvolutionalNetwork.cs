using Crosspoint.Training.Layers;

namespace Crosspoint.Training;

/// <summary>The sizes of a convolutional network: convolutions, each with tanh and 2 x 2 max pooling behind it, then dense layers with tanh between them and a softmax output.</summary>
public sealed record ConvolutionalNetwork
{
    /// <summary>Size of the images.</summary>
    public required MapSize Input { get; init; }

    /// <summary>Rows and columns of the kernels, and their number, of each convolution from the input on; stride 1, no margin.</summary>
    public required IReadOnlyList<(int Kernel, int Channels)> Convolutions { get; init; }

    /// <summary>Outputs of the dense layers, the classes last; at least one.</summary>
    public required IReadOnlyList<int> Dense { get; init; }

    /// <summary>Inputs with the bias and outputs of each matrix, from the input to the output, and how often one example reads and updates it.</summary>
    /// <exception cref="ArgumentException">A kernel does not fit into its maps, maps cannot be halved, or there is no dense layer.</exception>
    public IReadOnlyList<(int Inputs, int Outputs, int Reuse)> Matrices
    {
        get
        {
            List<(int, int, int)> matrices = [];
            MapSize size = Input;
            foreach ((int kernel, int channels) in Convolutions)
            {
                MapSize maps = new(size.Height - kernel + 1, size.Width - kernel + 1, channels);
                if (kernel < 1 || channels < 1 || maps.Height < 2 || maps.Width < 2 || maps.Height % 2 != 0 || maps.Width % 2 != 0)
                {
                    throw new ArgumentException(
                        $"Convolutions: expected channels and maps of even sides behind each kernel, got {channels} of {maps.Height} x {maps.Width} behind {kernel} x {kernel}.");
                }

                matrices.Add(((kernel * kernel * size.Channels) + 1, channels, maps.Pixels));
                size = new MapSize(maps.Height / 2, maps.Width / 2, channels);
            }

            if (Dense.Count == 0)
            {
                throw new ArgumentException("Dense: expected at least 1 layer, got 0.");
            }

            int width = size.Length;
            foreach (int outputs in Dense)
            {
                matrices.Add((width + 1, outputs, 1));
                width = outputs;
            }

            return matrices;
        }
    }

    /// <summary>Builds the network.</summary>
    /// <param name="matrices">Of the shapes of <see cref="Matrices"/>.</param>
    /// <exception cref="ArgumentException">There are others.</exception>
    public SequentialNetwork Make(params IReadOnlyList<IWeightMatrix> matrices)
    {
        IReadOnlyList<(int Inputs, int Outputs, int Reuse)> shapes = Matrices;
        if (matrices.Count != shapes.Count)
        {
            throw new ArgumentException($"matrices: expected {shapes.Count}, got {matrices.Count}.", nameof(matrices));
        }

        for (int k = 0; k < shapes.Count; k++)
        {
            if (matrices[k].Inputs != shapes[k].Inputs || matrices[k].Outputs != shapes[k].Outputs)
            {
                throw new ArgumentException(
                    $"matrices: expected shape [{shapes[k].Inputs}, {shapes[k].Outputs}] in matrix {k}, got [{matrices[k].Inputs}, {matrices[k].Outputs}].", nameof(matrices));
            }
        }

        List<ILayer> layers = [];
        MapSize size = Input;
        for (int k = 0; k < Convolutions.Count; k++)
        {
            Convolution convolution = new(matrices[k], size, Convolutions[k].Kernel);
            MaxPooling pooling = new(convolution.OutputSize);
            layers.AddRange([convolution, new Activated(ActivationFunction.Tanh, convolution.OutputSize.Length), pooling]);
            size = pooling.OutputSize;
        }

        for (int k = Convolutions.Count; k < shapes.Count; k++)
        {
            layers.Add(new Dense(matrices[k]));
            if (k < shapes.Count - 1)
            {
                layers.Add(new Activated(ActivationFunction.Tanh, shapes[k].Outputs));
            }
        }

        return new SequentialNetwork(layers);
    }
}
