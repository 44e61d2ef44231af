using Crosspoint.Tests;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

public class AllocationTests
{
    public static TheoryData<string> Algorithms => [.. Synthetic.Algorithms];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_training_step_allocates_nothing(string algorithm)
    {
        Trainer trainer = Synthetic.Trainer(Synthetic.Network(algorithm), Synthetic.Images(100));
        trainer.RunEpoch(default);
        Allocation.None(_ => trainer.RunEpoch(default));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void An_evaluation_allocates_nothing(string algorithm)
    {
        LabelledImages images = Synthetic.Images(100);
        Evaluation evaluation = new(
            Synthetic.Network(algorithm), images, new Preprocessing(MeanNormalization.PerPixel, images), Phase.Test, Synthetic.Seed);
        Evaluation.InputNoise noise = new(0.1f, -1, 1);
        evaluation.Accuracy(0, noise, default);
        Allocation.None(run =>
        {
            evaluation.Accuracy(run + 1, noise, default);
            evaluation.Accuracy(run + 1, Evaluation.InputNoise.None, default);
        });
    }
}
