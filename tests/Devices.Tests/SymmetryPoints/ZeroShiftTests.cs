using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.SymmetryPoints;
using Crosspoint.Devices.Tiles;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests.SymmetryPoints;

public class ZeroShiftTests
{
    /// <summary>Soft bounds with a spread of up and down steps, so that every device has a symmetry point of its own.</summary>
    private static readonly ReferencedDeviceModel Cells = new()
    {
        Device = new SoftBoundsModel { Step = new(0.01f, 0.1f), UpDownDeviation = 0.2f, Low = -1, High = 1 },
        ReferenceDevice = new IdealModel { Bound = 2 },
    };

    /// <summary>Soft bounds: up step Δ⁺ (1 - w), down step Δ⁻ (1 + w): they cancel at (Δ⁺ - Δ⁻) / (Δ⁺ + Δ⁻), to part of a step.</summary>
    [Fact]
    public void References_take_the_symmetry_point_of_their_devices()
    {
        ReferencedDeviceArray array = Make(30, 40);
        ZeroShift.Report report = ZeroShift.Run(array, new() { Pairs = 2_000 }, new(1, 2 << 8, 0));
        DeviceTable devices = ((PulsedArray)array.Device).Devices;
        double worst = 0;
        for (int i = 0; i < 30; i++)
        {
            for (int j = 0; j < 40; j++)
            {
                double up = devices.Up[i, j], down = -devices.Down[i, j], point = (up - down) / (up + down);
                worst = Math.Max(worst, Math.Abs(array.Reference.Weights[i, j] - point) / up);
            }
        }

        Assert.InRange(worst, 0, 0.5);
        Assert.Equal((0, 0), (report.ProgrammingMean, report.ProgrammingDeviation));
        Assert.Null(report.ResidualMean);
    }

    [Fact]
    public void Afterwards_alternating_pulses_leave_the_weight_at_zero()
    {
        ReferencedDeviceArray array = Make(30, 40);
        SymmetryMeasurement before = SymmetryMeasurement.Of(array, new() { Settling = 1_000, Batch = 10 }, new(1, 3 << 8, 0));
        ZeroShift.Report report = ZeroShift.Run(array, new() { Verify = new() { Settling = 100, Batch = 10 } }, new(1, 2 << 8, 0));
        Assert.InRange(before.Deviation, 0.1, 0.3);
        Assert.InRange(report.ResidualDeviation!.Value, 0, 1e-3);
        Assert.InRange(report.ResidualMean!.Value, -1e-3, 1e-3);
    }

    /// <summary>1,200 cells: programming noise of 0.05 shows in the report and in what is left, each within 4.5 deviations.</summary>
    [Fact]
    public void Programming_noise_is_what_is_left()
    {
        ReferencedDeviceArray array = Make(30, 40);
        ZeroShift.Options options = new() { ProgrammingNoise = 0.05f, Verify = new() { Settling = 100, Batch = 10 } };
        ZeroShift.Report report = ZeroShift.Run(array, options, new(1, 2 << 8, 0));
        Assert.InRange(report.ProgrammingMean / 0.05 * Math.Sqrt(1_200), -4.5, 4.5);
        Assert.InRange(((report.ProgrammingDeviation / 0.05) - 1) * Math.Sqrt(2 * 1_200), -4.5, 4.5);
        Assert.Equal(report.ProgrammingDeviation, report.ResidualDeviation!.Value, 1e-3);
        Assert.Equal(-report.ProgrammingMean, report.ResidualMean!.Value, 1e-3);
    }

    [Fact]
    public void Averaging_over_pairs_quietens_noisy_devices()
    {
        ReferencedDeviceModel noisy = Cells with { Device = new SoftBoundsModel { Step = 0.01f, CycleNoise = 1, Low = -1, High = 1 } };
        double Left(int averaged) => ZeroShift.Run(
            (ReferencedDeviceArray)noisy.Create(20, 20, new(3, 4 << 8, 0)), new() { Averaged = averaged, Verify = new() { Batch = 1_000 } }, default)
            .ResidualDeviation!.Value;
        Assert.InRange(Left(1_000), 0, 0.5 * Left(1));
    }

    [Fact]
    public void A_tile_is_shifted_like_its_array()
    {
        ReferencedDeviceArray alone = Make(10, 20), inTile = Make(10, 20);
        ZeroShift.Run(alone, new() { Pairs = 50 }, new(1, 2 << 8, 0));
        ZeroShift.Run(new AnalogTile(inTile, new()), new() { Pairs = 50 }, new(1, 2 << 8, 0));
        Same.Bits(alone.Weights.Padded, inTile.Weights.Padded);
        AnalogTile without = new(new ConstantStepArray(3, 4, 0.01f), new());
        Rejected.With("tile", "references", nameof(ConstantStepArray), () => ZeroShift.Run(without, new(), default));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        ReferencedDeviceArray array = Make(3, 4);
        Rejected.With("Pairs", 1, 0, () => ZeroShift.Run(array, new() { Pairs = 0 }, default));
        Rejected.With("Averaged", "[1, 5]", 6, () => ZeroShift.Run(array, new() { Pairs = 5, Averaged = 6 }, default));
        Rejected.With("ProgrammingNoise", "at least 0", -1f, () => ZeroShift.Run(array, new() { ProgrammingNoise = -1 }, default));
    }

    private static ReferencedDeviceArray Make(int inputs, int outputs) => (ReferencedDeviceArray)Cells.Create(inputs, outputs, new(3, 4 << 8, 0));
}
