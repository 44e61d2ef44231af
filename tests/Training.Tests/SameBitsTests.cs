using Crosspoint.Tests;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

/// <summary>Weights, state and accuracy of a small network after training: one stored fingerprint for every algorithm and width.</summary>
public class SameBitsTests
{
    [Theory]
    [InlineData("digital", "4673273f8a7e4a8ae3b89e02660275ddad5816634b3f5dd7edeaa7461bd52283")]
    [InlineData("constant step", "4a0a73d54c7a6eb287bda1b510570f6fdd0218f07c419fc16f283856917d4f85")]
    [InlineData("pair All Exact", "f5f7f52f464e3ab18b0b0bbdad77e961d4e13dc53950f4c8c21e8759e69475d8")]
    [InlineData("pair All Noisy", "e289e901f5e89ad35e20c7078405b59563ed355341b83d44afc6a9f3720d1ad2")]
    [InlineData("pair All Rounded", "3c1a60fdff87383ce9d88b89443b3828dce5260dcd14a10e47c71ff3b253b33c")]
    [InlineData("pair Saturated Exact", "e4e693063a371aef00bf0f90b8f1a05db68b75f3be7b348602f4a335d6ae40e0")]
    [InlineData("pair Saturated Noisy", "13d645fc48ea18fc655220c65e0276f8d0443dc8adb439462b3442268740dd78")]
    [InlineData("pair Saturated Rounded", "0980a52ced6fb529a3eb83d96cfba89aea6fd7ceff6a5c47979dc7f30105c749")]
    [InlineData("pair BothRaised Exact", "88508ca0f5372be5557513ddd646b17506e375b2e0c74e84c698e0c187da6c7c")]
    [InlineData("pair BothRaised Noisy", "fabf21e2280f379426d00e6d05e4641be79a12969250d885b0c526baf2e15ea2")]
    [InlineData("pair BothRaised Rounded", "ee25ef18cbb5abe63f9aa73ca5f4a670bb4d1b3229ff2a9f1ed3b60d6cc7435d")]
    public void Training_gives_the_same_bits_at_every_width(string algorithm, string expected)
    {
        LabelledImages images = Synthetic.Images(64);
        MultilayerPerceptron network = Synthetic.Network(algorithm);
        Trainer trainer = Synthetic.Trainer(network, images, 0.2f);
        for (int epoch = 0; epoch < 4; epoch++)
        {
            trainer.RunEpoch(default);
        }

        Evaluation evaluation = new(
            network, images, new Preprocessing(MeanNormalization.PerPixel, images), Phase.Test, Synthetic.Seed);
        using Fingerprint fingerprint = new();
        fingerprint.Add(Synthetic.Weights(network));
        fingerprint.Add(Synthetic.State(trainer));
        fingerprint.Add([evaluation.Accuracy(0, new Evaluation.InputNoise(0.2f, -1, 1), default)]);
        fingerprint.AssertIs(expected);
    }

    [Fact]
    public void Every_algorithm_has_its_fingerprint() =>
        Assert.Equal(
            Synthetic.Algorithms,
            typeof(SameBitsTests).GetMethod(nameof(Training_gives_the_same_bits_at_every_width))!
                .GetCustomAttributes(typeof(InlineDataAttribute), false)
                .Select(a => (string)((InlineDataAttribute)a).GetData(null!).Single()[0]));
}
