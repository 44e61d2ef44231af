using Crosspoint.Devices.Steps;

namespace Crosspoint.Devices.Models;

/// <summary>Constant step: the step is the same at every weight, up to hard bounds.</summary>
/// <remarks>
/// Up: Δw = Δ⁺; down: Δw = -Δ⁻. The device of T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016). Additive and multiplicative noise are
/// the same here. Without spread, noise and other imperfections it is a <see cref="ConstantStepArray"/>, where n pulses are one step.
/// </remarks>
public sealed record ConstantStepModel : StepDeviceModel
{
    /// <summary>Whether the weight is clipped at <see cref="StepDeviceModel.Low"/> and <see cref="StepDeviceModel.High"/>.</summary>
    public bool Bounded { get; init; } = true;

    /// <inheritdoc/>
    public override (double Low, double High) MeanBounds =>
        Bounded ? base.MeanBounds : (double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp) => MeanScale(isUp);

    /// <inheritdoc/>
    private protected override bool BoundsVary => Bounded && base.BoundsVary;

    /// <inheritdoc/>
    private protected override ICrosspointArray? Plain(int inputs, int outputs)
    {
        (double low, double high) = MeanBounds;
        return UpDown == 0 && UpDownDeviation == 0 && Step.Deviation == 0 && low == -high
            ? new ConstantStepArray(inputs, outputs, Step.Mean, (float)high)
            : null;
    }

    /// <inheritdoc/>
    private protected override ICrosspointArray Assemble(DeviceTable table) => Assemble(table, default(LinearStep));
}
