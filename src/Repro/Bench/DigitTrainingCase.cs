using Crosspoint.Devices;
using Crosspoint.Repro.Data;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Bench;

/// <summary>
/// Training steps on digits in the middle of an epoch, with the settings of figure 4 of Babu and Rajendran (2017) at σ = 0.1 B: 60,000 of
/// them are an epoch.
/// </summary>
internal sealed class DigitTrainingCase
{
    /// <summary>Digits of one call: twenty resets of the pairs.</summary>
    public const int Digits = 300;

    private const int EpochsBefore = 5; // of the 4,000 digits of the sample: a third of an epoch
    private const ulong Seed = 1;
    private static readonly int[] Widths = [784, 256, 128, 10];
    private readonly LabelledImages images = EmbeddedSample.Read().Train;
    private readonly Preprocessing preprocessing;
    private readonly LearningSchedule schedule = new(0.01f, 10);
    private readonly MultilayerPerceptron network;
    private readonly SampleOrder order;
    private readonly SavedState state; // of the matrices
    private ulong step;

    /// <summary>Trains up to the middle of the epoch.</summary>
    public DigitTrainingCase()
    {
        preprocessing = new Preprocessing(MeanNormalization.Global, images);
        network = new MultilayerPerceptron([.. Enumerable.Range(1, Widths.Length - 1).Select(Matrix)]);
        Trainer trainer = new(network, images, preprocessing, schedule, Seed);
        for (int epoch = 0; epoch < EpochsBefore; epoch++)
        {
            trainer.RunEpoch(CancellationToken.None);
        }

        order = new SampleOrder(images.Count, Seed);
        state = new SavedState(writer => network.Matrices.ToList().ForEach(matrix => matrix.Save(writer)));
        Restart();
    }

    /// <summary>Trains on the next digits.</summary>
    public void Train()
    {
        ReadOnlySpan<int> shuffled = order.Of(EpochsBefore);
        for (int n = 0; n < Digits; n++)
        {
            int image = shuffled[(int)(step % (ulong)images.Count)];
            preprocessing.Apply(images.Pixels(image), network.Input);
            network.Train(images.Label(image), schedule.Initial, new Moment(Phase.Train, step++));
        }
    }

    /// <summary>Goes back to the middle of the epoch.</summary>
    public void Restart()
    {
        step = EpochsBefore * (ulong)images.Count;
        state.Restore(reader => network.Matrices.ToList().ForEach(matrix => matrix.Load(reader)));
    }

    private static StochasticSgd Matrix(int k)
    {
        StochasticSgd matrix = new(
            new UnidirectionalPairArray(Widths[k - 1] + 1, Widths[k], TrainingCase.Pair), new() { ResetEvery = 15 }, Seed, k);
        matrix.Program(InitialWeights.Glorot(matrix, Seed, k));
        return matrix;
    }
}
