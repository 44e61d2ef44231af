using Crosspoint.Devices.Steps;

namespace Crosspoint.Devices.Models;

/// <summary>The linear jump-table device: every step is the range over g - 1, whatever the state.</summary>
/// <remarks>
/// SET: ΔG = (G_max - G_min) / (g - 1); RESET: -ζ of it; clipped at the extrema. C. H. Bennett et al., IEEE Access 7, 73938 (2019), eq. 1
/// and 12. States are real numbers: a start between two levels stays between levels. With ζ other than 1 it has no symmetry point.
/// </remarks>
public sealed record LinearJumpModel : JumpModel
{
    /// <inheritdoc/>
    public override float MinStep => (float)((MeanScale(isUp: true) - MeanScale(isUp: false)) / 2);

    /// <inheritdoc/>
    private protected override (float Set, float Reset) Strengths => (1, 1);

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp) => MeanScale(isUp);

    /// <inheritdoc/>
    private protected override ICrosspointArray Assemble(DeviceTable table) => Assemble(table, default(LinearStep));
}
