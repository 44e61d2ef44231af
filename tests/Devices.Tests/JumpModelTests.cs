using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>The devices of Bennett et al. 2019, from the equations of the paper.</summary>
public class JumpModelTests
{
    private static readonly NonlinearJumpModel Nonlinear = new() { UniformStart = false };

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(256)]
    public void From_the_bottom_g_minus_1_SETs_reach_the_top_of_a_linear_device(int g)
    {
        ICrosspointArray array = new LinearJumpModel { Levels = g, UniformStart = false }.Create(3, 20, default);
        for (int n = 1; n < g; n++)
        {
            Fire(array, 1);
            Assert.Equal(n / (g - 1.0), array.Weights[2, 19], 1e-5);
        }

        Fire(array, 1);
        Assert.Equal(1, array.Weights[2, 19]);
        Fire(array, -1);
        Assert.Equal((g - 2) / (g - 1.0), array.Weights[2, 19], 1e-6);
    }

    /// <summary>The fit of the paper, with its literal strengths: g - 1 pulses cross the range between the outer tenths.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_the_literal_strengths_255_pulses_cross_the_range_of_256_levels(bool isUp)
    {
        ICrosspointArray array = Nonlinear.Create(1, 40, default);
        PaddedMatrix start = new(1, 40);
        start.Row(0).Fill(isUp ? 0.1f : 0.9f);
        array.Program(start);
        for (int n = 0; n < 255; n++)
        {
            Fire(array, isUp ? 1 : -1);
        }

        Assert.Equal(isUp ? 0.9 : 0.1, array.Weights[0, 39], 0.01 * (isUp ? 0.9 : 0.8));
    }

    /// <summary>dG = β exp(-G), β_SET = α_SET (1 - G) / 255, β_RESET = α_RESET G ζ / 255, clipped to [0.1, 0.9].</summary>
    [Fact]
    public void Non_linear_pulses_are_those_of_the_equations()
    {
        NonlinearJumpModel model = Nonlinear with { Asymmetry = 1.25f };
        ICrosspointArray array = model.Create(5, 33, default);
        Random random = new(1);
        PaddedMatrix start = random.Matrix(5, 33);
        array.Program(start);
        double[] g = [.. Enumerable.Range(0, 5 * 33).Select(k => Math.Clamp(start[k / 33, k % 33], 0.1, 0.9))];
        for (int n = 0; n < 400; n++)
        {
            bool isUp = random.Next(3) > 0;
            Fire(array, isUp ? 1 : -1);
            for (int k = 0; k < g.Length; k++)
            {
                double beta = isUp ? 4.248 * (1 - g[k]) / 255 : -3.246 * 1.25 * g[k] / 255;
                Assert.Equal(Math.Clamp(g[k] + (beta * Math.Exp(-g[k])), 0.1, 0.9) - g[k], model.MeanStep(g[k], isUp), 1e-7);
                g[k] = Math.Clamp(g[k] + (beta * Math.Exp(-g[k])), 0.1, 0.9);
            }
        }

        for (int k = 0; k < g.Length; k++)
        {
            Assert.Equal(g[k], array.Weights[k / 33, k % 33], 1e-4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.25)]
    [InlineData(1.5)]
    public void The_asymmetry_makes_RESETs_larger(float zeta)
    {
        ICrosspointArray array = new LinearJumpModel { Levels = 101, Asymmetry = zeta, UniformStart = false }.Create(1, 3, default);
        PaddedMatrix half = new(1, 3);
        half.Row(0).Fill(0.5f);
        array.Program(half);
        Fire(array, -1);
        Assert.Equal(0.5 - (0.01 * zeta), array.Weights[0, 0], 1e-6);
        Fire(array, 1);
        Assert.Equal(0.51 - (0.01 * zeta), array.Weights[0, 0], 1e-6);
    }

    /// <summary>65,536 devices: KS of the starts against the uniform law between the extrema, 2.4 or more by chance 2 times in 10⁵.</summary>
    [Fact]
    public void Devices_begin_uniformly_between_their_extrema()
    {
        ICrosspointArray linear = new LinearJumpModel().Create(256, 256, new(1, 2, 3)), clipped = new NonlinearJumpModel().Create(256, 256, new(1, 2, 4));
        Assert.InRange(Statistics.KolmogorovSmirnov(linear.Weights.Padded.ToArray(), w => w), 0.3, 2.4);
        Assert.InRange(Statistics.KolmogorovSmirnov(clipped.Weights.Padded.ToArray(), w => (w - 0.1) / 0.8), 0.3, 2.4);
    }

    /// <summary>65,536 steps of mean dG: their deviation is σ dG within 4.5 of its own, and some change their sign.</summary>
    [Fact]
    public void Write_noise_multiplies_the_step()
    {
        ICrosspointArray array = new LinearJumpModel { Levels = 1001, CycleNoise = 0.5f, UniformStart = false }.Create(256, 256, default);
        PaddedMatrix half = new(256, 256);
        half.Values.Fill(0.5f);
        array.Program(half);
        Fire(array, -1);
        double[] steps = [.. array.Weights.Padded.ToArray().Select(w => (w - 0.5) * -1000)];
        (double mean, double variance) = Statistics.Moments(steps);
        Assert.InRange((mean - 1) / 0.5 * 256, -4.5, 4.5);
        Assert.InRange(((variance / 0.25) - 1) * Math.Sqrt(65536 / 2.0), -4.5, 4.5);
        Assert.InRange(steps.Count(s => s < 0) / 65536.0, Statistics.NormalCdf(-2) - 0.004, Statistics.NormalCdf(-2) + 0.004);
    }

    /// <summary>65,536 devices: G_max - G_min is normal of mean 1 and deviation √2 σ, cut at 0.1.</summary>
    [Fact]
    public void Extrema_vary_and_leave_a_range()
    {
        const double Sigma = 0.3;
        PulsedArray array = (PulsedArray)new LinearJumpModel { ExtremaDeviation = (float)Sigma }.Create(256, 256, new(6, 5, 4));
        float[] low = array.Devices.Low.Padded.ToArray(), high = array.Devices.High.Padded.ToArray(), step = array.Devices.Up.Padded.ToArray();
        float[] ranges = [.. high.Zip(low, (h, l) => h - l)];
        double cut = Statistics.NormalCdf(-0.9 / (Math.Sqrt(2) * Sigma));
        Assert.InRange(ranges.Min(), 0.1f, 0.11f);
        Assert.InRange(
            Statistics.KolmogorovSmirnov(ranges, r => (Statistics.NormalCdf((r - 1) / (Math.Sqrt(2) * Sigma)) - cut) / (1 - cut)), 0.3, 2.4);
        for (int place = 0; place < ranges.Length; place++)
        {
            Assert.Equal(ranges[place] / 255, step[place], 1e-6f);
            Assert.InRange(array.Weights.Padded[place], low[place], high[place]);
        }
    }

    /// <summary>65,536 devices of g ~ N(256, 0.2 · 256): r / step + 1 has that law.</summary>
    [Fact]
    public void Levels_vary_from_device_to_device()
    {
        PulsedArray array = (PulsedArray)new NonlinearJumpModel { Levels = new(256, 0.2f) }.Create(256, 256, new(6, 5, 3));
        float[] g = [.. array.Devices.Up.Padded.ToArray().Select(up => (4.248f / up) + 1)];
        Assert.InRange(Statistics.KolmogorovSmirnov(g, x => Statistics.NormalCdf((x - 256) / (0.2 * 256))), 0.3, 2.4);
    }

    [Fact]
    public void Symmetry_points_are_those_of_the_equations()
    {
        Assert.Equal(4.248 / (4.248 + 3.246), Nonlinear.SymmetryPoint!.Value, 1e-6);
        Assert.Equal(1.0 / 3, new NonlinearJumpModel { SetStrength = 1, ResetStrength = 1, Asymmetry = 2 }.SymmetryPoint!.Value, 1e-6);
        Assert.Null(new NonlinearJumpModel { SetStrength = 1, ResetStrength = 1, Asymmetry = 20 }.SymmetryPoint);
        Assert.Null(new LinearJumpModel().SymmetryPoint);
    }

    [Fact]
    public void The_bits_are_the_same_at_every_width()
    {
        using Fingerprint fingerprint = new();
        foreach (int outputs in new[] { 1, 7, 8, 16, 17, 40, 129 })
        {
            foreach (DeviceModel model in new DeviceModel[]
            {
                new LinearJumpModel { ExtremaDeviation = 0.3f, Levels = new(64, 0.3f), CycleNoise = 0.3f, Asymmetry = 1.2f },
                new NonlinearJumpModel { ExtremaDeviation = 0.3f, Levels = new(64, 0.3f), CycleNoise = 0.3f, Asymmetry = 1.2f },
                new PiecewiseStepModel { Step = new(0.02f, 0.3f), CycleNoise = 0.3f, High = new(0.6f, 0.2f) },
                new PiecewiseStepModel { Step = 0.02f, UpNodes = [.. Enumerable.Range(0, 16).Select(n => 16f - n)], DownNodes = [.. Enumerable.Range(0, 16).Select(n => 1f + n)] },
            })
            {
                ICrosspointArray array = model.Create(20, outputs, new(1, 2, 3));
                fingerprint.Add(array.Weights.Padded);
                Trains t = new(new Random(outputs), 20, outputs, 33, 0.5f);
                array.Pulse(t.Rows, t.Columns, new(4, 5, 6));
                fingerprint.Add(array.Weights.Padded);
            }
        }

        fingerprint.AssertIs("");
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Rejected.With("Levels", 2, 1f, () => new LinearJumpModel { Levels = 1 }.Create(2, 3, default));
        Rejected.With("Asymmetry", "above 0", 0f, () => new LinearJumpModel { Asymmetry = 0 }.Create(2, 3, default));
        Rejected.With("ExtremaDeviation", 0, -1f, () => new LinearJumpModel { ExtremaDeviation = -1 }.Create(2, 3, default));
        Rejected.With("High", "above the lower bound", -1f, () => new LinearJumpModel { High = -1 }.Create(2, 3, default));
        Rejected.With("Clip", 0.49, 0.5f, () => new NonlinearJumpModel { Clip = 0.5f }.Create(2, 3, default));
        Rejected.With("SetStrength", "above 0", 0f, () => new NonlinearJumpModel { SetStrength = 0 }.Create(2, 3, default));
    }

    private static void Fire(ICrosspointArray array, float sign)
    {
        LineTrains rows = new(array.Weights.Inputs, 1), columns = new(array.Weights.Outputs, 1);
        rows.Fire([.. Enumerable.Repeat(1f, rows.Lines)]);
        columns.Fire([.. Enumerable.Repeat(sign, columns.Lines)]);
        array.Pulse(rows, columns, new(7, 7, 7));
    }
}
