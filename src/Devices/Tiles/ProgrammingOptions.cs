using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

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
