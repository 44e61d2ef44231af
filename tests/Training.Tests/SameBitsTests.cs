using Crosspoint.Tests;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

/// <summary>Weights, state and accuracy of a small network after training: one stored fingerprint for every algorithm and width.</summary>
public class SameBitsTests
{
    [Theory]
    [InlineData("digital", "4673273f8a7e4a8ae3b89e02660275ddad5816634b3f5dd7edeaa7461bd52283")]
    [InlineData("constant step", "a229ca123954decb52ac0c9f4d4cf02bfdec7e1c3dfe31d2cab20c674a758fb7")]
    [InlineData("pair All Exact", "fa32a617100a8e7ffa9a37220fe338b43f2fdc26f5b41cdaf9417e4cab07fa43")]
    [InlineData("pair All Noisy", "63eda9375aee7182a7d7afc09c3785cdd9e0f550d11cb316f18a1a7cbec48d0f")]
    [InlineData("pair All Rounded", "0d14138951fbe18e155f60064f69dfee759f5a0a48ffcfe7d69c3b2946b296a1")]
    [InlineData("pair Saturated Exact", "72b4756f431a90fc13b858d0effab22c14ce10ea426ac2d63d9c3077197b2191")]
    [InlineData("pair Saturated Noisy", "8bca3c98adc2bc529d9a2ddcdcc927e7419be64a6b0b3d1af8a4b8edc01b133b")]
    [InlineData("pair Saturated Rounded", "e34ae52182e3e214ef3df56c98933652b90aa20e4cd8ef12d167108bc631e942")]
    [InlineData("pair BothRaised Exact", "23a7487479be2f08ddc33e97951b468e380967bb92658f923fe8bf70b0823462")]
    [InlineData("pair BothRaised Noisy", "5d1b10fb8a2a447e522e6a2711d09862425b396a0aa92ade89eb799dad447f83")]
    [InlineData("pair BothRaised Rounded", "0e3f0a0be4909dca5de97da1f8a3a00de67cc4120c55d569dcfe2e28cb07dcc3")]
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
