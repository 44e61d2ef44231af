using Crosspoint.Devices.Steps;

namespace Crosspoint.Devices.Models;

/// <summary>Power step: the step falls as a power of the distance to the bound it goes to.</summary>
/// <remarks>
/// Up: Δw = Δ⁺ ((b⁺ - w) / (b⁺ - b⁻))^ν⁺; down: Δw = -Δ⁻ ((w - b⁻) / (b⁺ - b⁻))^ν⁻. aihwkit's PowStepDevice. With ν⁺ = ν⁻ = ν the
/// symmetry point of the mean device is b⁻ + (b⁺ - b⁻) / (1 + (Δ⁻ / Δ⁺)^(1/ν)).
/// </remarks>
public record PowerStepModel : StepDeviceModel
{
    /// <summary>ν⁺ of up steps.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    public Spread UpPower { get; init; } = 1;

    /// <summary>ν⁻ of down steps.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    public Spread DownPower { get; init; } = 1;

    /// <inheritdoc/>
    public override double? SymmetryPoint => OwnSymmetryPoint;

    /// <summary>The symmetry point of the mean device without a reference.</summary>
    private protected double? OwnSymmetryPoint => UpPower.Mean == DownPower.Mean
        ? Low.Mean + ((High.Mean - (double)Low.Mean) / (1 + Math.Pow(-MeanScale(false) / MeanScale(true), 1.0 / UpPower.Mean)))
        : null;

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp)
    {
        double distance = (isUp ? High.Mean - weight : weight - Low.Mean) / (High.Mean - (double)Low.Mean);
        return MeanScale(isUp) * Math.Pow(Math.Max(distance, 0), isUp ? UpPower.Mean : DownPower.Mean);
    }

    /// <inheritdoc/>
    private protected override void DrawShapes(DeviceTable table, DeviceDraws draws)
    {
        draws.Fill(table.UpShape, DeviceParameter.UpShape, UpPower);
        draws.Fill(table.DownShape, DeviceParameter.DownShape, DownPower);
    }

    /// <inheritdoc/>
    private protected sealed override ICrosspointArray Assemble(DeviceTable table, PulsedArray.Options options) =>
        BoundsVary
            ? Assemble(table, options, default(PowerStepOfOwnRange))
            : Assemble(table, options, new PowerStep(1 / (High.Mean - Low.Mean)));
}
