using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

public class LearningTests
{
    public static TheoryData<string> Algorithms => [.. Synthetic.Algorithms];

    /// <summary>Fixed seeds: three classes, 33 % by chance; every algorithm reads at least 95 % of unseen images.</summary>
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Every_algorithm_learns_a_separable_problem(string algorithm)
    {
        LabelledImages train = Synthetic.Images(600), test = Synthetic.Images(300, seed: 2);
        MultilayerPerceptron network = Synthetic.OneLayer(algorithm);
        Preprocessing preprocessing = new(MeanNormalization.Global, train);
        Trainer trainer = new(network, train, preprocessing, new LearningSchedule(0.05f, 10), Synthetic.Seed);
        Evaluation evaluation = new(network, test, preprocessing, Phase.Test, Synthetic.Seed);
        double before = evaluation.Accuracy(0, Evaluation.InputNoise.None, default);
        List<double> losses = [];
        for (int epoch = 0; epoch < 5; epoch++)
        {
            Assert.True(trainer.RunEpoch(default));
            losses.Add(trainer.LastLoss);
        }

        double accuracy = evaluation.Accuracy(1, Evaluation.InputNoise.None, default);
        Assert.True(before < 80 && accuracy >= 95, $"{before:F1} % before and {accuracy:F1} % after training");
        Assert.True(losses[^1] < 0.5 * losses[0], string.Join(", ", losses));
    }
}
