using System.Runtime.CompilerServices;

namespace Crosspoint.Kernels;

/// <summary>The standard normal numbers of one address, one after the other: for loops that need one now and then.</summary>
/// <param name="at">Seed, stream and step.</param>
/// <remarks>The n-th call returns the number with index n; see <see cref="Gaussian"/>.</remarks>
public ref struct GaussianSequence(RandomAddress at)
{
    private Group group;
    private ulong nextGroup;
    private int used = Gaussian.GroupLength;

    /// <summary>The next number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Next()
    {
        if (used == Gaussian.GroupLength)
        {
            Refill();
        }

        return group[used++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refill()
    {
        Gaussian.Fill(at, group, nextGroup++);
        used = 0;
    }

    [InlineArray(Gaussian.GroupLength)]
    private struct Group
    {
        private float first;
    }
}
