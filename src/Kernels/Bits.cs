using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Counts of set bits, lane by lane.</summary>
internal static class Bits
{
    /// <summary>The number of set bits of each word: neighbours, then pairs, then nibbles; the multiplication sums the four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> PopCount(Vector512<uint> v)
    {
        v -= (v >>> 1) & Vector512.Create(0x5555_5555u);
        v = (v & Vector512.Create(0x3333_3333u)) + ((v >>> 2) & Vector512.Create(0x3333_3333u));
        v = (v + (v >>> 4)) & Vector512.Create(0x0F0F_0F0Fu);
        return (v * Vector512.Create(0x0101_0101u)) >>> 24;
    }

    /// <inheritdoc cref="PopCount(Vector512{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> PopCount(Vector256<uint> v)
    {
        v -= (v >>> 1) & Vector256.Create(0x5555_5555u);
        v = (v & Vector256.Create(0x3333_3333u)) + ((v >>> 2) & Vector256.Create(0x3333_3333u));
        v = (v + (v >>> 4)) & Vector256.Create(0x0F0F_0F0Fu);
        return (v * Vector256.Create(0x0101_0101u)) >>> 24;
    }
}
