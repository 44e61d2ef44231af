using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <summary>Checks at the door of a tile: the argument's name and both numbers.</summary>
internal static class TileRequire
{
    public static void Length(string name, int expected, int actual)
    {
        if (expected != actual)
        {
            throw new ArgumentException($"{name}: expected length {expected}, got {actual}.", name);
        }
    }

    public static void InRange(string name, int low, int high, int actual)
    {
        if (actual < low || actual > high)
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a number in [{low}, {high}], got {actual}.");
        }
    }

    /// <summary>The low eight bits of a stream are the tile's own.</summary>
    public static void FreePurpose(in RandomAddress at)
    {
        if ((at.Stream & 0xFF) != 0)
        {
            throw new ArgumentException($"at: expected a stream whose low eight bits are 0, got {at.Stream & 0xFF}.", nameof(at));
        }
    }

    public static void Finite(string name, PaddedMatrix weights)
    {
        foreach (float w in weights.Padded)
        {
            if (!float.IsFinite(w))
            {
                throw new ArgumentException($"{name}: expected finite numbers, got {w}.", name);
            }
        }
    }
}
