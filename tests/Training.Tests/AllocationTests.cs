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
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            trainer.RunEpoch(default);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
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
        long before = GC.GetAllocatedBytesForCurrentThread();
        evaluation.Accuracy(1, noise, default);
        evaluation.Accuracy(2, Evaluation.InputNoise.None, default);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
