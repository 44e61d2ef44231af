using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <content>Drawing 64 lines at a time.</content>
public static partial class PulseTrains
{
    // Lines drawn together: one random byte each is a 512-bit vector.
    private const int Lines = 64;

    private const int SlotsAtATime = 8;

    // A group of 64 words holds the random bytes of four slots.
    private const int SlotsInGroup = Threefry.GroupWords * sizeof(uint) / Lines;

    // Slots whose bytes are drawn ahead, and slots for which there is room.
    private const int SlotsAhead = 32, SlotsKept = 2 * SlotsAhead;

    // Room for ties: they are settled once less than two whole vectors of lines fit.
    private const int TiesKept = 256, TiesSettled = TiesKept - (2 * Lines);

    // Ties draw from groups of the counter that slots never reach.
    private const ulong TieRegion = 1UL << 59;

    // A probability in units of 2^-32. Numbers below 1 end in eight zero bits at least, so that all ones stand for 1 alone.
    private const float TwoTo32 = 4294967296f;

    // For each of eight slots, its bit for each of 64 lines.
    private static readonly byte[] BitOfSlot = [.. from n in Enumerable.Range(0, SlotsAtATime * Lines) select (byte)(1 << (n / Lines))];

    // Lines that tie in one or more of eight slots, in the order in which they take tie words.
    private readonly ref struct TieLists(Span<int> starts, Span<int> froms, Span<byte> lines, Span<byte> slots)
    {
        public readonly ref int Starts = ref MemoryMarshal.GetReference(starts); // the first of the 64 lines
        public readonly ref int Froms = ref MemoryMarshal.GetReference(froms); // the first of the eight slots
        public readonly ref byte Lines = ref MemoryMarshal.GetReference(lines); // which of the 64
        public readonly ref byte Slots = ref MemoryMarshal.GetReference(slots); // which of the eight, one bit each
    }

    // Slot s of the g-th 64 lines takes the random bytes 64 (g BL + s) to 64 (g BL + s) + 63; the n-th tie of the whole draw, in the
    // order of sixty-fours of lines, eights of slots, lines and slots, takes the n-th tie word.
    private ref struct Drawing(
        RandomAddress at, float gain, int bitLength, ReadOnlySpan<uint> chosen, int lines, Span<byte> random, Span<uint> tieWords,
        TieLists ties, ref byte bits)
    {
        private readonly RandomAddress at = at;
        private readonly ref byte random = ref MemoryMarshal.GetReference(random);
        private readonly ref byte bits = ref bits; // BitOfSlot
        private readonly ReadOnlySpan<uint> chosen = chosen; // slots to draw; empty for all
        private readonly ref uint tieWords = ref MemoryMarshal.GetReference(tieWords);
        private readonly TieLists ties = ties;
        private readonly int slots = (lines + Lines - 1) / Lines * bitLength; // of all lines
        private ByteOfLine first; // the first byte of the probability
        private ByteOfLine rest; // not zero where there is more of it
        private ByteOfLine tied; // slots of the eight in which the line ties
        private int slot; // the first slot of the next lines
        private int drawn; // slots whose bytes have been drawn
        private int kept; // lines in the lists
        private int settled; // ties that have taken their word

        /// <summary>Draws the lines from the given one on; the trains still lack the pulses of ties.</summary>
        public void Next(int start, ref float values, ref uint trains, int stride)
        {
            bool any = Thresholds(ref Unsafe.Add(ref values, start));
            for (int from = 0; from < bitLength; from += SlotsAtATime)
            {
                ref uint words = ref Unsafe.Add(ref trains, (from / SlotsPerWord * stride) + start);
                int shift = from % SlotsPerWord;
                int n = Math.Min(SlotsAtATime, bitLength - from);
                uint eight = ((1u << n) - 1) & (chosen.IsEmpty ? uint.MaxValue : chosen[from / SlotsPerWord] >> shift);
                if (!any || eight == 0)
                {
                    if (shift == 0)
                    {
                        MemoryMarshal.CreateSpan(ref words, Lines).Clear();
                    }

                    continue;
                }

                while (drawn < slot + from + n)
                {
                    DrawAhead(slot + from);
                }

                Keep(Compare(slot + from, eight, shift, ref words), start, from);
                if (kept > TiesSettled)
                {
                    Settle(ref values, ref trains, stride);
                }
            }

            slot += bitLength;
        }

        /// <summary>Lets the listed ties take their words, and puts their pulses into the trains.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Settle(ref float values, ref uint trains, int stride)
        {
            for (int n = 0; n < kept; n++)
            {
                int line = Unsafe.Add(ref ties.Starts, n) + Unsafe.Add(ref ties.Lines, n), from = Unsafe.Add(ref ties.Froms, n);
                uint probability = Fixed(Unsafe.Add(ref values, line));
                uint further = probability == uint.MaxValue ? 1u << 24 : probability & 0xFF_FFFF;
                uint pulses = 0, bits = Unsafe.Add(ref ties.Slots, n);
                do
                {
                    int word = settled++ % Threefry.GroupWords;
                    if (word == 0)
                    {
                        Span<uint> all = MemoryMarshal.CreateSpan(ref tieWords, Threefry.GroupWords);
                        RandomWords.Fill(at, all, TieRegion + ((ulong)settled / Threefry.GroupWords));
                    }

                    pulses |= (Unsafe.Add(ref tieWords, word) >> 8 < further ? 1u : 0) << BitOperations.TrailingZeroCount(bits);
                    bits &= bits - 1;
                }
                while (bits != 0);
                Unsafe.Add(ref trains, (from / SlotsPerWord * stride) + line) |= pulses << (from % SlotsPerWord);
            }

            kept = 0;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void DrawAhead(int needed)
        {
            drawn = Math.Max(drawn, needed / SlotsAhead * SlotsAhead);
            int ahead = Math.Min(SlotsAhead, slots - drawn);
            Span<byte> to = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref random, drawn % SlotsKept * Lines), ahead * Lines);
            RandomWords.Fill(at, MemoryMarshal.Cast<byte, uint>(to), (ulong)drawn / SlotsInGroup);
            drawn += ahead;
        }

        // Lists the lines of a mask without a branch on any of them, where there is an instruction for it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Keep(ulong some, int start, int from)
        {
            if (Avx512Vbmi2.IsSupported && Vector512.IsHardwareAccelerated)
            {
                Vector512<byte> tie = Vector512.LoadUnsafe(ref tied[0]), mask = ~Vector512.Equals(tie, Vector512<byte>.Zero);
                Avx512Vbmi2.Compress(Vector512<byte>.Zero, mask, tie).StoreUnsafe(ref ties.Slots, (nuint)kept);
                Avx512Vbmi2.Compress(Vector512<byte>.Zero, mask, Vector512<byte>.Indices).StoreUnsafe(ref ties.Lines, (nuint)kept);
                int end = kept + BitOperations.PopCount(some);
                do
                {
                    Vector512.Create(start).StoreUnsafe(ref ties.Starts, (nuint)kept);
                    Vector512.Create(from).StoreUnsafe(ref ties.Froms, (nuint)kept);
                    kept += Vector512<int>.Count;
                }
                while (kept < end);
                kept = end;
                return;
            }

            for (; some != 0; some &= some - 1)
            {
                int line = BitOperations.TrailingZeroCount(some);
                Unsafe.Add(ref ties.Starts, kept) = start;
                Unsafe.Add(ref ties.Froms, kept) = from;
                Unsafe.Add(ref ties.Lines, kept) = (byte)line;
                Unsafe.Add(ref ties.Slots, kept++) = tied[line];
            }
        }

        // Saturated at both ends; a NaN never pulses.
        private readonly uint Fixed(float value) => (uint)(MathF.Abs(value) * gain * TwoTo32);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly Vector512<uint> Fixed(ref float values, nuint l)
        {
            Vector512<float> p = Vector512.Abs(Vector512.LoadUnsafe(ref values, l)) * Vector512.Create(gain);
            return Vector512.ConvertToUInt32(p * Vector512.Create(TwoTo32));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly Vector256<uint> Fixed256(ref float values, nuint l)
        {
            Vector256<float> p = Vector256.Abs(Vector256.LoadUnsafe(ref values, l)) * Vector256.Create(gain) * Vector256.Create(TwoTo32);
            Vector256<float> half = Vector256.Create(TwoTo32 / 2), isLarge = Vector256.GreaterThanOrEqual(p, half);
            Vector256<int> bits = Avx.ConvertToVector256Int32WithTruncation(p - (isLarge & half)) ^ (isLarge.AsInt32() & Vector256.Create(int.MinValue));
            bits |= Vector256.GreaterThanOrEqual(p, Vector256.Create(TwoTo32)).AsInt32();
            return (bits & Vector256.Equals(p, p).AsInt32()).AsUInt32();
        }

        // 1 where a probability has more than its first byte.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<uint> Further(Vector256<uint> bits) => Vector256.Min(bits & Vector256.Create(0xFF_FFFFu), Vector256<uint>.One);

        // Numbers up to 255 as bytes, in order.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<byte> Bytes(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d)
        {
            Vector256<short> ab = Avx2.PackSignedSaturate(a.AsInt32(), b.AsInt32()), cd = Avx2.PackSignedSaturate(c.AsInt32(), d.AsInt32());
            Vector256<int> byQuarters = Avx2.PackUnsignedSaturate(ab, cd).AsInt32(); // the lower half of each first
            return Avx2.PermuteVar8x32(byQuarters, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsByte();
        }

        // Those above 255 become 255.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<byte> Bytes(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d) => Vector512.Create(
            Vector256.Create(Avx512F.ConvertToVector128ByteWithSaturation(a), Avx512F.ConvertToVector128ByteWithSaturation(b)),
            Vector256.Create(Avx512F.ConvertToVector128ByteWithSaturation(c), Avx512F.ConvertToVector128ByteWithSaturation(d)));

        // Splits the probabilities of 64 lines into their first bytes and whether there is more; false where none of them ever pulses.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private bool Thresholds(ref float values)
        {
            if (Avx512F.IsSupported)
            {
                Vector512<uint> a = Fixed(ref values, 0), b = Fixed(ref values, 16), c = Fixed(ref values, 32), d = Fixed(ref values, 48);
                Bytes(a >>> 24, b >>> 24, c >>> 24, d >>> 24).StoreUnsafe(ref first[0]);
                Vector512<uint> low = Vector512.Create(0xFF_FFFFu);
                Bytes(a & low, b & low, c & low, d & low).StoreUnsafe(ref rest[0]);
                return (a | b | c | d) != Vector512<uint>.Zero;
            }

            if (Avx2.IsSupported && Vector256.IsHardwareAccelerated)
            {
                Vector256<uint> any = Vector256<uint>.Zero;
                for (int half = 0; half < Lines; half += 32)
                {
                    Vector256<uint> a = Fixed256(ref values, (nuint)half), b = Fixed256(ref values, (nuint)half + 8);
                    Vector256<uint> c = Fixed256(ref values, (nuint)half + 16), d = Fixed256(ref values, (nuint)half + 24);
                    Bytes(a >>> 24, b >>> 24, c >>> 24, d >>> 24).StoreUnsafe(ref first[half]);
                    Bytes(Further(a), Further(b), Further(c), Further(d)).StoreUnsafe(ref rest[half]);
                    any |= a | b | c | d;
                }

                return any != Vector256<uint>.Zero;
            }

            uint some = 0;
            for (int l = 0; l < Lines; l++)
            {
                uint bits = Fixed(Unsafe.Add(ref values, l));
                first[l] = (byte)(bits >> 24);
                rest[l] = (byte)((bits & 0xFF_FFFF) != 0 ? 1 : 0);
                some |= bits;
            }

            return some != 0;
        }

        // Up to eight slots, one bit each: puts a bit into the word of a line where its random byte is below the first byte of its
        // probability, and one into its byte of ties where the two are equal. Returns the lines that tie.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private ulong Compare(int slot, uint slots, int shift, ref uint words)
        {
            if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
            {
                Vector512<byte> f = Vector512.LoadUnsafe(ref first[0]), fired = Vector512<byte>.Zero, tie = Vector512<byte>.Zero;
                for (uint left = slots; left != 0; left &= left - 1)
                {
                    int n = BitOperations.TrailingZeroCount(left);
                    Vector512<byte> r = Vector512.LoadUnsafe(ref random, (uint)(slot + n) % SlotsKept * Lines);
                    Vector512<byte> bit = Vector512.LoadUnsafe(ref bits, (uint)n * Lines);
                    fired = Vector512.ConditionalSelect(Vector512.LessThan(r, f), fired + bit, fired); // one masked addition
                    tie = Vector512.ConditionalSelect(Vector512.Equals(r, f), tie + bit, tie);
                }

                tie = Vector512.AndNot(tie, Vector512.Equals(Vector512.LoadUnsafe(ref rest[0]), Vector512<byte>.Zero));
                tie.StoreUnsafe(ref tied[0]);
                Place(fired.GetLower().GetLower(), shift, ref words);
                Place(fired.GetLower().GetUpper(), shift, ref Unsafe.Add(ref words, 16));
                Place(fired.GetUpper().GetLower(), shift, ref Unsafe.Add(ref words, 32));
                Place(fired.GetUpper().GetUpper(), shift, ref Unsafe.Add(ref words, 48));
                return ~Vector512.Equals(tie, Vector512<byte>.Zero).ExtractMostSignificantBits();
            }

            ulong lines = 0;
            if (Avx2.IsSupported && Vector256.IsHardwareAccelerated)
            {
                for (int half = 0; half < Lines; half += 32)
                {
                    Vector256<byte> f = Vector256.LoadUnsafe(ref first[half]), fired = Vector256<byte>.Zero, tie = Vector256<byte>.Zero;
                    for (uint left = slots; left != 0; left &= left - 1)
                    {
                        int n = BitOperations.TrailingZeroCount(left);
                        Vector256<byte> r = Vector256.LoadUnsafe(ref random, ((uint)(slot + n) % SlotsKept * Lines) + (uint)half);
                        Vector256<byte> bit = Vector256.Create((byte)(1 << n));
                        fired |= Vector256.LessThan(r, f) & bit;
                        tie |= Vector256.Equals(r, f) & bit;
                    }

                    tie = Vector256.AndNot(tie, Vector256.Equals(Vector256.LoadUnsafe(ref rest[half]), Vector256<byte>.Zero));
                    tie.StoreUnsafe(ref tied[half]);
                    lines |= (ulong)~Vector256.Equals(tie, Vector256<byte>.Zero).ExtractMostSignificantBits() << half;
                    Place(fired.GetLower(), shift, ref Unsafe.Add(ref words, half));
                    Place(fired.GetUpper(), shift, ref Unsafe.Add(ref words, half + 16));
                }

                return lines;
            }

            for (int l = 0; l < Lines; l++)
            {
                uint fired = 0, tie = 0;
                for (uint left = slots; left != 0; left &= left - 1)
                {
                    int n = BitOperations.TrailingZeroCount(left);
                    byte r = Unsafe.Add(ref random, ((slot + n) % SlotsKept * Lines) + l);
                    fired |= r < first[l] ? 1u << n : 0;
                    tie |= r == first[l] ? 1u << n : 0;
                }

                Unsafe.Add(ref words, l) = (shift == 0 ? 0 : Unsafe.Add(ref words, l)) | (fired << shift);
                tied[l] = (byte)(rest[l] != 0 ? tie : 0);
                lines |= tied[l] != 0 ? 1UL << l : 0;
            }

            return lines;
        }

        // The first eight slots of a word make it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Place(Vector128<byte> pulses, int shift, ref uint words)
        {
            if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
            {
                Vector512<uint> placed = Avx512F.ConvertToVector512UInt32(pulses) << shift;
                (shift == 0 ? placed : placed | Vector512.LoadUnsafe(ref words)).StoreUnsafe(ref words);
                return;
            }

            for (int half = 0; half < 2; half++)
            {
                Vector128<byte> eight = Vector128.CreateScalar(pulses.AsUInt64().GetElement(half)).AsByte();
                Vector256<uint> placed = Avx2.ConvertToVector256Int32(eight).AsUInt32() << shift;
                ref uint to = ref Unsafe.Add(ref words, 8 * half);
                (shift == 0 ? placed : placed | Vector256.LoadUnsafe(ref to)).StoreUnsafe(ref to);
            }
        }

        [InlineArray(Lines)]
        private struct ByteOfLine
        {
            private byte first;
        }
    }
}
