using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Extraction;

/// <summary>The forward reads of a tile, in logical units.</summary>
/// <param name="tile">The tile.</param>
/// <param name="at">Where the random numbers of the read number 0 stand; those of the others follow in its steps.</param>
public sealed class TileReads(AnalogTile tile, RandomAddress at) : IReadable
{
    /// <inheritdoc/>
    public int Inputs => tile.Inputs;

    /// <inheritdoc/>
    public int Outputs => tile.Outputs;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<float> x, Span<float> y, ulong read) => tile.Forward(x, y, at with { Step = at.Step + read });
}
