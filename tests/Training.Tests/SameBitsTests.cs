using Crosspoint.Tests;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

/// <summary>Weights, state and accuracy of a small network after training: one stored fingerprint for every algorithm and width.</summary>
public class SameBitsTests
{
    [Theory]
    [InlineData("digital", "478444cbe6b8c915866f4e427800dd269f813eeb14600191c428d6b3cdfb1b30")]
    [InlineData("constant step", "694194942b7a2c3b4773e457254cf97f787a322dada055a3dd192d3c8c0708f8")]
    [InlineData("pair All Exact", "767a80e7186b4a874538c9727f2cf511f7abe4d35a4dce5042546a41ad589a35")]
    [InlineData("pair All Noisy", "9c7e1022f3365fbc37ecb15d57022704d64286aabb0c1b3baa3a7d90709f10d8")]
    [InlineData("pair All Rounded", "a705321f1ca030e4f62a420405bfba0ecd18af38c176409e385bae6c1a63b33d")]
    [InlineData("pair Saturated Exact", "175fa978df99b3bafa863821051acd9fedcbc540e181fa90296cd9934c153cea")]
    [InlineData("pair Saturated Noisy", "93662d80c269fbf2fe3f2f5e65474b9342974b92269d42ca6435381782d8bc70")]
    [InlineData("pair Saturated Rounded", "894f6465f030343d10163c10d8fba8aac64903fdfb3d07050968a71742a9fc80")]
    [InlineData("pair BothRaised Exact", "f3bc5d1a7db7817cac103c358e45cc26c06bf724eabfdc8cd8525428070b14fb")]
    [InlineData("pair BothRaised Noisy", "078d774afe5de74ad02235783ce202f54c7d3710dbc7ca45db92364056f51694")]
    [InlineData("pair BothRaised Rounded", "b861da3894367d3a45d803050eea1209e1a28ec37d4e96f2ac5626e91f8c8c47")]
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
