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
    private const int BlocksAhead = 16;
    private const int WordsAhead = BlocksAhead * Lanes;
    private const int WordsOfSearch = 64;

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
        Span<uint> made = stackalloc uint[WordsAhead];
        Span<uint> open = stackalloc uint[WordsAhead];
        Span<uint> digits = stackalloc uint[Digits];
        for (int k = 0; k < Digits; k++)
        {
            // The k-th binary digit of the first byte, from the highest on, in all bits of a word.
            digits[k] = 0 - ((first >> (Digits - 1 - k)) & 1);
        }

        int tied = 0;
        for (int start = 0; start < bits.Length; start += WordsAhead)
        {
            Span<uint> some = bits[start..Math.Min(start + WordsAhead, bits.Length)];
            Span<uint> to = some.Length == WordsAhead ? some : made;
            int blocks = (some.Length + Lanes - 1) / Lanes;
            RandomWords.Fill(at, random[..(blocks * WordsOfBlock)], (ulong)start * Digits / Threefry.GroupWords);
            for (int b = 0; b < blocks; b++)
            {
                Compare(random.Slice(b * WordsOfBlock, WordsOfBlock), digits, to[(b * Lanes)..], open[(b * Lanes)..]);
            }

            if (rest > 0)
            {
                tied = Settle(at, rest, tied, open[..some.Length], to, ties);
            }

            if (some.Length < WordsAhead)
            {
                made[..some.Length].CopyTo(some);
            }
        }
    }

    // Gives every open bit a word of its own; returns how many there have been so far.
    private static int Settle(in RandomAddress at, uint rest, int tied, ReadOnlySpan<uint> open, Span<uint> to, Span<uint> ties)
    {
        ref uint bits = ref MemoryMarshal.GetReference(to);
        for (int start = 0; start < open.Length; start += WordsOfSearch)
        {
            ReadOnlySpan<uint> some = open.Slice(start, Math.Min(WordsOfSearch, open.Length - start));
            for (ulong words = WithOpenBits(some); words != 0; words &= words - 1)
            {
                int l = BitOperations.TrailingZeroCount(words);
                uint set = 0;
                for (uint left = some[l]; left != 0; left &= left - 1)
                {
                    int n = tied++ % Threefry.GroupWords;
                    if (n == 0)
                    {
                        RandomWords.Fill(at, ties, TieRegion + ((ulong)tied / Threefry.GroupWords));
                    }

                    // All bits set where the word is below; a branch on it would be guessed wrong half of the time.
                    uint isBelow = (uint)((int)((ties[n] >> Digits) - rest) >> 31);
                    set |= left & (0 - left) & isBelow;
                }

                Unsafe.Add(ref bits, start + l) |= set;
            }
        }

        return tied;
    }

    // One bit for each of up to 64 words, set where the word is not zero.
    private static ulong WithOpenBits(ReadOnlySpan<uint> open)
    {
        ulong words = 0;
        int n = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; n <= open.Length - 8; n += 8)
            {
                Vector256<uint> none = Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(open), (nuint)n), Vector256<uint>.Zero);
                words |= (ulong)(byte)~none.ExtractMostSignificantBits() << n;
            }
        }

        for (; n < open.Length; n++)
        {
            words |= open[n] != 0 ? 1UL << n : 0;
        }

        return words;
    }

    // Sets the bits whose digits are below those of the probability, and leaves open those that equal them.
    private static void Compare(ReadOnlySpan<uint> random, ReadOnlySpan<uint> digits, Span<uint> below, Span<uint> open)
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
            return;
        }

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
            }

            return;
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
        }
    }
}
