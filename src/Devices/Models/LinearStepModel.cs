using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>Linear step: the step falls linearly with the weight, with a slope of its own up and down.</summary>
/// <remarks>
/// Up: Δw = Δ⁺ (1 - γ⁺ w); down: Δw = -Δ⁻ (1 + γ⁻ w). T. Gokmen, Front. Artif. Intell. 4:699148 (2021), section 2.3. No hard bounds unless
/// asked for: beyond its saturation at 1 / γ⁺ or -1 / γ⁻ a step turns round and pulls the weight back. Symmetry point of the mean device:
/// (Δ⁺ - Δ⁻) / (Δ⁺ γ⁺ + Δ⁻ γ⁻). Where steps differ from device to device, the numbers drawn are those of 16 bits (bfloat16) next to the law's,
/// within 2^-9 of each: a pulse then reads half as much.
/// </remarks>
public sealed record LinearStepModel : StepDeviceModel
{
    /// <summary>γ⁺: how an up step falls with the weight.</summary>
    [Unit("1/weight", Minimum = 0)]
    public Spread UpSlope { get; init; } = 1.66f;

    /// <summary>γ⁻: how a down step falls with minus the weight.</summary>
    [Unit("1/weight", Minimum = 0)]
    public Spread DownSlope { get; init; } = 1.66f;

    /// <summary>Whether the weight is clipped at <see cref="StepDeviceModel.Low"/> and <see cref="StepDeviceModel.High"/>.</summary>
    public bool Bounded { get; init; }

    /// <inheritdoc/>
    public override (double Low, double High) MeanBounds =>
        Bounded ? base.MeanBounds : (double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public override double? SymmetryPoint =>
        UpSlope.Mean + DownSlope.Mean == 0 ? null
        : (MeanScale(true) + MeanScale(false)) / ((MeanScale(true) * UpSlope.Mean) - (MeanScale(false) * DownSlope.Mean));

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp) =>
        MeanScale(isUp) * (isUp ? 1 - (UpSlope.Mean * weight) : 1 + (DownSlope.Mean * weight));

    /// <inheritdoc/>
    private protected override bool BoundsVary => Bounded && base.BoundsVary;

    /// <inheritdoc/>
    private protected override void DrawShapes(DeviceTable table, DeviceDraws draws)
    {
        bool stepsVary = Step.Deviation > 0 || UpDownDeviation > 0;
        if (stepsVary)
        {
            PackedPairs.Round(table.Up);
            PackedPairs.Round(table.Down);
        }

        draws.Fill(table.UpShape, DeviceParameter.UpShape, UpSlope);
        draws.Fill(table.DownShape, DeviceParameter.DownShape, DownSlope);
        Scale(table.UpShape, table.Up, -1);
        Scale(table.DownShape, table.Down, 1);
        if (stepsVary && (UpSlope.Deviation > 0 || DownSlope.Deviation > 0))
        {
            PackedPairs.Round(table.UpShape);
            PackedPairs.Round(table.DownShape);
        }
    }

    /// <inheritdoc/>
    private protected override ICrosspointArray Assemble(DeviceTable table, PulsedArray.Options options) => Assemble(table, options, default(LinearStep));

    // What the weight times this adds to a step: at most 0 in both directions.
    private static void Scale(PaddedMatrix slopes, PaddedMatrix steps, float sign)
    {
        for (int i = 0; i < slopes.Inputs; i++)
        {
            for (int j = 0; j < slopes.Outputs; j++)
            {
                slopes[i, j] *= sign * steps[i, j];
            }
        }
    }
}
