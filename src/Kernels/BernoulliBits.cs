using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Packed independent bits that are all set with one probability.</summary>
/// <remarks>
/// Bit-sliced: bit n of a random word is the next binary digit of the fraction that bit n of the result compares with the probability, so
/// that a word settles one digit of 32 fractions. Most are settled by eight digits; the others, 2 of 512, take 24 more.
/// </remarks>
public static class BernoulliBits
{
    private const int Lanes = 16; // words that are made together
    private const int Digits = 8;
    private const int WordsOfBlock = Digits * Lanes;
    private const int BlocksAhead = 8;

    // Ties draw from groups of the counter that digits never reach.
    private const ulong TieRegion = 1UL << 59;

    /// <summary>Fills a span with bits that are set with one probability, each on its own.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="probability">In [0, 1]; exact to 2⁻³².</param>
    /// <param name="bits">Receives 32 bits a word, any length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    /// <remarks>
    /// Words 16 b to 16 b + 15 take the random words 128 b to 128 b + 127, sixteen for each of eight digits; the n-th bit, by words from the
    /// lowest bit on, that they leave open takes the n-th word of another region. Exact at every vector width.
    /// </remarks>
    [SkipLocalsInit] // every word that is read has been drawn before
    public static void Fill(in RandomAddress at, float probability, Span<uint> bits)
    {
        ThrowHelper.RequireInRange(nameof(probability), 0, 1, probability);
        uint first = Math.Min((uint)(probability * 256), 255);
        uint rest = (uint)(((probability * 256) - first) * 16777216f);
        Span<uint> random = stackalloc uint[BlocksAhead * WordsOfBlock];
        Span<uint> ties = stackalloc uint[Threefry.GroupWords];
        Span<uint> made = stackalloc uint[Lanes];
        Span<uint> open = stackalloc uint[Lanes];
        Span<uint> digits = stackalloc uint[Digits];
        for (int k = 0; k < Digits; k++)
        {
            // The k-th binary digit of the first byte, from the highest on, in all bits of a word.
            digits[k] = 0 - ((first >> (Digits - 1 - k)) & 1);
        }

        int tied = 0, block = 0;
        for (int start = 0; start < bits.Length; start += Lanes, block++)
        {
            int ahead = block % BlocksAhead;
            if (ahead == 0)
            {
                int blocks = Math.Min(BlocksAhead, (bits.Length - start + Lanes - 1) / Lanes);
                RandomWords.Fill(at, random[..(blocks * WordsOfBlock)], (ulong)block * WordsOfBlock / Threefry.GroupWords);
            }

            Span<uint> some = bits[start..Math.Min(start + Lanes, bits.Length)];
            Span<uint> to = some.Length == Lanes ? some : made;
            uint lanes = Compare(random.Slice(ahead * WordsOfBlock, WordsOfBlock), digits, to, open);
            for (uint laneBits = rest > 0 ? lanes & ((1u << some.Length) - 1) : 0; laneBits != 0; laneBits &= laneBits - 1)
            {
                int l = BitOperations.TrailingZeroCount(laneBits);
                for (uint left = open[l]; left != 0; left &= left - 1)
                {
                    int n = tied++ % Threefry.GroupWords;
                    if (n == 0)
                    {
                        RandomWords.Fill(at, ties, TieRegion + ((ulong)tied / Threefry.GroupWords));
                    }

                    to[l] |= ties[n] >> 8 < rest ? left & (0 - left) : 0;
                }
            }

            if (some.Length < Lanes)
            {
                made[..some.Length].CopyTo(some);
            }
        }
    }

    // Sets the bits whose digits are below those of the probability, and leaves open those that equal them; returns the words with some.
    private static uint Compare(ReadOnlySpan<uint> random, ReadOnlySpan<uint> digits, Span<uint> below, Span<uint> open)
    {
        ref uint from = ref MemoryMarshal.GetReference(random);
        ref uint digit = ref MemoryMarshal.GetReference(digits);
        ref uint to = ref MemoryMarshal.GetReference(below);
        ref uint equal = ref MemoryMarshal.GetReference(open);
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<uint> less = Vector512<uint>.Zero, same = Vector512<uint>.AllBitsSet;
            for (int k = 0; k < Digits; k++)
            {
                Vector512<uint> w = Vector512.LoadUnsafe(ref from, (nuint)(k * Lanes)), d = Vector512.Create(Unsafe.Add(ref digit, k));
                less |= same & ~w & d;
                same &= ~(w ^ d);
            }

            less.StoreUnsafe(ref to);
            same.StoreUnsafe(ref equal);
            return (uint)(~Vector512.Equals(same, Vector512<uint>.Zero)).ExtractMostSignificantBits();
        }

        uint lanes = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (int half = 0; half < Lanes; half += 8)
            {
                Vector256<uint> less = Vector256<uint>.Zero, same = Vector256<uint>.AllBitsSet;
                for (int k = 0; k < Digits; k++)
                {
                    Vector256<uint> w = Vector256.LoadUnsafe(ref from, (nuint)((k * Lanes) + half)), d = Vector256.Create(Unsafe.Add(ref digit, k));
                    less |= same & ~w & d;
                    same &= ~(w ^ d);
                }

                less.StoreUnsafe(ref to, (nuint)half);
                same.StoreUnsafe(ref equal, (nuint)half);
                lanes |= (~Vector256.Equals(same, Vector256<uint>.Zero)).ExtractMostSignificantBits() << half;
            }

            return lanes;
        }

        for (int l = 0; l < Lanes; l++)
        {
            uint less = 0, same = uint.MaxValue;
            for (int k = 0; k < Digits; k++)
            {
                uint w = random[(k * Lanes) + l];
                less |= same & ~w & digits[k];
                same &= ~(w ^ digits[k]);
            }

            below[l] = less;
            open[l] = same;
            lanes |= same != 0 ? 1u << l : 0;
        }

        return lanes;
    }
}
