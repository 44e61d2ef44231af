using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Devices;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;

namespace Crosspoint.Bench;

/// <summary>
/// Time per training image of the 784-256-128-10 network of Babu and Rajendran (2017): floating point, and pairs of unidirectional
/// devices with trains of 10 slots and a reset at every 15th image.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class TrainingStepBench
{
    private const int Images = 60;
    private const float Rate = 0.01f;
    private static readonly int[] Widths = [784, 256, 128, 10];
    private readonly float[][] images = [.. Enumerable.Range(0, Images).Select(Inputs.Image)];
    private readonly PlainNetwork plainDigital = new(Widths, slots: 0);
    private readonly PlainNetwork plainPairs = new(Widths, slots: 10);
    private readonly MultilayerPerceptron digital = Network(false);
    private readonly MultilayerPerceptron pairs = Network(true);
    private ulong step;

    [BenchmarkCategory("floating point"), Benchmark(Baseline = true, OperationsPerInvoke = Images)]
    public void DigitalLoops()
    {
        for (int n = 0; n < Images; n++)
        {
            plainDigital.Train(images[n], n % 10, Rate);
        }
    }

    [BenchmarkCategory("floating point"), Benchmark(OperationsPerInvoke = Images)]
    public void Digital() => Train(digital);

    [BenchmarkCategory("pairs, BL 10"), Benchmark(Baseline = true, OperationsPerInvoke = Images)]
    public void PairLoops()
    {
        for (int n = 0; n < Images; n++)
        {
            plainPairs.Train(images[n], n % 10, Rate);
        }
    }

    [BenchmarkCategory("pairs, BL 10"), Benchmark(OperationsPerInvoke = Images)]
    public void Pairs() => Train(pairs);

    private void Train(MultilayerPerceptron network)
    {
        for (int n = 0; n < Images; n++)
        {
            images[n].CopyTo(network.Input);
            network.Train(n % 10, Rate, new Moment(Phase.Train, step++));
        }
    }

    private static MultilayerPerceptron Network(bool memristive)
    {
        List<IWeightMatrix> matrices = [];
        for (int k = 1; k < Widths.Length; k++)
        {
            int inputs = Widths[k - 1] + 1, outputs = Widths[k];
            IWeightMatrix matrix = memristive
                ? new StochasticSgd(
                    new UnidirectionalPairArray(
                        inputs, outputs, new() { MaxWeight = 0.25f, Selection = ResetSelection.Saturated, Write = ResetWrite.Noisy }),
                    new() { ResetEvery = 15 }, 1, k)
                : new DigitalSgd(inputs, outputs);
            matrix.Program(InitialWeights.Glorot(matrix, 1, k));
            matrices.Add(matrix);
        }

        return new MultilayerPerceptron(matrices);
    }
}
