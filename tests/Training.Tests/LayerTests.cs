using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;
using Crosspoint.Training.Layers;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class LayerTests
{
    [Property(MaxTest = 30)]
    public void A_convolution_is_its_definition(DataSeed data)
    {
        Random random = data.Random();
        int kernel = random.Next(1, 5);
        MapSize size = new(random.Next(kernel, 9), random.Next(kernel, 9), random.Next(1, 4));
        Convolution layer = new(Random(random, (kernel * kernel * size.Channels) + 1, random.Next(1, 20)), size, kernel);
        random.Signals(size.Length).CopyTo(layer.Input);
        layer.Forward(default);
        double[] expected = Convolve(PlainLanguageModel.Copy(layer.Matrix), [.. layer.Input.ToArray().Select(v => (double)v)], size, kernel);
        Assert.Equal((size.Height - kernel + 1, size.Width - kernel + 1, layer.Matrix.Outputs), (layer.OutputSize.Height, layer.OutputSize.Width, layer.OutputSize.Channels));
        Assert.Equal(expected, layer.Output.ToArray().Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    /// <summary>Inputs and weights of a convolution against central differences of a loss that is linear in its outputs, exact up to rounding.</summary>
    [Property(MaxTest = 20)]
    public void A_convolution_brings_errors_back_and_moves_weights_along_the_slope(DataSeed data)
    {
        Random random = data.Random();
        MapSize size = new(5, 4, 2);
        const int Kernel = 3;
        DigitalSgd matrix = Random(random, (Kernel * Kernel * 2) + 1, 3);
        Convolution layer = new(matrix, size, Kernel);
        random.Signals(size.Length).CopyTo(layer.Input);
        double[] x = [.. layer.Input.ToArray().Select(v => (double)v)];
        double[,] w = PlainLanguageModel.Copy(matrix);
        layer.Forward(default);
        random.Signals(layer.OutputError.Length).CopyTo(layer.OutputError);
        float[] error = layer.OutputError.ToArray();
        layer.Backward(default);
        layer.Update(1, default);
        double Loss() => Convolve(w, x, size, Kernel).Zip(error, (y, e) => y * e).Sum();
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Slope(ref x[i], Loss), layer.InputError[i], 1e-5);
        }

        for (int i = 0; i < matrix.Inputs; i++)
        {
            for (int j = 0; j < matrix.Outputs; j++)
            {
                double kept = w[i, j];
                Assert.Equal(Slope(ref w[i, j], Loss), matrix.Weights[i, j] - kept, 1e-5);
            }
        }
    }

    [Fact]
    public void Each_patch_is_a_step_of_its_own()
    {
        List<ulong> reads = [], back = [], updates = [];
        Convolution layer = new(
            new Observed(new DigitalSgd(5, 3))
            {
                OnForward = (_, moment) => reads.Add(moment.Step),
                OnBackward = moment => back.Add(moment.Step),
                OnUpdate = (_, moment) => updates.Add(moment.Step),
            },
            new MapSize(3, 4, 1), 2);
        layer.Forward(new Moment(Phase.Train, 7));
        layer.Backward(new Moment(Phase.Train, 7));
        layer.Update(0.1f, new Moment(Phase.Train, 7));
        ulong[] expected = [42, 43, 44, 45, 46, 47];
        Assert.Equal(expected, reads);
        Assert.Equal(expected, back);
        Assert.Equal(expected, updates);
    }

    [Fact]
    public void Pooling_takes_the_largest_and_gives_it_the_error()
    {
        MaxPooling layer = new(new MapSize(2, 4, 2));
        new float[] { 1, -1, 2, -2, 9, 0, 9, 0, 3, -3, 4, -4, 8, 0, 7, 1 }.CopyTo(layer.Input);
        layer.Forward(default);
        Assert.Equal([4, -1, 9, 1], layer.Output.ToArray());
        new float[] { 10, 20, 30, 40 }.CopyTo(layer.OutputError);
        layer.Backward(default);
        Assert.Equal([0, 20, 0, 0, 30, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 40], layer.InputError.ToArray());
        Rejected.With("inputSize", "even", "3 x 4", () => new MaxPooling(new MapSize(3, 4, 1)));
    }

    [Property]
    public void Activations_are_their_definitions_and_bring_errors_back_along_the_slope(Size width, DataSeed data)
    {
        Random random = data.Random();
        float[] x = random.Weights(width.Value, 3), error = random.Signals(width.Value);
        (ActivationFunction, Func<double, double>)[] functions =
            [(ActivationFunction.Sigmoid, v => 1 / (1 + Math.Exp(-v))), (ActivationFunction.Tanh, Math.Tanh), (ActivationFunction.Relu, v => Math.Max(0, v))];
        foreach ((ActivationFunction function, Func<double, double> f) in functions)
        {
            Activated layer = new(function, width.Value);
            x.CopyTo(layer.Input);
            error.CopyTo(layer.OutputError);
            layer.Forward(default);
            layer.Backward(default);
            for (int k = 0; k < x.Length; k++)
            {
                double slope = (f(x[k] + 1e-7) - f(x[k] - 1e-7)) / 2e-7;
                Assert.Equal(f(x[k]), layer.Output[k], 1e-6);
                Assert.Equal(error[k] * slope, layer.InputError[k], 1e-5);
            }
        }
    }

    /// <summary>Every weight of two convolutions, pooling, both dense layers and softmax against central differences of the plain network.</summary>
    [Fact]
    public void A_step_of_a_convolutional_network_goes_down_the_slope_of_the_loss()
    {
        Random random = new(5);
        MapSize size = new(9, 9, 1), pooled = new(4, 4, 3), small = new(2, 2, 4);
        DigitalSgd[] matrices = [Random(random, 5, 3), Random(random, 28, 4), Random(random, 5, 6), Random(random, 7, 3)];
        Convolution first = new(matrices[0], size, 2), second = new(matrices[1], pooled, 3);
        SequentialNetwork network = new(
            first, new Activated(ActivationFunction.Tanh, 8 * 8 * 3), new MaxPooling(first.OutputSize),
            second, new Activated(ActivationFunction.Tanh, 2 * 2 * 4), new MaxPooling(second.OutputSize),
            new Dense(matrices[2]), new Activated(ActivationFunction.Tanh, 6), new Dense(matrices[3]));
        double[] x = [.. random.Signals(size.Length).Select(v => (double)v)];
        x.Select(v => (float)v).ToArray().CopyTo(network.Input);
        double[][,] w = [.. matrices.Select(PlainLanguageModel.Copy)];
        double Loss()
        {
            double[] a = Pool([.. Convolve(w[0], x, size, 2).Select(Math.Tanh)], first.OutputSize);
            a = Pool([.. Convolve(w[1], a, pooled, 3).Select(Math.Tanh)], small);
            a = [.. Convolve(w[2], a, new MapSize(1, 1, 4), 1).Select(Math.Tanh)];
            a = Convolve(w[3], a, new MapSize(1, 1, 6), 1);
            return Math.Log(a.Sum(Math.Exp)) - a[2];
        }

        Assert.Equal(Loss(), network.Train(2, 1, default), 1e-5);
        for (int k = 0; k < w.Length; k++)
        {
            for (int i = 0; i < matrices[k].Inputs; i++)
            {
                for (int j = 0; j < matrices[k].Outputs; j++)
                {
                    double kept = w[k][i, j];
                    Assert.Equal(-Slope(ref w[k][i, j], Loss), matrices[k].Weights[i, j] - kept, 1e-5);
                }
            }
        }
    }

    private static ConvolutionalNetwork Digits { get; } = new() { Input = new(28, 28, 1), Convolutions = [(5, 16), (5, 32)], Dense = [128, 10] };

    [Fact]
    public void A_convolutional_network_has_its_shapes_and_learns_without_allocating()
    {
        Assert.Equal([(26, 16, 576), (401, 32, 64), (513, 128, 1), (129, 10, 1)], Digits.Matrices);
        IWeightMatrix[] matrices = [.. Digits.Matrices.Select(s => new DigitalSgd(s.Inputs, s.Outputs))];
        for (int k = 0; k < matrices.Length; k++)
        {
            matrices[k].Program(InitialWeights.FanIn(matrices[k], 1, k + 1));
        }

        SequentialNetwork network = Digits.Make(matrices);
        Assert.Equal((784, 10, 4), (network.Input.Length, network.Probabilities.Length, network.Matrices.Count()));
        Random random = new(1);
        byte[] pixels = new byte[20 * 784], labels = [.. Enumerable.Range(0, 20).Select(n => (byte)(n % 10))];
        random.NextBytes(pixels);
        LabelledImages images = new(pixels, labels, 784, "noise");
        Trainer trainer = new(network, images, new Preprocessing(MeanNormalization.Global, images), new LearningSchedule(0.02f, 100), 1);
        trainer.RunEpoch(default);
        Assert.Equal(Math.Log(10), trainer.LastLoss, 0.3);
        for (int epoch = 0; epoch < 40; epoch++)
        {
            trainer.RunEpoch(default);
        }

        Assert.InRange(trainer.LastLoss, 0, 1);
        using Fingerprint fingerprint = new();
        fingerprint.Add(Synthetic.State(trainer));
        fingerprint.AssertIs("aad9b1c23e8d47b2b0a4c06643eaee7da3d249577e237d6491f3bdbfaf6a32ed");
        Allocation.None(_ => trainer.RunEpoch(default));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Rejected.With("matrix", 9, 10, () => new Convolution(new DigitalSgd(10, 3), new MapSize(4, 4, 2), 2));
        Rejected.With("kernel", "3 x 4", 4, () => new Convolution(new DigitalSgd(17, 3), new MapSize(3, 4, 1), 4));
        Rejected.With("layers", 3, 4, () => new SequentialNetwork(new Dense(new DigitalSgd(2, 3)), new Dense(new DigitalSgd(5, 3))));
        Rejected.With("layers", 1, 0, () => new SequentialNetwork());
        Rejected.With("matrices", 4, 1, () => Digits.Make(new DigitalSgd(26, 16)));
        Rejected.With("matrices", "[26, 16]", "[25, 16]", () => Digits.Make(new DigitalSgd(25, 16), new DigitalSgd(401, 32), new DigitalSgd(513, 128), new DigitalSgd(129, 10)));
        Assert.Contains("25 x 25", Assert.Throws<ArgumentException>(() => (Digits with { Convolutions = [(4, 16)] }).Matrices).Message, StringComparison.Ordinal);
        Assert.Contains("got 0", Assert.Throws<ArgumentException>(() => (Digits with { Dense = [] }).Matrices).Message, StringComparison.Ordinal);
    }

    private static DigitalSgd Random(Random random, int inputs, int outputs)
    {
        DigitalSgd matrix = new(inputs, outputs);
        matrix.Program(random.Matrix(inputs, outputs));
        return matrix;
    }

    private static double Slope(ref double value, Func<double> loss)
    {
        const double Delta = 1e-6;
        double kept = value;
        value = kept + Delta;
        double above = loss();
        value = kept - Delta;
        double below = loss();
        value = kept;
        return (above - below) / (2 * Delta);
    }

    private static double[] Convolve(double[,] w, double[] x, MapSize size, int kernel)
    {
        List<double> y = [];
        for (int row = 0; row <= size.Height - kernel; row++)
        {
            for (int column = 0; column <= size.Width - kernel; column++)
            {
                for (int output = 0; output < w.GetLength(1); output++)
                {
                    double sum = w[w.GetLength(0) - 1, output];
                    for (int r = 0; r < kernel; r++)
                    {
                        for (int c = 0; c < kernel; c++)
                        {
                            for (int channel = 0; channel < size.Channels; channel++)
                            {
                                sum += w[(((r * kernel) + c) * size.Channels) + channel, output]
                                    * x[((((row + r) * size.Width) + column + c) * size.Channels) + channel];
                            }
                        }
                    }

                    y.Add(sum);
                }
            }
        }

        return [.. y];
    }

    private static double[] Pool(double[] x, MapSize size)
    {
        double At(int row, int column, int channel) => x[(((row * size.Width) + column) * size.Channels) + channel];
        return
        [
            .. from row in Enumerable.Range(0, size.Height / 2)
               from column in Enumerable.Range(0, size.Width / 2)
               from channel in Enumerable.Range(0, size.Channels)
               select new[]
               {
                   At(2 * row, 2 * column, channel), At(2 * row, (2 * column) + 1, channel),
                   At((2 * row) + 1, 2 * column, channel), At((2 * row) + 1, (2 * column) + 1, channel),
               }.Max(),
        ];
    }
}
