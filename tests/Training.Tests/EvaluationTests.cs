using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

public class EvaluationTests
{
    private static readonly Evaluation.InputNoise Strong = new(0.3f, float.NegativeInfinity, float.PositiveInfinity);

    [Fact]
    public void Two_networks_of_one_seed_see_the_same_noise_in_every_pass()
    {
        LabelledImages images = Synthetic.Images(40);
        List<float[]> digital = Inputs("digital", images, Phase.Test, 1, Strong, pass: 0);
        Equal(digital, Inputs("constant step", images, Phase.Test, 1, Strong, pass: 0));
        Equal(digital, Inputs("digital", images, Phase.Test, 1, Strong, pass: 5));
        Different(digital, Inputs("digital", images, Phase.Test, 2, Strong, pass: 0));
        Different(digital, Inputs("digital", images, Phase.Validate, 1, Strong, pass: 0));
        Different(digital.Take(20).ToList(), digital.Skip(20).ToList());
    }

    /// <summary>Fixed seed, 40 · 36 noises: mean 0 and variance s² within 4.5 of their deviations.</summary>
    [Fact]
    public void The_noise_has_the_variance_asked_for()
    {
        LabelledImages images = Synthetic.Images(400);
        List<float[]> clean = Inputs("digital", images, Phase.Test, 1, Evaluation.InputNoise.None, pass: 0);
        List<float[]> noisy = Inputs("digital", images, Phase.Test, 1, Strong, pass: 0);
        double[] noise = [.. noisy.Zip(clean, (a, b) => a.Zip(b, (u, v) => (double)(u - v)).Take(Synthetic.Pixels)).SelectMany(n => n)];
        (double mean, double variance) = Statistics.Moments(noise);
        Assert.InRange(mean / Math.Sqrt(0.3 / noise.Length), -4.5, 4.5);
        Assert.InRange(((variance / 0.3f) - 1) * Math.Sqrt(noise.Length / 2.0), -4.5, 4.5);
        Assert.All(noisy, x => Assert.Equal(1, x[^1]));
    }

    [Fact]
    public void Noisy_inputs_are_clipped_where_asked()
    {
        LabelledImages images = Synthetic.Images(40);
        List<float[]> free = Inputs("digital", images, Phase.Test, 1, Strong, pass: 0);
        List<float[]> clipped = Inputs("digital", images, Phase.Test, 1, Strong with { ClipLow = -0.2f, ClipHigh = 0.4f }, pass: 0);
        for (int n = 0; n < free.Count; n++)
        {
            float[] expected = [.. free[n].Take(Synthetic.Pixels).Select(v => Math.Clamp(v, -0.2f, 0.4f)), 1];
            Same.Bits(expected, clipped[n]);
        }
    }

    [Fact]
    public void The_accuracy_is_the_percentage_of_right_classes()
    {
        LabelledImages images = new(new byte[] { 255, 0, 255, 0, 0 }, new byte[] { 1, 0, 0, 0, 0 }, 1, "five");
        DigitalSgd matrix = new(2, 2);
        Kernels.PaddedMatrix weights = new(2, 2);
        (weights[0, 1], weights[1, 0]) = (2, 1);
        matrix.Program(weights);
        Evaluation evaluation = new(
            new MultilayerPerceptron(matrix), images, new Preprocessing(MeanNormalization.None, images), Phase.Test, 1);
        Assert.Equal(80, evaluation.Accuracy(0, Evaluation.InputNoise.None, default));
    }

    [Fact]
    public void Each_pass_and_image_has_a_step_of_its_own()
    {
        LabelledImages images = Synthetic.Images(10);
        List<Moment> moments = [];
        Observed matrix = new(Synthetic.Matrix("digital", Synthetic.Pixels + 1, Synthetic.Classes, 1))
        {
            OnForward = (_, moment) => moments.Add(moment),
        };
        Evaluation evaluation = new(
            new MultilayerPerceptron(matrix), images, new Preprocessing(MeanNormalization.None, images), Phase.Validate, 1);
        for (int pass = 0; pass < 3; pass++)
        {
            evaluation.Accuracy(pass, Evaluation.InputNoise.None, default);
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(n => new Moment(Phase.Validate, (ulong)n)), moments);
    }

    [Fact]
    public void A_pass_can_be_stopped()
    {
        LabelledImages images = Synthetic.Images(10);
        Evaluation evaluation = new(
            Synthetic.Network("digital"), images, new Preprocessing(MeanNormalization.None, images), Phase.Test, 1);
        Assert.Throws<OperationCanceledException>(
            () => evaluation.Accuracy(0, Evaluation.InputNoise.None, new CancellationToken(canceled: true)));
    }

    private static List<float[]> Inputs(
        string algorithm, LabelledImages images, Phase phase, ulong seed, Evaluation.InputNoise noise, int pass)
    {
        List<float[]> inputs = [];
        Observed matrix = new(Synthetic.Matrix(algorithm, Synthetic.Pixels + 1, Synthetic.Classes, 1))
        {
            OnForward = (x, _) => inputs.Add(x),
        };
        Evaluation evaluation = new(
            new MultilayerPerceptron(matrix), images, new Preprocessing(MeanNormalization.Global, images), phase, seed);
        evaluation.Accuracy(pass, noise, default);
        return inputs;
    }

    private static void Equal(List<float[]> expected, List<float[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int n = 0; n < expected.Count; n++)
        {
            Same.Bits(expected[n], actual[n]);
        }
    }

    private static void Different(List<float[]> a, List<float[]> b) =>
        Assert.All(a.Zip(b), pair => Assert.NotEqual(pair.First, pair.Second));
}
