using Crosspoint.Devices.Models;
using Crosspoint.Devices.SymmetryPoints;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests.SymmetryPoints;

public class SymmetryPointTests
{
    private static readonly MeasuredStepModel Measured = new() { Up = [0.03f, 0.01f], Down = [-0.01f, -0.02f] };

    /// <summary>Every registered model: where there is a closed form and a root, they agree, and the steps cancel there.</summary>
    [Fact]
    public void A_closed_form_is_the_root_of_the_mean_steps()
    {
        int found = 0;
        foreach (DeviceModelEntry entry in DeviceModels.All)
        {
            DeviceModel model = entry.Default();
            if (model.SymmetryPoint is { } closed)
            {
                double above = SymmetryPoint.Asymmetry(model, closed + 0.05), below = SymmetryPoint.Asymmetry(model, closed - 0.05);
                Assert.Equal(0, SymmetryPoint.Asymmetry(model, closed), 1e-3 * (below - above));
                Assert.True(above < 0 && below > 0, entry.Name);
                found++;
            }
        }

        Assert.True(found >= 4);
    }

    [Fact]
    public void Without_a_closed_form_the_root_is_found_by_halving()
    {
        Assert.Null(Measured.SymmetryPoint);
        Assert.Equal(1 / 3.0, SymmetryPoint.Of(Measured, -1, 1)!.Value, 1e-7);
        Assert.Null(SymmetryPoint.Of(Measured, -1, 0.3));
        Assert.Null(SymmetryPoint.Of(new IdealModel(), -1, 1));
        Assert.Null(SymmetryPoint.Of(new LinearJumpModel { Asymmetry = 2 }, 0.2, 0.8));
        Rejected.With("high", -1, -2, () => SymmetryPoint.Of(Measured, -1, -2));
    }

    /// <summary>
    /// 2,000 noisy devices of slope 0.02 a pulse, so of 50 pulses' memory: the mean lies within 4.5 of its errors of the closed form, and
    /// the deviations over their stated errors have a mean square near 1 (batches of 500 pairs remember little of each other).
    /// </summary>
    [Fact]
    public void Alternating_pulses_measure_it_with_the_error_they_state()
    {
        MeasuredStepModel noisy = Measured with { UpNoise = [0.02f, 0.02f], DownNoise = [0.02f, 0.02f] };
        ICrosspointArray array = noisy.Create(40, 50, default);
        SymmetryMeasurement measured = SymmetryMeasurement.Of(array, new() { Settling = 500, Batch = 500, Batches = 12 }, new(1, 2 << 8, 0));
        double point = SymmetryPoint.Of(noisy, -1, 1)!.Value;
        Assert.InRange((measured.Mean - point) / (measured.Deviation / Math.Sqrt(2_000)), -4.5, 4.5);
        double square = 0;
        for (int i = 0; i < 40; i++)
        {
            for (int j = 0; j < 50; j++)
            {
                double z = (measured.Points[i, j] - point) / measured.StandardErrors[i, j];
                square += z * z / 2_000;
            }
        }

        // Student's t of 11 degrees has the variance 11/9.
        Assert.InRange(square, 1.0, 1.5);
        Assert.InRange(measured.MeanError / measured.Deviation, 0.9, 1.1);
        Assert.Equal(2L * (500 + 6_000) * 2_000, array.Counters.Coincidences);
    }

    /// <summary>Slopes that differ shift the mean of both pulses by a part of half a step: the fixed point of a pair, in double.</summary>
    [Fact]
    public void Without_noise_the_mean_of_both_pulses_lies_at_the_point_to_half_a_step()
    {
        SymmetryMeasurement measured = SymmetryMeasurement.Of(Measured.Create(3, 17, default), new() { Settling = 2_000, Batch = 10, Batches = 2 }, default);
        double low = 0, high = 0;
        for (int n = 0; n < 2_000; n++)
        {
            high = low + (0.02 - (0.01 * low));
            low = high - (0.015 + (0.005 * high));
        }

        Assert.Equal((low + high) / 2, measured.Mean, 1e-5);
        Assert.Equal(1 / 3.0, measured.Mean, (high - low) / 2);
        Assert.Equal(0, measured.Deviation, 1e-6);
        Assert.Equal(0, measured.MeanError, 1e-6);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        ICrosspointArray array = Measured.Create(2, 3, default);
        Rejected.With("Settling", 0, -1, () => SymmetryMeasurement.Of(array, new() { Settling = -1 }, default));
        Rejected.With("Batch", 1, 0, () => SymmetryMeasurement.Of(array, new() { Batch = 0 }, default));
        Rejected.With("Batches", 2, 1, () => SymmetryMeasurement.Of(array, new() { Batches = 1 }, default));
    }
}
