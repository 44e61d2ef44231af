using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Packed independent bits that are all set with one probability.</summary>
/// <remarks>
/// Bit n of a random word is a binary digit of a fraction, which bit n of the result compares with the probability. Two digits settle three
/// bits of four. Those they leave open are again set with one probability, that of the digits behind, and take the bits of a second stream in
/// turn, which is made in the same way: 2.67 random bits for each bit of the result, however small the probability.
/// </remarks>
public static class BernoulliBits
{
    private const int Digits = 32; // of a probability
    private const int DigitsOfLevel = 2;
    private const int Levels = Digits / DigitsOfLevel;
    private const int LevelShift = 55; // log2 of the groups of random words from one level to the next
    private const int Lanes = 16; // words that are made together
    private const int LongsOfGroup = Threefry.GroupWords / DigitsOfLevel / 2; // that are made of a group of random words
    private const int WordsOfLong = 2 * DigitsOfLevel; // random ones
    private const int LongsAtOnce = 16 * LongsOfGroup; // of the result

    /// <summary>Fills a span with bits that are set with one probability, each on its own.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="probability">In [0, 1]; exact to 2⁻³².</param>
    /// <param name="bits">Receives 32 bits a word, any length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    /// <remarks>
    /// Level 0 makes the result. Words 32 g to 32 g + 31 of level k take digits 2 k and 2 k + 1 from group 2⁵⁵ k + g of random words: the first
    /// sixteen their digit 2 k from sixteen words, 2 k + 1 from the next; then likewise the others. The n-th bit, by words from the lowest on,
    /// that level k leaves open is bit n of level k + 1. Exact at every vector width.
    /// </remarks>
    [SkipLocalsInit] // what is read has been written before
    public static void Fill(in RandomAddress at, float probability, Span<uint> bits)
    {
        ThrowHelper.RequireInRange(nameof(probability), 0, 1, probability);
        if (probability == 1)
        {
            bits.Fill(uint.MaxValue);
            return;
        }

        Span<ulong> made = stackalloc ulong[LongsAtOnce], open = stackalloc ulong[LongsAtOnce];
        Span<uint> random = stackalloc uint[WordsOfLong * LongsAtOnce];
        Span<ulong> kept = stackalloc ulong[Levels * Level.Room];
        Span<Level> levels = stackalloc Level[Levels];
        levels.Clear();
        Streams streams = new(at, (uint)(probability * (double)(1UL << Digits)), levels, kept);
        for (int start = 0; start < bits.Length; start += 2 * LongsAtOnce)
        {
            Span<uint> some = bits[start..Math.Min(start + (2 * LongsAtOnce), bits.Length)];
            if (some.Length == 2 * LongsAtOnce)
            {
                streams.Make(0, MemoryMarshal.Cast<uint, ulong>(some), open, random);
                continue;
            }

            streams.Make(0, made[..((((some.Length - 1) / (2 * LongsOfGroup)) + 1) * LongsOfGroup)], open, random);
            MemoryMarshal.Cast<ulong, uint>(made)[..some.Length].CopyTo(some);
        }
    }

    // Compares the digits of a level: which bits are below those of the probability, and which are open.
    private static void Compare(ReadOnlySpan<uint> random, uint digits, Span<ulong> below, Span<ulong> open)
    {
        ref uint from = ref MemoryMarshal.GetReference(random);
        ref uint toBelow = ref Unsafe.As<ulong, uint>(ref MemoryMarshal.GetReference(below));
        ref uint toOpen = ref Unsafe.As<ulong, uint>(ref MemoryMarshal.GetReference(open));

        // Digits of the probability from the highest on, each in all bits of a word.
        uint first = (uint)((int)digits >> 31), second = (uint)((int)(digits << 1) >> 31);
        for (nuint n = 0, to = 0; n < (nuint)random.Length; n += DigitsOfLevel * Lanes, to += Lanes)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Vector512<uint> less = Vector512<uint>.Zero, same = Vector512<uint>.AllBitsSet;
                Compare(Vector512.LoadUnsafe(ref from, n), first, ref less, ref same);
                Compare(Vector512.LoadUnsafe(ref from, n + Lanes), second, ref less, ref same);
                less.StoreUnsafe(ref toBelow, to);
                same.StoreUnsafe(ref toOpen, to);
                continue;
            }

            for (nuint l = 0; l < Lanes; l += (nuint)Vector128<uint>.Count)
            {
                Vector128<uint> less = Vector128<uint>.Zero, same = Vector128<uint>.AllBitsSet;
                Compare(Vector128.LoadUnsafe(ref from, n + l), first, ref less, ref same);
                Compare(Vector128.LoadUnsafe(ref from, n + l + Lanes), second, ref less, ref same);
                less.StoreUnsafe(ref toBelow, to + l);
                same.StoreUnsafe(ref toOpen, to + l);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(Vector512<uint> random, uint digit, ref Vector512<uint> less, ref Vector512<uint> same)
    {
        Vector512<uint> d = Vector512.Create(digit);
        less |= same & ~random & d;
        same &= ~(random ^ d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(Vector128<uint> random, uint digit, ref Vector128<uint> less, ref Vector128<uint> same)
    {
        Vector128<uint> d = Vector128.Create(digit);
        less |= same & ~random & d;
        same &= ~(random ^ d);
    }

    // Gives open bits those that are kept, in turn, from the given number on; stops at one for which they are too few. By itself, so that
    // nothing is spilled for the call that makes more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Settle(ReadOnlySpan<ulong> open, Span<ulong> bits, int first, ref ulong kept, ref Level stream)
    {
        ref ulong places = ref MemoryMarshal.GetReference(open);
        ref ulong to = ref MemoryMarshal.GetReference(bits);
        uint used = stream.Used, end = stream.End;
        nuint n = (nuint)first;
        for (; n < (nuint)bits.Length; n++)
        {
            ulong here = Unsafe.Add(ref places, n);
            uint count = (uint)BitOperations.PopCount(here);
            if (end - used < count)
            {
                break;
            }

            Unsafe.Add(ref to, n) |= Deposit(Next(ref kept, used), here);
            used += count;
        }

        stream.Used = used;
        return (int)n;
    }

    // The 64 bits from the given one on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Next(ref ulong bits, uint first)
    {
        ref ulong from = ref Unsafe.Add(ref bits, first / 64);
        return (from >> (int)first) | (Unsafe.Add(ref from, 1) << 1 << (int)~first);
    }

    // The lowest bits of a number, one to each place that a mask marks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Deposit(ulong bits, ulong places)
    {
        if (Bmi2.X64.IsSupported)
        {
            return Bmi2.X64.ParallelBitDeposit(bits, places);
        }

        ulong placed = 0;
        for (; places != 0; places &= places - 1, bits >>= 1)
        {
            placed |= (places & (0 - places)) & (0 - (bits & 1));
        }

        return placed;
    }

    // Where one level stands, and which of its bits are kept.
    private struct Level
    {
        /// <summary>Numbers in which bits of a level are kept: what is left over, a group, and two that are read beyond.</summary>
        public const int Room = 1 + LongsOfGroup + 2;

        /// <summary>Its next group.</summary>
        public ulong Group;

        /// <summary>Kept bits that have been used.</summary>
        public uint Used;

        /// <summary>Kept bits.</summary>
        public uint End;
    }

    private readonly ref struct Streams(RandomAddress at, uint probability, Span<Level> levels, Span<ulong> kept)
    {
        private readonly RandomAddress at = at;
        private readonly Span<Level> levels = levels;
        private readonly Span<ulong> kept = kept;

        /// <summary>Makes the next bits of a level, whole groups.</summary>
        /// <param name="level">The level.</param>
        /// <param name="bits">Receives them.</param>
        /// <param name="open">Room for as many.</param>
        /// <param name="random">Room for the random words.</param>
        public void Make(int level, Span<ulong> bits, Span<ulong> open, Span<uint> random)
        {
            random = random[..(WordsOfLong * bits.Length)];
            RandomWords.Fill(at, random, ((ulong)level << LevelShift) + levels[level].Group);
            levels[level].Group += (ulong)(bits.Length / LongsOfGroup);
            uint digits = probability << (DigitsOfLevel * level);
            Compare(random, digits, bits, open);
            if (digits << DigitsOfLevel == 0)
            {
                return; // what is open equals the probability, and is not below it
            }

            int next = level + 1, settled = 0;
            ref Level stream = ref levels[next];
            while ((settled = Settle(open, bits, settled, ref kept[next * Level.Room], ref stream)) < bits.Length)
            {
                KeepMore(next, ref stream);
            }
        }

        // Bits that are left over, fewer than 64, move before the new ones.
        [SkipLocalsInit]
        private void KeepMore(int level, ref Level stream)
        {
            Span<ulong> mine = kept.Slice(level * Level.Room, Level.Room), open = stackalloc ulong[LongsOfGroup];
            Span<uint> random = stackalloc uint[Threefry.GroupWords];
            int left = (int)(stream.End - stream.Used);
            mine[0] = left > 0 ? Next(ref mine[0], stream.Used) << (64 - left) : 0;
            Make(level, mine.Slice(1, LongsOfGroup), open, random);
            stream.Used = (uint)(64 - left);
            stream.End = 64 * (1 + LongsOfGroup);
        }
    }
}
