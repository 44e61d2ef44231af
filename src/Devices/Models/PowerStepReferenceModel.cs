using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>Power step read against a reference device, whose weight is subtracted.</summary>
/// <remarks>
/// The weight is w = g - r: g follows <see cref="PowerStepModel"/>, r is fixed, so that the bounds are b - r. The symmetry point of each
/// device, which the reference holds unless asked otherwise, is found by halving the range. aihwkit's PowStepReferenceDevice.
/// </remarks>
[HeldInFit("the symmetry point is subtracted, so that only the distance of the bounds shows", Parameter = nameof(High))]
public sealed record PowerStepReferenceModel : PowerStepModel
{
    private const int Halvings = 40;

    /// <summary>The reference.</summary>
    public ReferenceModel Reference { get; init; } = new();

    /// <inheritdoc/>
    public override (double Low, double High) MeanBounds => (Low.Mean - MeanReference, High.Mean - MeanReference);

    /// <inheritdoc/>
    public override double? SymmetryPoint => Reference.SubtractSymmetryPoint ? -Reference.Mean : OwnSymmetryPoint - Reference.Mean;

    /// <inheritdoc/>
    private protected override bool BoundsVary => true;

    private double MeanReference => Reference.Mean + (Reference.SubtractSymmetryPoint ? MeanPoint() : 0);

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
        Reference.Subtract(table, draws, Point, movesScale: false);
    }

    private double MeanPoint()
    {
        if (OwnSymmetryPoint is { } closed)
        {
            return closed;
        }

        return Halve(Low.Mean, High.Mean, w => base.Equation(w, isUp: true) + base.Equation(w, isUp: false));
    }

    private static float Point(float up, float down, float upPower, float downPower, float low, float high)
    {
        PulseParameters<float> pUp = new() { P0 = up, P1 = upPower }, pDown = new() { P0 = down, P1 = downPower };
        PowerStepOfOwnRange law = default;
        return (float)Halve(low, high, w => law.Change<Width1, float>((float)w, pUp, low, high) + (double)law.Change<Width1, float>((float)w, pDown, low, high));
    }

    // Where the sum of an up and a down step, which falls with the weight, changes its sign.
    private static double Halve(double low, double high, Func<double, double> sum)
    {
        for (int n = 0; n < Halvings; n++)
        {
            double middle = (low + high) / 2;
            (low, high) = sum(middle) > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
