namespace Crosspoint.Devices.Cells;

/// <summary>How a refresh writes the difference of a pair back to one of its devices.</summary>
public enum RefreshWrite
{
    /// <summary>As programmed: exactly, as far as the device can hold it.</summary>
    Exact,

    /// <summary>By as many up pulses from zero as the mean step says, with all the noise and curvature of the device: open loop.</summary>
    Pulsed,
}
