using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>
/// What updates do on the average, with fixed seeds. Bounds in deviations: 4.5 are passed by chance once in 150,000 for each number that is
/// tested, 6 once in 500 million, for the largest of many.
/// </summary>
public class PulsedUpdaterLawTests
{
    /// <summary>
    /// N coincidences of BL slots have the law of Bernoulli trials with q = p_i p_j, and the noise of their steps adds σ² each:
    /// E Δw = ±Δ BL q, Var Δw = Δ² (BL q (1 - q) + σ² BL q). The cross-points of a diagonal share no line: each is a sample of its own.
    /// </summary>
    [Theory]
    [InlineData(PulseNoiseKind.EachPulse, 0)]
    [InlineData(PulseNoiseKind.EachPulse, 0.5f)]
    [InlineData(PulseNoiseKind.Aggregated, 0.5f)]
    public void The_update_stands_for_the_product_of_its_signals(PulseNoiseKind kind, float sigma)
    {
        const int Lines = 40, Slots = 20, Updates = 3000;
        const float Step = 1f / 64;
        Random random = new(2016);
        float[] x = Signals(random, Lines), d = Signals(random, Lines);
        double[] sums = new double[Lines * Lines];
        List<double> squares = [], totals = [];
        PulsedUpdater updater = new(Lines, Lines);
        BoundedDevice device = BoundedDevice.Uniform(Lines, Lines, Step, 0);
        PaddedMatrix weights = new(Lines, Lines);
        LineTrains rows = new(Lines, Slots), columns = new(Lines, Slots);
        for (ulong update = 0; update < Updates; update++)
        {
            weights.Padded.Clear();
            rows.Draw(new(1, 1, update), x, 1, Slots);
            columns.Draw(new(1, 2, update), d, 1, Slots);
            updater.Apply(device, weights, rows, columns, sigma, kind, new(1, 3, update), out _);
            double total = 0;
            for (int i = 0; i < Lines; i++)
            {
                for (int j = 0; j < Lines; j++)
                {
                    double excess = weights[i, j] - Mean(x[i], d[j]);
                    sums[(i * Lines) + j] += excess;
                    total += Math.Sign(x[i]) * Math.Sign(d[j]) * excess;
                    if (i == j)
                    {
                        squares.Add(excess * excess / Variance(x[i], d[j]));
                    }
                }
            }

            totals.Add(total);
        }

        for (int i = 0; i < Lines; i++)
        {
            for (int j = 0; j < Lines; j++)
            {
                Assert.InRange(sums[(i * Lines) + j] / Math.Sqrt(Updates * Variance(x[i], d[j])), -6, 6);
            }
        }

        Assert.InRange(Deviations(totals, 0), -4.5, 4.5);
        Assert.InRange(Deviations(squares, 1), -4.5, 4.5);

        double Mean(double a, double b) => Step * Slots * a * b;

        double Variance(double a, double b)
        {
            double q = Math.Abs(a * b);
            return (double)Step * Step * Slots * q * (1 - q + (sigma * sigma));
        }
    }

    /// <summary>Trains without a gap: only noise varies. It is normal, of variance n σ² Δ², and no two numbers know of each other.</summary>
    [Theory]
    [InlineData(PulseNoiseKind.EachPulse)]
    [InlineData(PulseNoiseKind.Aggregated)]
    public void Noise_of_a_step_that_does_not_depend_on_the_weight_has_one_law_in_both_kinds(PulseNoiseKind kind)
    {
        const int Lines = 256, Slots = 7;
        float[] first = Excess(kind, Lines, Slots, 0, 1), second = Excess(kind, Lines, Slots, 0, 2);
        int count = first.Length;
        Assert.InRange(first.Average(z => (double)z) * Math.Sqrt(count), -4.5, 4.5);
        Assert.InRange((first.Average(z => (double)z * z) - 1) / Math.Sqrt(2.0 / count), -4.5, 4.5);
        Assert.InRange(Statistics.KolmogorovSmirnov(first, Statistics.NormalCdf), 0.3, 2.4);
        Assert.InRange(Statistics.CorrelationDeviations(first, second), -4.5, 4.5);
        foreach (int lag in new[] { 1, 2, 8, 15, 16, 17, 64, Lines })
        {
            Assert.InRange(Statistics.CorrelationDeviations(first.AsSpan(lag), first.AsSpan(0, count - lag)), -4.5, 4.5);
        }
    }

    /// <summary>
    /// n pulses from 0 of a step Δ (1 - γ w), a = Δ γ: 1 - γ w is a product of n factors 1 - a (1 + σ ξ) pulse by pulse, of mean (1 - a)ⁿ
    /// and mean square ((1 - a)² + a² σ²)ⁿ. At once it is 1 - a (n + √n σ ξ). The means differ by no more than the documented n (n - 1) a² / 2.
    /// </summary>
    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.0005f)]
    public void Pulses_taken_at_once_have_the_mean_and_variance_of_single_ones_to_first_order(float slope)
    {
        const int Lines = 256, Slots = 8;
        const double Sigma = 0.5;
        double a = slope, deviation = Sigma * Math.Sqrt(Slots);
        (double each, double eachVariance) = Moments(PulseNoiseKind.EachPulse);
        (double atOnce, double atOnceVariance) = Moments(PulseNoiseKind.Aggregated);
        double mean = (1 - Math.Pow(1 - a, Slots)) / a;
        double square = Math.Pow(((1 - a) * (1 - a)) + (a * a * Sigma * Sigma), Slots);
        double variance = (square - Math.Pow(1 - a, 2 * Slots)) / (a * a);
        double error = deviation / Lines, varianceError = Math.Sqrt(2) / Lines;
        Assert.InRange((each - mean) / error, -4.5, 4.5);
        Assert.InRange((atOnce - Slots) / error, -4.5, 4.5);
        Assert.InRange(Math.Abs(each - atOnce), 0, (Slots * (Slots - 1) / 2 * a) + (4.5 * Math.Sqrt(2) * error));
        Assert.InRange(((eachVariance / variance) - 1) / varianceError, -4.5, 4.5);
        Assert.InRange(((atOnceVariance / (deviation * deviation)) - 1) / varianceError, -4.5, 4.5);
        if (a < 0.001)
        {
            Assert.InRange(((eachVariance / atOnceVariance) - 1) / (Math.Sqrt(2) * varianceError), -4.5, 4.5);
        }

        // In steps, behind Slots pulses.
        (double Mean, double Variance) Moments(PulseNoiseKind kind) =>
            Statistics.Moments([.. Excess(kind, Lines, Slots, slope, 3).Select(z => Slots + (z * deviation))]);
    }

    // Steps of 1 whose slope is given, σ = 1/2, all lines pulsing up in every slot: (Δw - n) / σ √n of each cross-point.
    private static float[] Excess(PulseNoiseKind kind, int lines, int slots, float slope, ulong step)
    {
        float[] ones = [.. Enumerable.Repeat(1f, lines)];
        LineTrains rows = new(lines, slots), columns = new(lines, slots);
        rows.Draw(default, ones, 1, slots);
        columns.Draw(default, ones, 1, slots);
        PaddedMatrix weights = new(lines, lines);
        BoundedDevice device = BoundedDevice.Uniform(lines, lines, 1, slope);
        new PulsedUpdater(lines, lines).Apply(device, weights, rows, columns, 0.5f, kind, new(42, 1, step), out _);
        return [.. weights.Padded.ToArray().Select(w => (float)((w - slots) / (0.5 * Math.Sqrt(slots))))];
    }

    private static float[] Signals(Random random, int count) =>
        [.. random.Signals(count, 1, 0).Select(s => MathF.CopySign(0.2f + (0.7f * MathF.Abs(s)), s))];

    // Of the mean of a sample from the number it should be.
    private static double Deviations(List<double> sample, double expected)
    {
        (double mean, double variance) = Statistics.Moments(sample);
        return (mean - expected) / Math.Sqrt(variance / sample.Count);
    }
}
