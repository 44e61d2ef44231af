using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tests;

/// <summary>Tiles of the tests, on devices with linear steps.</summary>
internal static class TilesOf
{
    public const float Step = 0.01f;

    /// <summary>The periphery of Gokmen 2021: 7 bits in, noise 0.06, 9 bits in ±12 out, noise and bound management.</summary>
    public static ReadParameters Periphery(float noise = 0.06f) => new()
    {
        Dac = new Quantizer(1, Quantizer.ResolutionOfBits(7)),
        Adc = new Quantizer(12, Quantizer.ResolutionOfBits(9)),
        OutputNoise = noise,
        NoiseManagement = NoiseManagement.AbsoluteMaximum,
        BoundManagement = BoundManagement.Iterative,
    };

    public static AnalogTile.Options Noisy { get; } = new()
    {
        Forward = Periphery(),
        Backward = Periphery() with { BoundManagement = BoundManagement.None, NoiseManagement = NoiseManagement.RunningAverage },
        Transfer = Periphery() with { BoundManagement = BoundManagement.None },
        Scale = 2 / 0.6f,
    };

    /// <summary>Linear steps Δ (1 ∓ γ w), without bounds unless one is given.</summary>
    public static LinearStepModel Model(float slope = 0, float stepSpread = 0, float sigma = 0, float? bound = null) => new()
    {
        Step = new(Step, stepSpread),
        UpSlope = slope,
        DownSlope = slope,
        CycleNoise = sigma,
        Bounded = bound is not null,
        Low = -(bound ?? 1),
        High = bound ?? 1,
    };

    public static AnalogTile Of(DeviceModel model, int inputs, int outputs, AnalogTile.Options options) =>
        new(model, inputs, outputs, options, new RandomAddress(11, 0, 0));

    public static RandomAddress At(ulong step) => new(2021, 5UL << 16, step);

    public static PaddedMatrix Copy(PaddedMatrix matrix)
    {
        PaddedMatrix copy = new(matrix.Inputs, matrix.Outputs);
        matrix.Padded.CopyTo(copy.Padded);
        return copy;
    }
}
