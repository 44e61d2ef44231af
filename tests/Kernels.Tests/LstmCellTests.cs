using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class LstmCellTests
{
    [Property]
    public void A_step_forward_is_its_definition(Length hidden, DataSeed data)
    {
        int n = hidden.Value;
        Random random = data.Random();
        Guarded<float> gates = new(random.Signals(4 * n, 6)), before = new(random.Signals(n, 2));
        Guarded<float> cell = new(n), squashed = new(n), output = new(n);
        float[] sums = gates.ToArray(), previous = before.ToArray();
        LstmCell.Forward(gates.Span, before.Span, cell.Span, squashed.Span, output.Span);
        for (int k = 0; k < n; k++)
        {
            double i = Sigmoid(sums[k]), f = Sigmoid(sums[n + k]), g = Math.Tanh(sums[(2 * n) + k]), o = Sigmoid(sums[(3 * n) + k]);
            double c = (f * previous[k]) + (i * g);
            Assert.Equal([i, f, g, o], new[] { gates.Span[k], gates.Span[n + k], gates.Span[(2 * n) + k], gates.Span[(3 * n) + k] }.Select(v => (double)v), Near);
            Assert.Equal([c, Math.Tanh(c), o * Math.Tanh(c)], new[] { cell.Span[k], squashed.Span[k], output.Span[k] }.Select(v => (double)v), Near);
        }

        Same.Bits(previous, before.Span);
        foreach (Guarded<float> buffer in (Guarded<float>[])[gates, before, cell, squashed, output])
        {
            buffer.AssertGuardsIntact();
        }
    }

    /// <summary>Errors by the chain rule, and the same as finite differences of a loss that is linear in h and c.</summary>
    [Property]
    public void A_step_backward_is_the_gradient_of_the_step_forward(Length hidden, DataSeed data)
    {
        const double Delta = 1e-6;
        int n = hidden.Value;
        Random random = data.Random();
        float[] sums = random.Signals(4 * n, 3), before = random.Signals(n, 2), outputError = random.Signals(n), behind = random.Signals(n);
        float[] gates = [.. sums], cell = new float[n], squashed = new float[n], output = new float[n];
        LstmCell.Forward(gates, before, cell, squashed, output);
        Guarded<float> cellError = new(behind), errors = new(4 * n);
        LstmCell.Backward(gates, before, squashed, outputError, cellError.Span, errors.Span);
        for (int k = 0; k < n; k++)
        {
            for (int part = 0; part < 5; part++)
            {
                double Loss(double delta)
                {
                    double[] a = [.. Enumerable.Range(0, 4).Select(p => sums[(p * n) + k] + (p == part ? delta : 0))];
                    double c = (Sigmoid(a[1]) * (before[k] + (part == 4 ? delta : 0))) + (Sigmoid(a[0]) * Math.Tanh(a[2]));
                    return (outputError[k] * Sigmoid(a[3]) * Math.Tanh(c)) + (behind[k] * c);
                }

                double expected = (Loss(Delta) - Loss(-Delta)) / (2 * Delta);
                Assert.Equal(expected, part < 4 ? errors.Span[(part * n) + k] : cellError.Span[k], 2e-6);
            }
        }

        cellError.AssertGuardsIntact();
        errors.AssertGuardsIntact();
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        float[] n = new float[3], four = new float[12], wrong = new float[4];
        Rejected.With("gates", 12, 4, () => LstmCell.Forward(wrong, n, n, n, n));
        Rejected.With("cell", 3, 4, () => LstmCell.Forward(four, n, wrong, n, n));
        Rejected.With("squashed", 3, 4, () => LstmCell.Forward(four, n, n, wrong, n));
        Rejected.With("output", 3, 4, () => LstmCell.Forward(four, n, n, n, wrong));
        Rejected.With("gates", 12, 4, () => LstmCell.Backward(wrong, n, n, n, n, four));
        Rejected.With("squashed", 3, 4, () => LstmCell.Backward(four, n, wrong, n, n, four));
        Rejected.With("outputError", 3, 4, () => LstmCell.Backward(four, n, n, wrong, n, four));
        Rejected.With("cellError", 3, 4, () => LstmCell.Backward(four, n, n, n, wrong, four));
        Rejected.With("errors", 12, 4, () => LstmCell.Backward(four, n, n, n, n, wrong));
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 2e-6;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
