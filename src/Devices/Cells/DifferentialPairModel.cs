using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Two devices that go both ways: w = G⁺ - G⁻.</summary>
public sealed record DifferentialPairModel : CellModel
{
    /// <summary>Which devices an update moves.</summary>
    public PairPulses Pulses { get; init; } = PairPulses.Both;

    /// <summary>What both devices hold at zero weight when they are programmed: the middle of a device's range.</summary>
    [Unit("weight")]
    [HeldInFit("it is how the pair was programmed")]
    public float Center { get; init; }

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        ICrosspointArray[] devices = CreateDevices(2, inputs, outputs, at);
        return new DifferentialPairArray(devices[0], devices[1], Pulses, Center);
    }

    /// <inheritdoc/>
    /// <remarks>Of a pair as it is programmed, with its devices equally far from the center; in turn, half of that a pulse.</remarks>
    public override double MeanStep(double weight, bool isUp)
    {
        double both = Device.MeanStep(Center + (weight / 2), isUp) - Device.MeanStep(Center - (weight / 2), !isUp);
        return Pulses == PairPulses.Both ? both : both / 2;
    }
}
