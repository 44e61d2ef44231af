using Crosspoint.Devices.Steps;

namespace Crosspoint.Devices.Models;

/// <summary>Exponential step: nearly constant far from the bound, falling exponentially towards it.</summary>
/// <remarks>
/// Up: Δw = Δ⁺ max(1 - R⁺ exp(-κ⁺ (b⁺ - w) / (b⁺ - b⁻)), 0); down: Δw = -Δ⁻ max(1 - R⁻ exp(-κ⁻ (w - b⁻) / (b⁺ - b⁻)), 0). A rest R of 1
/// lets the step vanish at the bound, one below 1 leaves 1 - R of it there, one above 1 saturates the device before. aihwkit's
/// ExpStepDevice with bounds -b and b, in its letters: κ = 2 a γ, R⁺ = A⁺ exp(γ⁺ (a + b)), R⁻ = A⁻ exp(γ⁻ (a - b)).
/// </remarks>
public sealed record ExponentialStepModel : StepDeviceModel
{
    /// <summary>κ⁺ of up steps: large for a step that only falls close to the bound.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    public Spread UpCurvature { get; init; } = 6;

    /// <summary>κ⁻ of down steps.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    public Spread DownCurvature { get; init; } = 6;

    /// <summary>R⁺: how much of an up step is gone at the upper bound; the same for all devices.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    [HeldInFit("a bound further out does the same")]
    public float UpRest { get; init; } = 1;

    /// <summary>R⁻: how much of a down step is gone at the lower bound; the same for all devices.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    [HeldInFit("a bound further out does the same")]
    public float DownRest { get; init; } = 1;

    /// <inheritdoc/>
    public override double? SymmetryPoint =>
        UpDown == 0 && UpCurvature.Mean == DownCurvature.Mean && UpRest == DownRest ? (Low.Mean + (double)High.Mean) / 2 : null;

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp)
    {
        double distance = (isUp ? High.Mean - weight : weight - Low.Mean) / (High.Mean - (double)Low.Mean);
        double gone = isUp ? UpRest * Math.Exp(-UpCurvature.Mean * distance) : DownRest * Math.Exp(-DownCurvature.Mean * distance);
        return MeanScale(isUp) * Math.Max(1 - gone, 0);
    }

    /// <inheritdoc/>
    private protected override void DrawShapes(DeviceTable table, DeviceDraws draws)
    {
        draws.Fill(table.UpShape, DeviceParameter.UpShape, UpCurvature);
        draws.Fill(table.DownShape, DeviceParameter.DownShape, DownCurvature);
        for (int i = 0; i < draws.Inputs; i++)
        {
            for (int j = 0; j < draws.Outputs; j++)
            {
                float range = table.High[i, j] - table.Low[i, j];
                table.UpShape[i, j] /= range;
                table.DownShape[i, j] /= -range;
            }
        }
    }

    /// <inheritdoc/>
    private protected override ICrosspointArray Assemble(DeviceTable table, PulsedArray.Options options) =>
        Assemble(table, options, new ExponentialStep((float)Math.Log2(UpRest), (float)Math.Log2(DownRest)));
}
