using Crosspoint.Repro.Experiments;
using Crosspoint.Training.Layers;

namespace Crosspoint.Repro.Sweeps;

/// <summary>The sizes of the matrices of a described network, and what one example costs.</summary>
internal static class DescribedShapes
{
    /// <summary>Side of the images.</summary>
    public const int Side = 28;

    /// <summary>Classes of the images.</summary>
    public const int Classes = 10;

    // Symbols of War and Peace, for estimates.
    private const int UsualSymbols = 87;
    private const int MnistTrain = 60_000, MnistTest = 10_000, TextTrain = 2_933_246, TextTest = 325_000;

    /// <summary>Inputs with the bias and outputs of each matrix from the input on, and how often one example reads and updates it.</summary>
    /// <param name="p">The description.</param>
    /// <param name="symbols">Symbols of the text, for a language model.</param>
    /// <exception cref="InvalidDataException">The convolutions do not fit the images.</exception>
    public static IReadOnlyList<(int Inputs, int Outputs, int Reuse)> Of(ParameterValues p, int symbols = UsualSymbols)
    {
        int[] hidden = DescribedParameter.Numbers(p.Text("network.hidden"));
        List<(int, int, int)> shapes = [];
        if (p.Text(DescribedParameters.Network) == Kinds.Lstm)
        {
            int below = symbols;
            foreach (int cells in hidden)
            {
                shapes.Add((below + cells + 1, 4 * cells, 1));
                below = cells;
            }

            return [.. shapes, (below + 1, symbols, 1)];
        }

        MapSize size = new(Side, Side, 1);
        if (p.Text(DescribedParameters.Network) == Kinds.Convolutional)
        {
            int kernel = p.Whole("network.kernel");
            foreach (int channels in DescribedParameter.Numbers(p.Text("network.channels")))
            {
                MapSize maps = new(size.Height - kernel + 1, size.Width - kernel + 1, channels);
                if (maps.Height < 2 || maps.Height % 2 != 0)
                {
                    throw new InvalidDataException(
                        $"network.kernel: expected maps of even sides behind each convolution of {size.Height} x {size.Width}, got {maps.Height} x {maps.Width} behind kernels of {kernel} x {kernel}");
                }

                shapes.Add(((kernel * kernel * size.Channels) + 1, channels, maps.Pixels));
                size = new MapSize(maps.Height / 2, maps.Width / 2, channels);
            }
        }

        int width = size.Length;
        foreach (int outputs in hidden.Append(Classes))
        {
            shapes.Add((width + 1, outputs, 1));
            width = outputs;
        }

        return shapes;
    }

    /// <summary>Expected seconds of one run on one core of the reference machine: rough, from the speeds of the papers' figures.</summary>
    public static double ExpectedSeconds(ParameterValues p)
    {
        string algorithm = p.Text(DescribedParameters.Algorithm);
        double nanoseconds = algorithm switch
        {
            Kinds.FloatingPoint => 0.1,
            Kinds.Stochastic => 0.09 + (0.0017 * p.Whole("algorithm.bitLength")),
            Kinds.PulsedSgd or Kinds.MixedPrecision => 0.25,
            _ => 0.4,
        };
        bool isText = p.Text(DescribedParameters.Network) == Kinds.Lstm;
        double crossPoints = Of(p).Sum(shape => (double)shape.Inputs * shape.Outputs * shape.Reuse);
        double example = 1e-9 * ((crossPoints * nanoseconds) + 1000);
        double train = Limited(p.Whole("data.train"), isText ? TextTrain : MnistTrain), test = Limited(p.Whole("data.test"), isText ? TextTest : MnistTest);
        return p.Whole("training.epochs") * example * (train + (test / 3)) + 0.02;
    }

    /// <summary>Expected memory of one run: weights and device parameters, in bytes.</summary>
    public static long ExpectedBytes(ParameterValues p)
    {
        // About so many numbers a cross-point: weights, bounds and steps of the devices, twice where there are two arrays, and the copy that is read.
        string algorithm = p.Text(DescribedParameters.Algorithm);
        int numbers = algorithm == Kinds.FloatingPoint ? 2 : Kinds.Transfers.Contains(algorithm) ? 24 : 12;
        return sizeof(float) * Of(p).Sum(shape => (long)shape.Inputs * shape.Outputs * numbers);
    }

    private static int Limited(int limit, int all) => limit == 0 ? all : Math.Min(limit, all);
}
