using Crosspoint.Devices;
using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Data;
using Crosspoint.Training.SignPulses;
using Xunit;

namespace Crosspoint.Training.Tests;

public class BatchPerceptronTests
{
    private static readonly HiddenActivation[] Activations =
    [
        new(ActivationShape.Tanh, 0.7f), new(ActivationShape.Sigmoid, 1.3f), new(ActivationShape.Rectifier, 0.5f, 1.5f, 0.1f),
    ];

    /// <summary>The loss in double precision, moved by a little in each direction, against the gradient before its sign is taken.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    public void What_a_batch_asks_for_is_the_slope_of_the_loss(int activation, bool isOneSided)
    {
        const float gamma = 0.8f;
        HiddenActivation f = Activations[activation];
        PixelCoding coding = isOneSided ? PixelCoding.OneSided : PixelCoding.TwoSided;
        LabelledImages images = Synthetic.Images(40);
        PaddedMatrix first = new Random(1).Matrix(Synthetic.Pixels + 1, 19, 0.3f), second = new Random(2).Matrix(Synthetic.Classes, 20, 0.5f);
        BatchPerceptron network = new(
            new DigitalBatchWeights(first, 0), new DigitalBatchWeights(second, 0),
            new BatchPerceptron.Options { Coding = coding, Activation = f, SoftmaxGain = gamma, Batch = 8 });
        int[] which = [3, 1, 4, 17, 5];
        double loss = network.Gradients(images, which);
        Assert.Equal(Loss(), loss, 1e-4);

        // The derivative of the activation lacks its gain, that of the output the gain of the softmax.
        foreach ((PaddedMatrix weights, PaddedMatrix descent, double factor) in new[]
        {
            (first, network.FirstDescent, gamma * (double)f.Gain), (second, network.SecondDescent, gamma),
        })
        {
            for (int i = 0; i < weights.Inputs; i++)
            {
                for (int j = 0; j < weights.Outputs; j++)
                {
                    const float little = 1e-3f;
                    float w = weights[i, j];
                    weights[i, j] = w + little;
                    double above = Loss();
                    weights[i, j] = w - little;
                    double below = Loss();
                    weights[i, j] = w;
                    Assert.Equal((below - above) / (2 * (double)little), factor * descent[i, j], 2e-3);
                }
            }
        }

        double Loss()
        {
            double sum = 0;
            foreach (int n in which)
            {
                double[] h = [.. Enumerable.Range(0, 19).Select(j => Value(f, Sum(n, j))), 1];
                double[] y = [.. Enumerable.Range(0, Synthetic.Classes).Select(k => gamma * h.Select((value, j) => value * second[k, j]).Sum())];
                sum += Math.Log(y.Sum(Math.Exp)) - y[images.Label(n)];
            }

            return sum;
        }

        double Sum(int n, int j) => first[Synthetic.Pixels, j] + Enumerable.Range(0, Synthetic.Pixels)
            .Sum(i => first[i, j] * (coding.Low + ((coding.High - coding.Low) * images.Pixels(n)[i] / 255.0)));
    }

    [Fact]
    public void Signs_are_summed_where_signs_are_asked_for()
    {
        LabelledImages images = Synthetic.Images(40);
        PaddedMatrix first = new Random(1).Matrix(Synthetic.Pixels + 1, 19, 0.3f), second = new Random(2).Matrix(Synthetic.Classes, 20, 0.5f);
        int[] which = [3, 1, 4];
        BatchPerceptron network = new(
            new DigitalBatchWeights(first, 0), new DigitalBatchWeights(second, 0),
            new BatchPerceptron.Options { FirstSum = BatchAccumulation.SignOfBoth, SecondSum = BatchAccumulation.SignOfBoth, Batch = 3 });
        network.Gradients(images, which);
        for (int i = 0; i <= Synthetic.Pixels; i++)
        {
            for (int j = 0; j < 19; j++)
            {
                Assert.Equal(MathF.Round(network.FirstDescent[i, j]), network.FirstDescent[i, j]);
                Assert.InRange(network.FirstDescent[i, j], -3, 3);
            }
        }

        // The error of an output is positive for the class and negative for the others.
        for (int k = 0; k < Synthetic.Classes; k++)
        {
            Assert.Equal(which.Sum(n => images.Label(n) == k ? 1 : -1), network.SecondDescent[k, 19]);
        }
    }

    [Fact]
    public void Every_weight_moves_one_step_towards_descent_or_stays_in_the_dead_zone()
    {
        LabelledImages images = Synthetic.Images(100);
        foreach (float deadZone in new[] { 0, 0.05f })
        {
            ICrosspointArray a = Pair(Synthetic.Pixels + 1, 19, 1), b = Pair(Synthetic.Classes, 20, 2);
            BatchPerceptron network = Network(a, b, deadZone);
            int[] which = [.. Enumerable.Range(0, 10)];
            float[] before = a.Weights.Padded.ToArray();
            network.Train(images, which, new Moment(Phase.Train, 0));
            for (int i = 0; i < a.Weights.Inputs; i++)
            {
                for (int j = 0; j < 19; j++)
                {
                    float asked = network.FirstDescent[i, j], moved = a.Weights[i, j] - before[(i * a.Weights.Stride) + j];
                    int direction = MathF.Abs(asked) > 10 * deadZone ? MathF.Sign(asked) : 0;
                    Assert.InRange(moved * direction, 0, (2f / 255) + 1e-5f);
                    Assert.True(direction != 0 || moved == 0);
                }
            }
        }
    }

    [Fact]
    public void A_step_and_a_look_allocate_nothing()
    {
        LabelledImages images = Synthetic.Images(100);
        BatchPerceptron network = Network(Pair(Synthetic.Pixels + 1, 19, 1), Pair(Synthetic.Classes, 20, 2), 0.01f);
        int[] which = [.. Enumerable.Range(0, 10)];
        network.Train(images, which, new Moment(Phase.Train, 0));
        network.Accuracy(images, default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Train(images, which, new Moment(Phase.Train, 1));
        network.Accuracy(images, default);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Devices_and_floating_point_learn()
    {
        LabelledImages images = Synthetic.Images(600), others = Synthetic.Images(300, 2);
        foreach (bool isDigital in new[] { false, true })
        {
            BatchPerceptron network = isDigital
                ? new(
                    new DigitalBatchWeights(new Random(1).Matrix(Synthetic.Pixels + 1, 19, 0.2f), 0.1f),
                    new DigitalBatchWeights(new Random(2).Matrix(Synthetic.Classes, 20, 0.3f), 0.1f), new BatchPerceptron.Options { Batch = 10 })
                : Network(Pair(Synthetic.Pixels + 1, 19, 1), Pair(Synthetic.Classes, 20, 2), 0);
            SampleOrder order = new(images.Count, 1);
            for (int epoch = 0; epoch < 10; epoch++)
            {
                for (int n = 0; n < images.Count; n += 10)
                {
                    network.Train(images, order.Of(epoch).Slice(n, 10), new Moment(Phase.Train, (ulong)((epoch * images.Count) + n)));
                }
            }

            Assert.InRange(network.Accuracy(others, default), 85, 100);
        }
    }

    [Fact]
    public void The_same_bits_at_every_width()
    {
        using Fingerprint fingerprint = new();
        LabelledImages images = Synthetic.Images(200);
        foreach (HiddenActivation activation in Activations)
        {
            ICrosspointArray a = Pair(Synthetic.Pixels + 1, 19, 1, 0.2f), b = Pair(Synthetic.Classes, 20, 2, 0.2f);
            BatchPerceptron network = new(
                new SignPulsedWeights(a, 0.001f, 1, 1), new SignPulsedWeights(b, 0.001f, 1, 2), new BatchPerceptron.Options { Activation = activation, Batch = 16 });
            for (int n = 0; n + 16 <= 200; n += 16)
            {
                fingerprint.Add([network.Train(images, [.. Enumerable.Range(n, 16)], new Moment(Phase.Train, (ulong)n))]);
            }

            fingerprint.Add(a.Weights.Padded);
            fingerprint.Add(b.Weights.Padded);
        }

        fingerprint.AssertIs("dd57dd9c646b3ae55676e4205cccf8c93469ef024cb2b74608d338717b55f999");
    }

    private static double Value(HiddenActivation f, double a) => f.Shape switch
    {
        ActivationShape.Tanh => Math.Tanh(f.Gain * a),
        ActivationShape.Sigmoid => 1 / (1 + Math.Exp(-f.Gain * a)),
        _ => (a > 0 ? f.Alpha : f.Beta) * f.Gain * a,
    };

    private static BatchPerceptron Network(ICrosspointArray a, ICrosspointArray b, float deadZone) => new(
        new SignPulsedWeights(a, deadZone, 1, 1), new SignPulsedWeights(b, deadZone, 1, 2),
        new BatchPerceptron.Options { Activation = new(ActivationShape.Tanh, 0.3f), SoftmaxGain = 0.5f, Batch = 10 });

    private static ICrosspointArray Pair(int inputs, int outputs, int id, float noise = 0) => new DifferentialPairModel
    {
        Device = new LinearJumpModel { CycleNoise = noise },
        Center = 0.5f,
    }.Create(inputs, outputs, new RandomAddress(1, (ulong)id << 40, 0));
}
