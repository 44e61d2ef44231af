using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;

namespace Crosspoint.Repro.Bench;

/// <summary>Training steps of the 784-256-128-10 network of Babu and Rajendran (2017), one image each, with and without the library.</summary>
internal sealed class TrainingCase
{
    /// <summary>Images of one call: four resets of the pairs.</summary>
    public const int Images = 60;

    private const int LongTrain = 31;
    private const float Rate = 0.01f;
    private static readonly int[] Widths = [784, 256, 128, 10];
    private readonly float[][] images = [.. Enumerable.Range(0, Images).Select(Inputs.Image)];
    private readonly PlainNetwork? plain;
    private readonly MultilayerPerceptron network;
    private readonly MultilayerPerceptron reader;
    private readonly uint[] trains = new uint[(Widths.Sum() + Widths[..^1].Sum()) * LongTrain / sizeof(uint)];
    private ulong step;
    private long coincidences;
    private long trained;

    private TrainingCase(Func<int, int, int, IWeightMatrix> matrix, PlainNetwork? plain)
    {
        this.plain = plain;
        List<IWeightMatrix> matrices = [];
        for (int k = 1; k < Widths.Length; k++)
        {
            matrices.Add(matrix(Widths[k - 1] + 1, Widths[k], k));
        }

        network = new MultilayerPerceptron(matrices);
        reader = new MultilayerPerceptron([.. matrices.Select(m => new NeverUpdated(m))]);
        Restart();
    }

    /// <summary>The synapse of figure 4 of Babu and Rajendran (2017), at σ = 0.1 B.</summary>
    public static UnidirectionalPairArray.Parameters Pair { get; } =
        new() { MaxWeight = 0.25f, Selection = ResetSelection.Saturated, Write = ResetWrite.Noisy };

    /// <summary>Floating point.</summary>
    public static TrainingCase FloatingPoint() => new((inputs, outputs, _) => new DigitalSgd(inputs, outputs), new PlainNetwork(Widths, slots: 0));

    /// <summary>Pairs of unidirectional devices, trains of 10 slots, a reset at every 15th image.</summary>
    public static TrainingCase UnidirectionalPairs() => new(
        (inputs, outputs, k) => new StochasticSgd(new UnidirectionalPairArray(inputs, outputs, Pair), new() { ResetEvery = 15 }, 1, k),
        new PlainNetwork(Widths, slots: 10));

    /// <summary>Ideal devices read exactly and pulsed by trains of 31 slots, rows and columns balanced; there is no plain form.</summary>
    public static TrainingCase ConstantStep() => new(
        (inputs, outputs, k) => new StochasticSgd(
            new ConstantStepArray(inputs, outputs, step: 0.001f, bound: 0.6f),
            new() { BitLength = LongTrain, ExactPasses = true, UpdateManagement = true }, 1, k),
        plain: null);

    /// <summary>Coincidences an image, over all calls since the last restart: errors, and so pulses, fall from call to call.</summary>
    public double Coincidences => (double)coincidences / trained;

    /// <summary>The same as a plain loop; <see langword="null"/> where there is none.</summary>
    public Action? Loop => plain is null ? null : Loops;

    public void Loops()
    {
        for (int n = 0; n < Images; n++)
        {
            plain!.Train(images[n], n % 10, Rate);
        }
    }

    public void Train()
    {
        long before = network.Matrices.Sum(m => m.Counters.Coincidences);
        for (int n = 0; n < Images; n++)
        {
            images[n].CopyTo(network.Input);
            network.Train(n % 10, Rate, new Moment(Phase.Train, step++));
        }

        coincidences += network.Matrices.Sum(m => m.Counters.Coincidences) - before;
        trained += Images;
    }

    /// <summary>What no training by trains of 31 slots can leave out: reads both ways and a random byte for each line and slot.</summary>
    public void Limit()
    {
        for (int n = 0; n < Images; n++)
        {
            images[n].CopyTo(reader.Input);
            reader.Train(n % 10, Rate, new Moment(Phase.Train, (ulong)n));
            RandomWords.Fill(new RandomAddress(1, 4, (ulong)n), trains);
        }
    }

    /// <summary>Goes back to the initial weights, so that errors and the pulses they cause are the same in every sample.</summary>
    public void Restart()
    {
        step = 0;
        (coincidences, trained) = (0, 0);
        int k = 1;
        foreach (IWeightMatrix matrix in network.Matrices)
        {
            matrix.Program(InitialWeights.Glorot(matrix, 1, k++));
        }
    }
}
