namespace Crosspoint.Repro.Fit;

/// <summary>An entry of a table of steps: where it stands, its mean with an interval, and the deviation of single steps.</summary>
/// <param name="Weight">The weight of the state or knot, or the middle of the bin.</param>
/// <param name="IsUp">Whether it is of up pulses.</param>
/// <param name="Mean">The mean step with its sign; of an entry where no pulse began, that of the nearest other one.</param>
/// <param name="Deviation">Deviation of single steps from cycle to cycle and from device to device.</param>
/// <param name="Pulses">Pulses that tell of it.</param>
internal sealed record TableEntry(double Weight, bool IsUp, Interval Mean, double Deviation, double Pulses);
