using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Counts of set bits in two stages, so that several words are counted before their bytes are added up.</summary>
internal static class Bits
{
    /// <summary>The most words whose byte counts can be added without overflow.</summary>
    public const int MaxWords = 31;

    // Bits of the numbers 0 to 7 and 8 to 15, a byte each.
    private const ulong NibblesLow = 0x0302_0201_0201_0100, NibblesHigh = 0x0403_0302_0302_0201;

    /// <summary>Set bits of all words together.</summary>
    public static long Count(ReadOnlySpan<uint> words)
    {
        ref uint from = ref MemoryMarshal.GetReference(words);
        long bits = 0;
        int n = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<int> sum = Vector256<int>.Zero; // 32 a step at most, and less than 2^26 steps
            for (; n <= words.Length - Vector256<uint>.Count; n += Vector256<uint>.Count)
            {
                sum += SumBytes(CountBytes(Vector256.LoadUnsafe(ref from, (nuint)n)));
            }

            (Vector256<long> low, Vector256<long> high) = Vector256.Widen(sum);
            bits = Vector256.Sum(low + high);
        }

        for (; n < words.Length; n++)
        {
            bits += BitOperations.PopCount(words[n]);
        }

        return bits;
    }

    /// <summary>The number of set bits of each byte: a look-up for either nibble where there is one, otherwise by adding neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> CountBytes(Vector512<uint> v)
    {
        if (Avx512BW.IsSupported)
        {
            // Of numbers: made of parts, it would be put together anew in every turn of a loop.
            Vector512<byte> table = Vector512.Create(
                NibblesLow, NibblesHigh, NibblesLow, NibblesHigh, NibblesLow, NibblesHigh, NibblesLow, NibblesHigh).AsByte();
            Vector512<byte> low = Vector512.Create((byte)0x0F);
            return Avx512BW.Shuffle(table, v.AsByte() & low) + Avx512BW.Shuffle(table, (v >>> 4).AsByte() & low);
        }

        v -= (v >>> 1) & Vector512.Create(0x5555_5555u);
        v = (v & Vector512.Create(0x3333_3333u)) + ((v >>> 2) & Vector512.Create(0x3333_3333u));
        return ((v + (v >>> 4)) & Vector512.Create(0x0F0F_0F0Fu)).AsByte();
    }

    /// <inheritdoc cref="CountBytes(Vector512{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> CountBytes(Vector256<uint> v)
    {
        if (Avx2.IsSupported)
        {
            Vector256<byte> table = Vector256.Create(NibblesLow, NibblesHigh, NibblesLow, NibblesHigh).AsByte();
            Vector256<byte> low = Vector256.Create((byte)0x0F);
            return Avx2.Shuffle(table, v.AsByte() & low) + Avx2.Shuffle(table, (v >>> 4).AsByte() & low);
        }

        v -= (v >>> 1) & Vector256.Create(0x5555_5555u);
        v = (v & Vector256.Create(0x3333_3333u)) + ((v >>> 2) & Vector256.Create(0x3333_3333u));
        return ((v + (v >>> 4)) & Vector256.Create(0x0F0F_0F0Fu)).AsByte();
    }

    /// <summary>The sum of the four bytes of each word, at most 1020.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> SumBytes(Vector512<byte> v)
    {
        if (Avx512BW.IsSupported)
        {
            return Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(v, Vector512<sbyte>.One), Vector512<short>.One);
        }

        Vector512<uint> w = v.AsUInt32();
        Vector512<uint> pairs = (w & Vector512.Create(0x00FF_00FFu)) + ((w >>> 8) & Vector512.Create(0x00FF_00FFu));
        return ((pairs + (pairs >>> 16)) & Vector512.Create(0xFFFFu)).AsInt32();
    }

    /// <inheritdoc cref="SumBytes(Vector512{byte})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> SumBytes(Vector256<byte> v)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(v, Vector256<sbyte>.One), Vector256<short>.One);
        }

        Vector256<uint> w = v.AsUInt32();
        Vector256<uint> pairs = (w & Vector256.Create(0x00FF_00FFu)) + ((w >>> 8) & Vector256.Create(0x00FF_00FFu));
        return ((pairs + (pairs >>> 16)) & Vector256.Create(0xFFFFu)).AsInt32();
    }
}
