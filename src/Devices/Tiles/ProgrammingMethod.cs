namespace Crosspoint.Devices.Tiles;

/// <summary>How weights get into the devices of a tile.</summary>
public enum ProgrammingMethod
{
    /// <summary>As they are, as far as the devices can hold them: <see cref="ICrosspointArray.Program"/>.</summary>
    Exact,

    /// <summary>
    /// One shot: from the weight each cross-point has, taken as known, the pulses that the mean device would need. Errors are those of the
    /// devices' spread, their noise and half a step.
    /// </summary>
    OpenLoop,

    /// <summary>Reads line by line through the periphery and pulses toward the target, until all reads are within the tolerance.</summary>
    WriteAndVerify,
}
