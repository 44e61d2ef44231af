using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Xunit;

namespace Crosspoint.Training.Tests;

public class LanguageModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Windows_read_a_text_as_the_equations_do(int blocks)
    {
        LanguageModel model = Texts.Model("digital", window: 12, blocks);
        PlainLanguageModel plain = new(PlainLanguageModel.Copy(model));
        ReadOnlySpan<byte> symbols = Texts.Make(60).Symbols.Span;
        for (int at = 0; at < 59; at += 12)
        {
            int steps = Math.Min(12, 59 - at);
            ReadOnlySpan<byte> window = symbols.Slice(at, steps + 1);
            Assert.Equal(plain.Read(window), model.Read(window, new Moment(Phase.Test, (ulong)at)), 1e-5 * steps);
        }

        model.Reset();
        Assert.Equal(new PlainLanguageModel(PlainLanguageModel.Copy(model)).Read(symbols[..13]), model.Read(symbols[..13], default), 1e-4);
    }

    /// <summary>One step of rate 1 moves every weight by minus the gradient of the loss of its window, the state before it held fixed.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 11)]
    [InlineData(3, 5)]
    public void A_window_moves_weights_along_finite_differences(int blocks, int steps)
    {
        const double Delta = 1e-5;
        const int Before = 6;
        LanguageModel model = Texts.Model("digital", 11, blocks, hidden: 5);
        ReadOnlySpan<byte> symbols = Texts.Make(30).Symbols.Span;
        ReadOnlySpan<byte> earlier = symbols[..(Before + 1)], window = symbols.Slice(Before, steps + 1);
        model.Read(earlier, default);
        double[][,] weights = PlainLanguageModel.Copy(model);
        float[] rates = [.. Enumerable.Repeat(1f, blocks + 1)];
        model.Train(window, rates, default);
        double[][,] after = PlainLanguageModel.Copy(model);
        for (int k = 0; k < weights.Length; k++)
        {
            for (int i = 0; i < weights[k].GetLength(0); i++)
            {
                for (int j = 0; j < weights[k].GetLength(1); j++)
                {
                    double slope = (Loss(weights, k, i, j, Delta, earlier, window) - Loss(weights, k, i, j, -Delta, earlier, window)) / (2 * Delta);
                    Assert.Equal(-slope, after[k][i, j] - weights[k][i, j], 3e-6 * steps);
                }
            }
        }
    }

    /// <summary>A matrix that is read and updated vector by vector gives what windows as matrix products give.</summary>
    [Fact]
    public void Products_of_windows_have_the_bits_of_single_reads()
    {
        LanguageModel together = Texts.Model("digital", 20), alone = Texts.Model("one by one", 20);
        TextTrainer first = new(together, Texts.Make(205), new GeometricSchedule(0.1f)), second = new(alone, Texts.Make(205), new GeometricSchedule(0.1f));
        for (int epoch = 0; epoch < 2; epoch++)
        {
            Assert.True(first.RunEpoch(default));
            Assert.True(second.RunEpoch(default));
        }

        Same.Bits(Texts.Weights(alone), Texts.Weights(together));
        Assert.Equal(second.LastLoss, first.LastLoss);
    }

    /// <summary>The same on arrays, through converters and noise, under every algorithm: weights, counters and all that is remembered.</summary>
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Windows_of_analog_reads_have_the_bits_of_single_reads(string algorithm)
    {
        TextTrainer Trainer(Func<IWeightMatrix, IWeightMatrix> wrap)
        {
            (int Inputs, int Outputs)[] shapes = [(17, 36), (19, 36), (10, 7)];
            IWeightMatrix[] matrices = [.. shapes.Select((s, k) => Tests.Algorithms.Analog.Matrix(algorithm, s.Inputs, s.Outputs, k + 1))];
            for (int k = 0; k < matrices.Length; k++)
            {
                matrices[k].Program(InitialWeights.Recurrent(matrices[k], 9, Synthetic.Seed, k + 1));
            }

            return new TextTrainer(new LanguageModel(40, [.. matrices.Select(wrap)]), Texts.Make(123), new GeometricSchedule(0.5f));
        }

        TextTrainer together = Trainer(m => m), alone = Trainer(m => new Observed(m));
        Assert.True(together.RunEpoch(default));
        Assert.True(alone.RunEpoch(default));
        Assert.Equal(alone.LastLoss, together.LastLoss);
        Assert.Equal(Texts.State(alone), Texts.State(together));
    }

    public static TheoryData<string> Algorithms => [.. Tests.Algorithms.Analog.Names];

    [Fact]
    public void A_window_is_read_forward_then_backward_then_updated_in_order_of_time()
    {
        List<(string What, ulong Step)> log = [];
        Observed Matrix(int inputs, int outputs) => new(new DigitalSgd(inputs, outputs))
        {
            OnForward = (_, moment) => log.Add(("forward", moment.Step)),
            OnBackward = moment => log.Add(("backward", moment.Step)),
            OnUpdate = (_, moment) => log.Add(("update", moment.Step)),
        };
        LanguageModel model = new(3, Matrix(7, 16), Matrix(5, 2));
        model.Train([0, 1, 1, 0], [1, 1], new Moment(Phase.Train, 40));
        ulong[] up = [40, 41, 42], down = [42, 41, 40];
        IEnumerable<(string, ulong)> All(string what, ulong[] steps) => steps.Select(s => (what, s));
        Assert.Equal(
            [.. All("forward", up), .. All("forward", up), .. All("backward", up), .. All("backward", down), .. All("update", up), .. All("update", up)],
            log);
    }

    [Fact]
    public void Each_matrix_has_its_own_rate()
    {
        LanguageModel model = Texts.Model("digital", 10);
        float[][] before = [.. model.Matrices.Select(m => m.Weights.Padded.ToArray())];
        model.Train(Texts.Make(11).Symbols.Span, [0, 0.1f, 0], default);
        Same.Bits(before[0], model.Matrices[0].Weights.Padded);
        Assert.NotEqual(before[1], model.Matrices[1].Weights.Padded.ToArray());
        Same.Bits(before[2], model.Matrices[2].Weights.Padded);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Rejected.With("matrices", 2, 1, () => new LanguageModel(10, new DigitalSgd(5, 4)));
        Rejected.With("matrices", 3, 4, () => new LanguageModel(10, new DigitalSgd(7, 8), new DigitalSgd(3, 3)));
        Rejected.With("matrices", 2, 3, () => new LanguageModel(10, new DigitalSgd(6, 8), new DigitalSgd(4, 3)));
        Rejected.With("matrix", "4 hidden", "[6, 7]", () => new LanguageModel(10, new DigitalSgd(6, 7), new DigitalSgd(2, 4)));
        LanguageModel model = Texts.Model("digital", 3);
        Rejected.With("symbols", 3, 4, () => model.Read([0, 1, 0, 1, 0], default));
        Rejected.With("symbols", 7, 8, () => model.Read([0, 8], default));
        Rejected.With("rates", 3, 2, () => model.Train([0, 1], [1, 1], default));
    }

    private static double Loss(double[][,] weights, int k, int i, int j, double delta, ReadOnlySpan<byte> earlier, ReadOnlySpan<byte> window)
    {
        PlainLanguageModel plain = new(weights);
        plain.Read(earlier);
        double kept = weights[k][i, j];
        weights[k][i, j] = kept + delta;
        double loss = plain.Read(window);
        weights[k][i, j] = kept;
        return loss;
    }
}
