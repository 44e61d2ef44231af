using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Moves chosen lanes of eight to the front, as compressing does where there is AVX-512.</summary>
internal static class Compaction
{
    /// <summary>Lanes of a vector.</summary>
    public const int Lanes = 8;

    // For each choice, a byte each: the numbers of the chosen lanes, ascending, then zeros.
    private static readonly ulong[] Orders = [.. Enumerable.Range(0, 1 << Lanes).Select(OrderOf)];

    /// <summary>Whether this processor has what the rest takes.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>The numbers of the chosen lanes, ascending, at the front; what is behind them means nothing.</summary>
    /// <param name="lanes">A bit for each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Order(uint lanes) => Avx2.ConvertToVector256Int32(
        Vector128.CreateScalar(Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Orders), lanes)).AsByte());

    /// <summary>Lanes in such an order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Take(Vector256<uint> lanes, Vector256<int> order) => Avx2.PermuteVar8x32(lanes, order.AsUInt32());

    private static ulong OrderOf(int lanes)
    {
        ulong order = 0;
        for (int shift = 0, left = lanes; left != 0; shift += 8, left &= left - 1)
        {
            order |= (ulong)BitOperations.TrailingZeroCount(left) << shift;
        }

        return order;
    }
}
