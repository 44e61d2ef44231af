using System.Numerics;
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
            Vector256<uint> half = Vector256.Max(a.GetLower(), a.GetUpper());
            Vector128<uint> quarter = Vector128.Max(half.GetLower(), half.GetUpper());
            for (int lane = 0; lane < 4; lane++)
            {
                largest = Math.Max(largest, quarter[lane]);
            }
        }
        else if (bits.Length >= Vector<uint>.Count)
        {
            Vector<uint> mask = new(NoSign), most = Vector<uint>.Zero;
            for (; k <= bits.Length - Vector<uint>.Count; k += Vector<uint>.Count)
            {
                most = Vector.Max(most, new Vector<uint>(bits[k..]) & mask);
            }

            for (int lane = 0; lane < Vector<uint>.Count; lane++)
            {
                largest = Math.Max(largest, most[lane]);
            }
        }

        for (; k < bits.Length; k++)
        {
            largest = Math.Max(largest, bits[k] & NoSign);
        }

        return BitConverter.UInt32BitsToSingle(largest);
    }
}
