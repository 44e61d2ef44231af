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
    private const int MostGroups = 8; // that are settled at once
    private const int LongsOfGroup = Threefry.GroupWords / DigitsOfLevel / 2; // that are made of a group of random words
    private const int MostLongs = MostGroups * LongsOfGroup;
    private const int WordsOfGroup = 2 * LongsOfGroup;
    private const int BitsOfEightBytes = 57; // that are there for certain from any bit of the first byte on

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

        Span<ulong> kept = stackalloc ulong[Levels * Level.Room];
        Span<Level> levels = stackalloc Level[Levels];
        levels.Clear();
        Streams streams = new(at, (uint)(probability * (double)(1UL << Digits)), levels, kept);
        int whole = bits.Length - (bits.Length % WordsOfGroup);
        streams.Make(0, MemoryMarshal.Cast<uint, ulong>(bits[..whole]));
        if (whole < bits.Length)
        {
            Span<ulong> last = stackalloc ulong[LongsOfGroup];
            streams.Make(0, last);
            MemoryMarshal.Cast<ulong, uint>(last)[..(bits.Length - whole)].CopyTo(bits[whole..]);
        }
    }

    // Draws a group of random words and compares the digits of a level with them: which bits are below those of the probability, and which
    // are open. By itself, as the rounds fill the registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void Compare(in Threefry.Key key, in RandomAddress at, ulong group, uint digits, ref ulong belowNumbers, ref ulong openNumbers)
    {
        ref uint below = ref Unsafe.As<ulong, uint>(ref belowNumbers), open = ref Unsafe.As<ulong, uint>(ref openNumbers);

        // Digits of the probability from the highest on, each in all bits of a word.
        uint first = (uint)((int)digits >> 31), second = (uint)((int)(digits << 1) >> 31);
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            Threefry.Group(key, at.Step, group, out var a, out var b, out var c, out var d);
            Compare(a, b, first, second, ref below, ref open, 0);
            Compare(c, d, first, second, ref below, ref open, Lanes);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Threefry.Halves(key, at.Step, group, out var a, out var b, out var c, out var d);
            Compare(a.V0, b.V0, first, second, ref below, ref open, 0);
            Compare(a.V1, b.V1, first, second, ref below, ref open, Lanes / 2);
            Compare(c.V0, d.V0, first, second, ref below, ref open, Lanes);
            Compare(c.V1, d.V1, first, second, ref below, ref open, Lanes + (Lanes / 2));
        }
        else
        {
            Span<uint> random = stackalloc uint[Threefry.GroupWords];
            RandomWords.Group(key, at, group, ref MemoryMarshal.GetReference(random));
            for (int l = 0; l < WordsOfGroup; l++)
            {
                int digit = l + (l & ~(Lanes - 1));
                uint differs = random[digit] ^ first, nextDiffers = random[digit + Lanes] ^ second;
                Unsafe.Add(ref below, l) = (differs & first) | (~differs & nextDiffers & second);
                Unsafe.Add(ref open, l) = ~(differs | nextDiffers);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(Vector512<uint> high, Vector512<uint> low, uint first, uint second, ref uint below, ref uint open, nuint word)
    {
        Vector512<uint> f = Vector512.Create(first), s = Vector512.Create(second), differs = high ^ f, nextDiffers = low ^ s;
        ((differs & f) | (~differs & nextDiffers & s)).StoreUnsafe(ref below, word);
        (~(differs | nextDiffers)).StoreUnsafe(ref open, word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(Vector256<uint> high, Vector256<uint> low, uint first, uint second, ref uint below, ref uint open, nuint word)
    {
        Vector256<uint> f = Vector256.Create(first), s = Vector256.Create(second), differs = high ^ f, nextDiffers = low ^ s;
        ((differs & f) | (~differs & nextDiffers & s)).StoreUnsafe(ref below, word);
        (~(differs | nextDiffers)).StoreUnsafe(ref open, word);
    }

    // Joins bits that are settled with those that are kept, in turn, for the open ones, from the given number on; stops at one for which they
    // are too few. Which are open comes first, MostLongs behind it which of the others are set. By itself, so that nothing is spilled for the call that makes more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Settle(ReadOnlySpan<ulong> compared, Span<ulong> bits, int first, ref ulong kept, ref Level stream)
    {
        ref ulong open = ref MemoryMarshal.GetReference(compared);
        ref ulong to = ref MemoryMarshal.GetReference(bits);
        uint used = stream.Used, end = stream.End;
        nuint n = (nuint)first, length = (nuint)bits.Length;

        // As long as enough are kept for a read, from which two numbers take theirs.
        for (; n + 2 <= length && used + BitsOfEightBytes <= end; n += 2)
        {
            ulong a = Unsafe.Add(ref open, n), b = Unsafe.Add(ref open, n + 1), next = FromByteOn(ref kept, used);
            uint ofA = Count(a), ofTwo = ofA + Count(b);
            if (ofTwo > BitsOfEightBytes)
            {
                break;
            }

            Unsafe.Add(ref to, n) = Deposit(next, a) | Unsafe.Add(ref open, n + MostLongs);
            Unsafe.Add(ref to, n + 1) = Deposit(next >> (int)ofA, b) | Unsafe.Add(ref open, n + MostLongs + 1);
            used += ofTwo;
        }

        for (; n < length; n++)
        {
            ulong here = Unsafe.Add(ref open, n);
            if (used + Count(here) > end)
            {
                break;
            }

            Unsafe.Add(ref to, n) = Deposit(Next(ref kept, used), here) | Unsafe.Add(ref open, n + MostLongs);
            used += Count(here);
        }

        stream.Used = used;
        return (int)n;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Count(ulong bits) => (uint)BitOperations.PopCount(bits);

    // At least the next 57 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FromByteOn(ref ulong bits, uint first) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref Unsafe.As<ulong, byte>(ref bits), first / 8)) >> (int)(first % 8);

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
        /// <summary>Groups of a level that are made at once: level 1 makes as many as are settled at once, as its bits are the most that are taken.</summary>
        public static int Groups(int level) => level == 1 ? MostGroups : 1;

        /// <summary>Numbers in which bits of a level are kept: what is left over, its groups, and two that are read beyond.</summary>
        public const int Room = 1 + (MostGroups * LongsOfGroup) + 2;

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
        private readonly Threefry.Key key = new(at);
        private readonly Span<Level> levels = levels;
        private readonly Span<ulong> kept = kept;

        /// <summary>Makes the next bits of a level.</summary>
        /// <param name="level">The level.</param>
        /// <param name="bits">Receives them, whole groups.</param>
        [SkipLocalsInit]
        public void Make(int level, Span<ulong> bits)
        {
            Span<ulong> compared = stackalloc ulong[2 * MostLongs]; // which bits are open, then which are below
            ref ulong open = ref MemoryMarshal.GetReference(compared), below = ref Unsafe.Add(ref open, MostLongs);
            uint digits = probability << (DigitsOfLevel * level);
            bool last = digits << DigitsOfLevel == 0; // what is open then equals the probability, and is not below it
            ulong group = ((ulong)level << LevelShift) + levels[level].Group;
            levels[level].Group += (ulong)(bits.Length / LongsOfGroup);
            for (int length; bits.Length > 0; bits = bits[length..])
            {
                length = Math.Min(MostLongs, bits.Length);
                for (int n = 0; n < length; n += LongsOfGroup)
                {
                    Compare(key, at, group++, digits, ref Unsafe.Add(ref below, n), ref Unsafe.Add(ref open, n));
                }

                if (last)
                {
                    compared.Slice(MostLongs, length).CopyTo(bits);
                }
                else
                {
                    Settle(level + 1, compared, bits[..length]);
                }
            }
        }

        private void Settle(int level, ReadOnlySpan<ulong> compared, Span<ulong> bits)
        {
            int settled = 0;
            ref Level stream = ref levels[level];
            while ((settled = BernoulliBits.Settle(compared, bits, settled, ref kept[level * Level.Room], ref stream)) < bits.Length)
            {
                KeepMore(level, ref stream);
            }
        }

        // Bits that are left over, fewer than 64, move before the new ones.
        private void KeepMore(int level, ref Level stream)
        {
            int longs = LongsOfGroup * Level.Groups(level), left = (int)(stream.End - stream.Used);
            Span<ulong> mine = kept.Slice(level * Level.Room, Level.Room);
            mine[0] = left > 0 ? Next(ref mine[0], stream.Used) << (64 - left) : 0;
            Make(level, mine.Slice(1, longs));
            stream.Used = (uint)(64 - left);
            stream.End = (uint)(64 * (1 + longs));
        }
    }
}
