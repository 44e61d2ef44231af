namespace Crosspoint.Devices.Models;

/// <summary>Soft bounds read against a reference device, whose weight is subtracted.</summary>
/// <remarks>
/// The weight is w = g - r: g follows <see cref="SoftBoundsModel"/>, r is fixed. With the symmetry point subtracted, up and down steps of
/// every device cancel at w = 0, but for the error of the reference: T. Gokmen, W. Haensch, Front. Neurosci. 14:103 (2020). Steps at w:
/// Δ⁺ (1 - (w + r) / b⁺) and -Δ⁻ (1 - (w + r) / b⁻); bounds b - r. Additive noise goes with the step at w = 0, not with Δ. aihwkit's
/// SoftBoundsReferenceDevice.
/// </remarks>
[HeldInFit("the symmetry point is subtracted, so that only the distance of the bounds shows", Parameter = nameof(High))]
public sealed record SoftBoundsReferenceModel : SoftBoundsModel
{
    /// <summary>The reference.</summary>
    public ReferenceModel Reference { get; init; } = new();

    /// <inheritdoc/>
    public override (double Low, double High) MeanBounds => (Low.Mean - MeanReference, High.Mean - MeanReference);

    /// <inheritdoc/>
    public override double? SymmetryPoint => OwnSymmetryPoint - MeanReference;

    /// <inheritdoc/>
    private protected override bool BoundsVary => true;

    private double MeanReference => Reference.Mean + (Reference.SubtractSymmetryPoint ? OwnSymmetryPoint : 0);

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp) => base.Equation(weight + MeanReference, isUp);

    /// <inheritdoc/>
    private protected override void Validate()
    {
        ModelRanges.Require(Reference);
        base.Validate();
    }

    /// <inheritdoc/>
    private protected override void DrawShapes(DeviceTable table, DeviceDraws draws)
    {
        base.DrawShapes(table, draws);
        Reference.Subtract(table, draws, (up, down, upSlope, downSlope, _, _) => -(up + down) / (upSlope + downSlope), movesScale: true);
    }
}
