using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Signs as bits, 32 to a word: bit j of word j / 32 is set where the sign of number j is +1. Unused high bits are zero.</summary>
/// <remarks>Everything here is exact, and so the same at every vector width.</remarks>
public static class SignBits
{
    private const int WordBits = 32;
    private const uint SignBit = 0x8000_0000;

    /// <summary>Words that hold so many signs.</summary>
    /// <param name="signs">Number of signs, at least 0.</param>
    public static int Words(int signs) => (signs + WordBits - 1) / WordBits;

    /// <summary>Packs the signs of numbers: +1 where a number is not below zero, so that sign(0) = +1.</summary>
    /// <param name="values">Finite numbers, shape [n].</param>
    /// <param name="words">Receives the bits, shape [<see cref="Words"/>(n)].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Pack(ReadOnlySpan<float> values, Span<uint> words)
    {
        ThrowHelper.RequireLength(nameof(words), Words(values.Length), words.Length);
        ref float from = ref MemoryMarshal.GetReference(values);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j <= values.Length - WordBits; j += WordBits)
            {
                words[j / WordBits] = ~(Below(Vector512.LoadUnsafe(ref from, (nuint)j)) | (Below(Vector512.LoadUnsafe(ref from, (nuint)j + 16)) << 16));
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= values.Length - WordBits; j += WordBits)
            {
                uint below = 0;
                for (int part = 0; part < WordBits; part += 8)
                {
                    below |= Vector256.LessThan(Vector256.LoadUnsafe(ref from, (nuint)(j + part)), Vector256<float>.Zero).ExtractMostSignificantBits() << part;
                }

                words[j / WordBits] = ~below;
            }
        }

        words[(j / WordBits)..].Clear();
        for (; j < values.Length; j++)
        {
            words[j / WordBits] |= values[j] < 0 ? 0u : 1u << (j % WordBits);
        }
    }

    /// <summary>Writes the signs as numbers.</summary>
    /// <param name="words">The bits, shape [<see cref="Words"/>(n)].</param>
    /// <param name="signs">Receives +1 or -1, shape [n].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Expand(ReadOnlySpan<uint> words, Span<float> signs)
    {
        ThrowHelper.RequireLength(nameof(words), Words(signs.Length), words.Length);
        ref float to = ref MemoryMarshal.GetReference(signs);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<uint> places = Vector512.Create(Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128), Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128) << 8);
            for (; j <= signs.Length - 16; j += 16)
            {
                Vector512<uint> bits = Vector512.Create(words[j / WordBits] >> (j % WordBits)) & places;
                Vector512<float> minus = (Vector512.Equals(bits, Vector512<uint>.Zero) & Vector512.Create(SignBit)).AsSingle();
                (minus | Vector512<float>.One).StoreUnsafe(ref to, (nuint)j);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<uint> places = Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128);
            for (; j <= signs.Length - 8; j += 8)
            {
                Vector256<uint> bits = Vector256.Create(words[j / WordBits] >> (j % WordBits)) & places;
                Vector256<float> minus = (Vector256.Equals(bits, Vector256<uint>.Zero) & Vector256.Create(SignBit)).AsSingle();
                (minus | Vector256<float>.One).StoreUnsafe(ref to, (nuint)j);
            }
        }

        for (; j < signs.Length; j++)
        {
            signs[j] = (words[j / WordBits] >> (j % WordBits) & 1) != 0 ? 1 : -1;
        }
    }

    /// <summary>Turns rows of bits into columns: bit i of row j of the result is bit j of row i.</summary>
    /// <param name="bits">Shape [rows, <see cref="Words"/>(columns)].</param>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="columns">Bits of a row, at least 0.</param>
    /// <param name="transposed">Receives shape [columns, <see cref="Words"/>(rows)].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Transpose(ReadOnlySpan<uint> bits, int rows, int columns, Span<uint> transposed)
    {
        int from = Words(columns), to = Words(rows);
        ThrowHelper.RequireAtLeast(nameof(rows), 0, rows);
        ThrowHelper.RequireAtLeast(nameof(columns), 0, columns);
        ThrowHelper.RequireLength(nameof(bits), rows * from, bits.Length);
        ThrowHelper.RequireLength(nameof(transposed), columns * to, transposed.Length);
        Span<uint> square = stackalloc uint[WordBits];
        for (int i = 0; i < rows; i += WordBits)
        {
            int height = Math.Min(WordBits, rows - i);
            for (int j = 0; j < columns; j += WordBits)
            {
                square.Clear();
                for (int k = 0; k < height; k++)
                {
                    square[k] = bits[((i + k) * from) + (j / WordBits)];
                }

                Transpose(square);
                for (int k = 0; k < Math.Min(WordBits, columns - j); k++)
                {
                    transposed[((j + k) * to) + (i / WordBits)] = square[k];
                }
            }
        }
    }

    /// <summary>Counts the signs in which a vector differs from each of several: with n signs, Σ a_j b_j = n - 2 differences.</summary>
    /// <param name="a">The bits of one vector, shape [words].</param>
    /// <param name="others">The bits of the others, shape [vectors, words].</param>
    /// <param name="differences">Receives the counts, shape [vectors].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void CountDifferences(ReadOnlySpan<uint> a, ReadOnlySpan<uint> others, Span<int> differences)
    {
        ThrowHelper.RequireLength(nameof(others), a.Length * differences.Length, others.Length);
        int b = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; b <= differences.Length - 4; b += 4)
            {
                FourDifferences(a, others.Slice(b * a.Length, 4 * a.Length), differences.Slice(b, 4));
            }
        }

        for (; b < differences.Length; b++)
        {
            differences[b] = Differences(a, others.Slice(b * a.Length, a.Length));
        }
    }

    // The words of a are read once for four others.
    private static void FourDifferences(ReadOnlySpan<uint> a, ReadOnlySpan<uint> others, Span<int> differences)
    {
        ref uint from = ref MemoryMarshal.GetReference(a);
        ref uint other = ref MemoryMarshal.GetReference(others);
        nuint n = (nuint)a.Length, j = 0;
        Vector512<int> sum0 = Vector512<int>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        while (j + 16 <= n)
        {
            Vector512<byte> c0 = Vector512<byte>.Zero, c1 = c0, c2 = c0, c3 = c0;
            nuint end = Math.Min(n, j + (16 * Bits.MaxWords));
            for (; j + 16 <= end; j += 16)
            {
                Vector512<uint> v = Vector512.LoadUnsafe(ref from, j);
                c0 += Bits.CountBytes(v ^ Vector512.LoadUnsafe(ref other, j));
                c1 += Bits.CountBytes(v ^ Vector512.LoadUnsafe(ref other, n + j));
                c2 += Bits.CountBytes(v ^ Vector512.LoadUnsafe(ref other, (2 * n) + j));
                c3 += Bits.CountBytes(v ^ Vector512.LoadUnsafe(ref other, (3 * n) + j));
            }

            sum0 += Bits.SumBytes(c0);
            sum1 += Bits.SumBytes(c1);
            sum2 += Bits.SumBytes(c2);
            sum3 += Bits.SumBytes(c3);
        }

        differences[0] = Vector512.Sum(sum0);
        differences[1] = Vector512.Sum(sum1);
        differences[2] = Vector512.Sum(sum2);
        differences[3] = Vector512.Sum(sum3);
        for (int w = (int)j; w < a.Length; w++)
        {
            for (int b = 0; b < 4; b++)
            {
                differences[b] += BitOperations.PopCount(a[w] ^ others[(b * a.Length) + w]);
            }
        }
    }

    private static int Differences(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        ref uint x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        int count = 0, j = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<int> sum = Vector256<int>.Zero;
            for (; j <= a.Length - 8; j += 8)
            {
                sum += Bits.SumBytes(Bits.CountBytes(Vector256.LoadUnsafe(ref x, (nuint)j) ^ Vector256.LoadUnsafe(ref y, (nuint)j)));
            }

            count = Vector256.Sum(sum);
        }

        for (; j < a.Length; j++)
        {
            count += BitOperations.PopCount(a[j] ^ b[j]);
        }

        return count;
    }

    // Exchanges halves of sixteen rows and columns, then quarters, and so on.
    private static void Transpose(Span<uint> square)
    {
        uint mask = 0x0000_FFFF;
        for (int half = 16; half > 0; half >>= 1, mask ^= mask << half)
        {
            for (int k = 0; k < WordBits; k = (k + half + 1) & ~half)
            {
                uint swap = ((square[k] >> half) ^ square[k + half]) & mask;
                square[k + half] ^= swap;
                square[k] ^= swap << half;
            }
        }
    }

    private static uint Below(Vector512<float> v) => (uint)Vector512.LessThan(v, Vector512<float>.Zero).ExtractMostSignificantBits();
}
