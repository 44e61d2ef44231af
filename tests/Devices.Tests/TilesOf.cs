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

    public static AnalogTile Of(LinearModel model, int inputs, int outputs, AnalogTile.Options options) =>
        new(model, inputs, outputs, options, new RandomAddress(11, 0, 0));

    public static RandomAddress At(ulong step) => new(2021, 5UL << 16, step);

    public static PaddedMatrix Copy(PaddedMatrix matrix)
    {
        PaddedMatrix copy = new(matrix.Inputs, matrix.Outputs);
        matrix.Padded.CopyTo(copy.Padded);
        return copy;
    }
}

/// <summary>Linear steps Δ (1 ∓ γ w).</summary>
internal sealed record LinearModel(float Slope = 0, float StepSpread = 0, float Sigma = 0, float Bound = float.PositiveInfinity) : DeviceModel
{
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        StepTable table = new(inputs, outputs, new() { Step = TilesOf.Step, StepSpread = StepSpread, Slope = Slope }, at);
        return new PulsedArray<LinearStep>(inputs, outputs, new(table, Bound), TilesOf.Step, Bound, Sigma);
    }

    public override double MeanStep(double weight, bool isUp) =>
        isUp ? TilesOf.Step * (1 - (Slope * weight)) : -TilesOf.Step * (1 + (Slope * weight));
}
