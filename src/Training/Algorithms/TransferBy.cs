using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>Which lines of the fast array are transferred one after the other.</summary>
public enum TransferBy
{
    /// <summary>Input lines, v = A u with one-hot u: "column t of A" where a paper writes y = A x.</summary>
    Row,

    /// <summary>Output lines, v = Aᵀ u.</summary>
    Column,
}

/// <summary>What a transfer does to a line of a tile, in either direction.</summary>
internal static class TransferLines
{
    /// <summary>Number of lines.</summary>
    public static int Lines(this AnalogTile tile, TransferBy by) => by == TransferBy.Row ? tile.Inputs : tile.Outputs;

    /// <summary>Cross-points of a line.</summary>
    public static int LineLength(this AnalogTile tile, TransferBy by) => by == TransferBy.Row ? tile.Outputs : tile.Inputs;

    /// <summary>Reads line t through converters and noise, in array units.</summary>
    public static void ReadLine(this AnalogTile tile, TransferBy by, int t, Span<float> v, in RandomAddress at)
    {
        if (by == TransferBy.Row)
        {
            tile.ReadRow(t, 1, v, at);
        }
        else
        {
            tile.ReadColumn(t, 1, v, at);
        }
    }

    /// <summary>One pulse to every cross-point of line t where a sign is given.</summary>
    public static void PulseLine(this AnalogTile tile, TransferBy by, int t, ReadOnlySpan<float> signs, in RandomAddress at)
    {
        if (by == TransferBy.Row)
        {
            tile.PulseRow(t, signs, at);
        }
        else
        {
            tile.PulseColumn(t, signs, at);
        }
    }
}
