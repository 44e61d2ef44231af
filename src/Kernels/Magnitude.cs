using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Largest magnitudes.</summary>
internal static class Magnitude
{
    private const uint NoSign = 0x7FFF_FFFF;

    /// <summary>max |v[k]|; 0 of nothing, infinity or NaN where the vector holds one.</summary>
    /// <remarks>Without its sign a number is ordered as its bits are, NaN above infinity. Exact, so the same bits at every vector width.</remarks>
    public static float Largest(ReadOnlySpan<float> v)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(v);
        ref uint from = ref MemoryMarshal.GetReference(bits);
        uint largest = 0;
        int k = 0;
        if (Vector512.IsHardwareAccelerated && bits.Length >= 32)
        {
            Vector512<uint> mask = Vector512.Create(NoSign), a = Vector512<uint>.Zero, b = a;
            for (; k <= bits.Length - 32; k += 32)
            {
                a = Vector512.Max(a, Vector512.LoadUnsafe(ref from, (nuint)k) & mask);
                b = Vector512.Max(b, Vector512.LoadUnsafe(ref from, (nuint)k + 16) & mask);
            }

            a = Vector512.Max(a, b);
            largest = OfLanes(Vector256.Max(a.GetLower(), a.GetUpper()));
        }
        else if (Vector256.IsHardwareAccelerated && bits.Length >= 32)
        {
            Vector256<uint> mask = Vector256.Create(NoSign), a = Vector256<uint>.Zero, b = a, c = a, d = a;
            for (; k <= bits.Length - 32; k += 32)
            {
                a = Vector256.Max(a, Vector256.LoadUnsafe(ref from, (nuint)k) & mask);
                b = Vector256.Max(b, Vector256.LoadUnsafe(ref from, (nuint)k + 8) & mask);
                c = Vector256.Max(c, Vector256.LoadUnsafe(ref from, (nuint)k + 16) & mask);
                d = Vector256.Max(d, Vector256.LoadUnsafe(ref from, (nuint)k + 24) & mask);
            }

            largest = OfLanes(Vector256.Max(Vector256.Max(a, b), Vector256.Max(c, d)));
        }

        for (; k < bits.Length; k++)
        {
            largest = Math.Max(largest, bits[k] & NoSign);
        }

        return BitConverter.UInt32BitsToSingle(largest);
    }

    private static uint OfLanes(Vector256<uint> lanes)
    {
        Vector128<uint> half = Vector128.Max(lanes.GetLower(), lanes.GetUpper());
        half = Vector128.Max(half, Vector128.Shuffle(half, Vector128.Create(2u, 3, 0, 1)));
        return Math.Max(half[0], half[1]);
    }
}
