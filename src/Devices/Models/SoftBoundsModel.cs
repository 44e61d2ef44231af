using Crosspoint.Devices.Steps;

namespace Crosspoint.Devices.Models;

/// <summary>Soft bounds: the step falls linearly with the weight and vanishes at the bound it goes to.</summary>
/// <remarks>
/// Up: Δw = Δ⁺ (1 - w / b⁺); down: Δw = -Δ⁻ (1 - w / b⁻), with b⁻ below 0. T. Gokmen, W. Haensch, Front. Neurosci. 14:103 (2020); aihwkit's
/// SoftBoundsDevice (M. J. Rasch et al., AICAS 2021). Symmetry point of the mean device: (Δ⁺ - Δ⁻) / (Δ⁺ / b⁺ - Δ⁻ / b⁻).
/// </remarks>
public record SoftBoundsModel : StepDeviceModel
{
    /// <inheritdoc/>
    public override double? SymmetryPoint => OwnSymmetryPoint;

    /// <summary>The symmetry point of the mean device without a reference.</summary>
    private protected double OwnSymmetryPoint =>
        (MeanScale(true) + MeanScale(false)) / ((MeanScale(true) / High.Mean) + (MeanScale(false) / Low.Mean));

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp) =>
        MeanScale(isUp) * (1 - (weight / (isUp ? High.Mean : Low.Mean)));

    /// <inheritdoc/>
    private protected override void Validate()
    {
        base.Validate();
        Refuse(Low.Mean == 0, nameof(Low), "a number below 0", Low.Mean);
        Refuse(High.Mean == 0, nameof(High), "a number above 0", High.Mean);
    }

    /// <inheritdoc/>
    private protected override void DrawShapes(DeviceTable table, DeviceDraws draws)
    {
        for (int i = 0; i < draws.Inputs; i++)
        {
            for (int j = 0; j < draws.Outputs; j++)
            {
                table.UpShape[i, j] = -table.Up[i, j] / table.High[i, j];
                table.DownShape[i, j] = -table.Down[i, j] / table.Low[i, j];
            }
        }
    }

    /// <inheritdoc/>
    private protected sealed override ICrosspointArray Assemble(DeviceTable table) => Assemble(table, default(LinearStep));
}
