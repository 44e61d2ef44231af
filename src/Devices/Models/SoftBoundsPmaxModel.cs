using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>Soft bounds given by a measured range: from r⁻ to r⁺ by a number of pulses, and by how sharply the response bends.</summary>
/// <remarks>
/// n up pulses from r⁻ lead to w = r⁻ + B (1 - exp(-α n)), n down pulses from r⁺ to w = r⁺ - B (1 - exp(-α n)), with
/// B = (r⁺ - r⁻) / (1 - exp(-α P_max)): the curves of aihwkit's SoftBoundsPmaxDevice, met exactly at whole n. So the bounds are b⁺ = r⁻ + B
/// and b⁻ = r⁺ - B, and a pulse goes the part 1 - exp(-α) of the way to its bound.
/// </remarks>
public sealed record SoftBoundsPmaxModel : DeviceModel
{
    /// <summary>P_max: pulses from one end of the range to the other.</summary>
    [Unit("pulse", Minimum = 1)]
    public int Pulses { get; init; } = 1000;

    /// <summary>α: how far the response bends in a pulse; its spread is that of the step.</summary>
    [Unit("1/pulse", Minimum = 0, Above = true)]
    public Spread Bend { get; init; } = 0.0005f;

    /// <summary>r⁻: weight before P_max up pulses.</summary>
    [Unit("weight")]
    public Spread RangeLow { get; init; } = -1;

    /// <summary>r⁺: weight behind P_max up pulses.</summary>
    [Unit("weight")]
    public Spread RangeHigh { get; init; } = 1;

    /// <summary>What else the devices are like; its step, imbalance and means of bounds come from the numbers above and are not looked at.</summary>
    public SoftBoundsModel Device { get; init; } = new();

    /// <inheritdoc/>
    public override double? SymmetryPoint => AsSoftBounds().SymmetryPoint;

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at) => AsSoftBounds().Create(inputs, outputs, at);

    /// <inheritdoc/>
    public override double MeanStep(double weight, bool isUp) => AsSoftBounds().MeanStep(weight, isUp);

    /// <summary>The same devices by steps and bounds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or zero is not between the bounds.</exception>
    public SoftBoundsModel AsSoftBounds()
    {
        ModelRanges.Require(this);
        if (!(RangeLow.Mean < RangeHigh.Mean))
        {
            throw new ArgumentOutOfRangeException(
                nameof(RangeHigh), RangeHigh.Mean, $"{nameof(RangeHigh)}: expected a number above the lower end {RangeLow.Mean}, got {RangeHigh.Mean}.");
        }

        double b = (RangeHigh.Mean - (double)RangeLow.Mean) / (1 - Math.Exp(-Bend.Mean * (double)Pulses));
        double high = RangeLow.Mean + b, low = RangeHigh.Mean - b, part = 1 - Math.Exp(-Bend.Mean);
        if (!(low < 0 && high > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(RangeLow), RangeLow.Mean, $"{nameof(RangeLow)}: expected bounds on both sides of 0, got {low} and {high} from {RangeLow.Mean}.");
        }

        double up = part * high, down = -part * low, step = (up + down) / 2;
        return Device with
        {
            Step = Bend with { Mean = (float)step },
            UpDown = (float)((up - step) / step),
            Low = RangeLow with { Mean = (float)low },
            High = RangeHigh with { Mean = (float)high },
        };
    }
}
