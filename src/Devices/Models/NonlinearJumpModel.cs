using Crosspoint.Devices.Steps;

namespace Crosspoint.Devices.Models;

/// <summary>The non-linear jump-table device: steps shrink towards the extremum they go to, and with the conductance.</summary>
/// <remarks>
/// SET: ΔG = α_SET (1 - u) exp(-u) r / (g - 1); RESET: -ζ α_RESET u exp(-u) r / (g - 1), with u = (G - G_min) / r and r = G_max - G_min;
/// clipped a part of the range from the extrema. C. H. Bennett et al., IEEE Access 7, 73938 (2019), eq. 2 to 4 and 12, in which G_min = 0
/// and r = 1. The paper fits α so that g levels lie between u = 0.1 and 0.9, and gives no values: ∫ e^u / (1 - u) du = 4.248 and
/// ∫ e^u / u du = 3.246 between them are the literal ones. Symmetry point: u = α_SET / (α_SET + ζ α_RESET).
/// </remarks>
public sealed record NonlinearJumpModel : JumpModel
{
    /// <summary>α_SET.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    [HeldInFit("it stands before 1 / (levels - 1) as a factor")]
    public float SetStrength { get; init; } = 4.248f;

    /// <summary>α_RESET.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    [HeldInFit("it stands beside asymmetry as a factor")]
    public float ResetStrength { get; init; } = 3.246f;

    /// <summary>The part of the range that is cut off at each end, below 1/2; 0 for none.</summary>
    [Unit("1", Minimum = 0, Maximum = 0.49)]
    public float Clip { get; init; } = 0.1f;

    /// <inheritdoc/>
    /// <remarks>In the middle of the range.</remarks>
    public override float MinStep => (float)((Unclipped(0.5, isUp: true) - Unclipped(0.5, isUp: false)) / 2);

    /// <inheritdoc/>
    public override double? SymmetryPoint
    {
        get
        {
            double u = SetStrength / (SetStrength + ((double)Asymmetry * ResetStrength));
            return u > Clip && u < 1 - Clip ? Low + (Range * u) : null;
        }
    }

    /// <inheritdoc/>
    private protected override (float Set, float Reset) Strengths => (SetStrength, ResetStrength);

    /// <inheritdoc/>
    private protected override float Cut => Clip;

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp) => Unclipped((weight - Low) / Range, isUp);

    /// <inheritdoc/>
    private protected override ICrosspointArray Assemble(DeviceTable table, PulsedArray.Options options) => Assemble(table, options, new NonlinearJump(Clip));

    private double Unclipped(double u, bool isUp) => MeanScale(isUp) * (isUp ? 1 - u : u) * Math.Exp(-u);
}
