using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

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

/// <summary>How a tile is programmed.</summary>
public sealed record ProgrammingOptions
{
    /// <summary>The method.</summary>
    public ProgrammingMethod Method { get; init; }

    /// <summary>The largest error that needs no further pulse, in array weight units, at least 0; null for the array's mean step.</summary>
    public float? Tolerance { get; init; }

    /// <summary>The most rounds of reads and pulses of <see cref="ProgrammingMethod.WriteAndVerify"/>, at least 1.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>Reads of a line that are averaged in each round, at least 1; times rounds and input lines at most 2²⁴.</summary>
    public int Reads { get; init; } = 1;

    /// <summary>The most pulses of a cross-point in one round, 1 to 2¹⁶.</summary>
    public int MostPulses { get; init; } = PulseTrains.MaxBitLength;

    /// <summary>
    /// The device whose mean response says how many pulses lead from one weight to another; null for equal steps of the array's mean step.
    /// </summary>
    public DeviceModel? Device { get; init; }

    internal void Validate()
    {
        TileRequire.InRange(nameof(Method), 0, (int)ProgrammingMethod.WriteAndVerify, (int)Method);
        TileRequire.InRange(nameof(Iterations), 1, int.MaxValue, Iterations);
        TileRequire.InRange(nameof(Reads), 1, int.MaxValue, Reads);
        TileRequire.InRange(nameof(MostPulses), 1, 1 << 16, MostPulses);
        Require.NotNegative(nameof(Tolerance), Tolerance ?? 0);
    }
}

/// <summary>What programming a tile came to; errors are those of the devices' true weights, in array weight units.</summary>
/// <param name="Mean">Mean of weight minus target.</param>
/// <param name="Deviation">Standard deviation of weight minus target.</param>
/// <param name="LargestError">Largest magnitude of weight minus target.</param>
/// <param name="Iterations">Rounds of pulses: 0 for exact programming, or where the first reads were all within the tolerance.</param>
/// <param name="Pulses">Pulses that cross-points took, as the array counts them.</param>
/// <param name="Outside">Cross-points whose true error is above the tolerance.</param>
public readonly record struct ProgrammingReport(double Mean, double Deviation, double LargestError, int Iterations, long Pulses, int Outside);
