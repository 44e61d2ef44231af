using System.Runtime.CompilerServices;

namespace Crosspoint.Kernels;

/// <summary>The standard normal numbers of one address, one after the other: for loops that need one now and then.</summary>
/// <param name="at">Seed, stream and step.</param>
/// <remarks>The n-th call returns the number with index n; see <see cref="Gaussian"/>.</remarks>
public ref struct GaussianSequence(RandomAddress at)
{
    // The first refill is small, for sequences that end soon; four groups at once are quicker for each number.
    private const int Room = 4 * Gaussian.GroupLength;

    private Numbers numbers;
    private ulong nextGroup;
    private int used;
    private int filled;

    /// <summary>The next number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Next()
    {
        if (used == filled)
        {
            Refill();
        }

        return numbers[used++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refill()
    {
        filled = filled == 0 ? Gaussian.GroupLength : Room;
        Gaussian.Fill(at, numbers[..filled], nextGroup);
        nextGroup += (ulong)filled / Gaussian.GroupLength;
        used = 0;
    }

    [InlineArray(Room)]
    private struct Numbers
    {
        private float first;
    }
}
