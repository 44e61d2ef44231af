using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>The device of Gokmen 2021, section 2.3. Moments are held to 4.5 deviations: passed by chance once in 150,000.</summary>
public class LinearStepModelTests
{
    private const int Devices = 40_000;

    /// <summary>Up: w + Δ (1 - γ w); down: w - Δ (1 + γ w): the first pulse is Δ, 1,205 states, saturation at 1 / γ.</summary>
    [Fact]
    public void The_mean_device_saturates_where_the_paper_says()
    {
        float[,] trace = PulseMeasurement.Trace(new LinearStepModel().Create(1, 3, default), 1, 20_000, 20_000, 1);
        Assert.Equal(0.001f, trace[0, 1]);
        // A step of less than half a unit in the last place of the weight no longer moves it.
        Assert.Equal(1 / 1.66, trace[2, 20_000], 5e-5);
        Assert.Equal(-1 / 1.66, trace[1, 40_000], 5e-5);
        double w = 0;
        for (int n = 1; n <= 2_000; n++)
        {
            w += 0.001 * (1 - (1.66 * w));
            Assert.Equal(w, trace[0, n], 1e-5);
        }
    }

    [Theory]
    [InlineData(0.3f, 0, 0.2)]
    [InlineData(0, 0.3f, 0.2)]
    [InlineData(0, 1f, 0.5)]
    [InlineData(0.3f, 0.4f, 0.5)]
    public void A_step_has_the_mean_and_the_noise_it_claims(float multiplicative, float additive, double weight)
    {
        LinearStepModel model = new() { Step = 0.01f, CycleNoise = multiplicative, AdditiveNoise = additive };
        foreach (bool up in (bool[])[true, false])
        {
            double step = up ? 0.01 * (1 - (1.66 * weight)) : -0.01 * (1 + (1.66 * weight));
            double deviation = Math.Sqrt(Math.Pow(multiplicative * step, 2) + Math.Pow(additive * 0.01, 2));
            double[] steps = Steps(model.Create(1, Devices, default), weight, up);
            (double mean, double variance) = Statistics.Moments(steps);
            Assert.InRange((mean - step) / deviation * Math.Sqrt(Devices), -4.5, 4.5);
            Assert.InRange(((variance / (deviation * deviation)) - 1) / Math.Sqrt(2.0 / Devices), -4.5, 4.5);
        }
    }

    private static double[] Steps(ICrosspointArray array, double weight, bool up)
    {
        PaddedMatrix weights = new(1, Devices);
        weights.Values.Fill((float)weight);
        array.Program(weights);
        float[] ones = new float[Devices];
        Array.Fill(ones, 1);
        LineTrains row = new(1, 1), columns = new(Devices, 1);
        row.Fire([up ? 1 : -1]);
        columns.Fire(ones);
        array.Pulse(row, columns, new(5, 3, 1));
        return [.. array.Weights.Row(0).ToArray().Select(w => w - (double)(float)weight)];
    }
}
