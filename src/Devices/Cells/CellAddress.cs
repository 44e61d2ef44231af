using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>The addresses that the parts of a cell draw from, so that no two of them share a number with each other or with the cell.</summary>
/// <remarks>
/// The upper 24 bits of a step hold the way into nested cells, eight bits a level, outermost first: 0 for the cell itself, n + 1 for its n-th
/// part. Steps below 2⁴⁰ and three levels keep all ways apart; <see cref="CellModel"/> refuses to nest deeper. The upper 16 bits of a
/// stream number the lines of an operation that goes through an array line by line.
/// </remarks>
internal static class CellAddress
{
    /// <summary>The most cells that may lie one in the other.</summary>
    public const int MaxDepth = 3;

    private const int WayShift = 40, LevelBits = 8, LineShift = 48;
    private const int PartsOfDevice = 8;

    /// <summary>What a device of a cell draws from in one of several operations of an update.</summary>
    /// <param name="at">The address of the update.</param>
    /// <param name="device">Number of the device, 0 to <see cref="CellArray.MaxDevices"/> - 1.</param>
    /// <param name="operation">Number of the operation on that device, 0 to 7.</param>
    public static RandomAddress Of(in RandomAddress at, int device, int operation = 0)
    {
        ulong way = ((at.Step >> WayShift) << LevelBits) | (uint)((device * PartsOfDevice) + operation + 1);
        return at with { Step = (at.Step & ((1UL << WayShift) - 1)) | (way << WayShift) };
    }

    /// <summary>What one line draws from in an operation that goes line by line.</summary>
    public static RandomAddress OfLine(in RandomAddress at, int line) => at with { Stream = at.Stream ^ ((ulong)(line + 1) << LineShift) };
}
