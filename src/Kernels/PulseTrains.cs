using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Packed Bernoulli pulse trains: a number becomes BL independent bits, its sign goes beside them.</summary>
/// <remarks>
/// Trains are packed plane by plane, shape [planes, lines]: bit n of word [p, l] is the pulse of line l in slot 32 p + n; unused bits
/// are zero. Bernoulli coding of signals and the product by coincidence: T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).
/// </remarks>
public static class PulseTrains
{
    /// <summary>Slots in one word of a train.</summary>
    public const int SlotsPerWord = 32;

    /// <summary>The longest train, in slots.</summary>
    public const int MaxBitLength = 4096;

    // Lines drawn together: one random byte each is a 512-bit vector.
    private const int Lines = 64;

    private const int SlotsAtATime = 8;

    // A group of 64 words holds the random bytes of four slots.
    private const int SlotsInGroup = Threefry.GroupWords * sizeof(uint) / Lines;

    // Slots whose bytes are drawn ahead, and slots for which there is room.
    private const int SlotsAhead = 32, SlotsKept = 2 * SlotsAhead;

    // Ties draw from groups of the counter that slots never reach.
    private const ulong TieRegion = 1UL << 59;

    /// <summary>Words that hold one train.</summary>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">BL is out of range.</exception>
    public static int Planes(int bitLength)
    {
        ThrowHelper.RequireInRange(nameof(bitLength), 1, MaxBitLength, bitLength);
        return (bitLength + SlotsPerWord - 1) / SlotsPerWord;
    }

    /// <summary>Draws one train a line, P(pulse) = min(1, gain |v|), every slot of every line on its own.</summary>
    /// <param name="at">Seed, stream and step of the draw.</param>
    /// <param name="values">Numbers to code, shape [lines]; their signs are not looked at, and a NaN never pulses.</param>
    /// <param name="gain">Pulse probability of a unit value, at least 0.</param>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <param name="trains">Receives the trains, shape [planes, lines].</param>
    /// <exception cref="ArgumentException">A length or a range does not hold.</exception>
    /// <remarks>
    /// A probability is exact to 2⁻³²: a random byte decides, and where it ties with the first byte of the probability, 24 further bits.
    /// Zero never pulses, and a probability of 1 always does. Exact at every vector width.
    /// </remarks>
    public static void Draw(in RandomAddress at, ReadOnlySpan<float> values, float gain, int bitLength, Span<uint> trains) =>
        Draw(at, values, gain, bitLength, [], trains);

    /// <summary>As <see cref="Draw(in RandomAddress, ReadOnlySpan{float}, float, int, Span{uint})"/>, in some slots only.</summary>
    /// <param name="at">Seed, stream and step of the draw.</param>
    /// <param name="values">Numbers to code, shape [lines].</param>
    /// <param name="gain">Pulse probability of a unit value, at least 0.</param>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <param name="slots">One bit a slot, shape [planes], those that are drawn; the others stay empty. Empty for all slots.</param>
    /// <param name="trains">Receives the trains, shape [planes, lines].</param>
    /// <exception cref="ArgumentException">A length or a range does not hold.</exception>
    /// <remarks>For the second side of an update: where the first has no pulse, none can meet.</remarks>
    [SkipLocalsInit] // every byte that is read has been drawn before
    public static void Draw(
        in RandomAddress at, ReadOnlySpan<float> values, float gain, int bitLength, ReadOnlySpan<uint> slots, Span<uint> trains)
    {
        int planes = Planes(bitLength);
        if (!slots.IsEmpty)
        {
            ThrowHelper.RequireLength(nameof(slots), planes, slots.Length);
        }

        ThrowHelper.RequireInRange(nameof(gain), 0, float.MaxValue, gain);
        ThrowHelper.RequireLength(nameof(trains), planes * values.Length, trains.Length);

        Span<byte> random = stackalloc byte[SlotsKept * Lines];
        Span<uint> tieWords = stackalloc uint[Threefry.GroupWords];
        Drawing drawing = new(at, gain, bitLength, slots, values.Length, random, tieWords);
        int whole = values.Length / Lines * Lines;
        for (int start = 0; start < whole; start += Lines)
        {
            drawing.Next(ref Unsafe.Add(ref MemoryMarshal.GetReference(values), start), ref trains[start], values.Length);
        }

        if (whole < values.Length)
        {
            Span<float> last = stackalloc float[Lines];
            last.Clear();
            Span<uint> lastTrains = stackalloc uint[planes * Lines];
            values[whole..].CopyTo(last);
            drawing.Next(ref last[0], ref lastTrains[0], Lines);
            for (int p = 0; p < planes; p++)
            {
                lastTrains.Slice(p * Lines, values.Length - whole).CopyTo(trains[((p * values.Length) + whole)..]);
            }
        }
    }

    /// <summary>Reads trains as numbers: decoded[l] = sign(values[l]) pulses[l] scale.</summary>
    /// <param name="trains">Trains, shape [planes, lines].</param>
    /// <param name="values">The numbers they were drawn from, shape [lines]; only the signs are used.</param>
    /// <param name="scale">Value of one pulse, such as 1 / (BL gain); at least 0.</param>
    /// <param name="decoded">Receives the numbers, shape [lines].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>The same bits at every vector width.</remarks>
    public static void Decode(ReadOnlySpan<uint> trains, ReadOnlySpan<float> values, float scale, Span<float> decoded)
    {
        ThrowHelper.RequireLength(nameof(decoded), values.Length, decoded.Length);
        ThrowHelper.RequireInRange(nameof(scale), 0, float.MaxValue, scale);
        int planes = values.IsEmpty ? 0 : trains.Length / values.Length;
        ThrowHelper.RequireLength(nameof(trains), planes * values.Length, trains.Length);
        ref uint t = ref MemoryMarshal.GetReference(trains);
        ref float v = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(decoded);
        int l = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> unit = Vector512.Create(scale), sign = Vector512.Create(-0f);
            for (; l <= values.Length - 16; l += 16)
            {
                Vector512<int> pulses = Vector512<int>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    pulses += Bits.SumBytes(Bits.CountBytes(Vector512.LoadUnsafe(ref t, (nuint)((p * values.Length) + l))));
                }

                Vector512<float> size = Vector512.ConvertToSingle(pulses) * unit;
                (size | (Vector512.LoadUnsafe(ref v, (nuint)l) & sign)).StoreUnsafe(ref to, (nuint)l);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> unit = Vector256.Create(scale), sign = Vector256.Create(-0f);
            for (; l <= values.Length - 8; l += 8)
            {
                Vector256<int> pulses = Vector256<int>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    pulses += Bits.SumBytes(Bits.CountBytes(Vector256.LoadUnsafe(ref t, (nuint)((p * values.Length) + l))));
                }

                Vector256<float> size = Vector256.ConvertToSingle(pulses) * unit;
                (size | (Vector256.LoadUnsafe(ref v, (nuint)l) & sign)).StoreUnsafe(ref to, (nuint)l);
            }
        }

        for (; l < values.Length; l++)
        {
            int pulses = 0;
            for (int p = 0; p < planes; p++)
            {
                pulses += BitOperations.PopCount(trains[(p * values.Length) + l]);
            }

            decoded[l] = MathF.CopySign(pulses * scale, values[l]);
        }
    }

    // Draws 64 lines after 64 lines. Slot s of the g-th 64 takes the random bytes 64 (g BL + s) to 64 (g BL + s) + 63; the n-th tie of
    // the whole draw, in the order of lines, eights of slots, lines and slots, takes the n-th tie word.
    private ref struct Drawing(
        RandomAddress at, float gain, int bitLength, ReadOnlySpan<uint> chosen, int lines, Span<byte> random, Span<uint> tieWords)
    {
        private readonly RandomAddress at = at;
        private readonly ref byte random = ref MemoryMarshal.GetReference(random);
        private readonly ReadOnlySpan<uint> chosen = chosen; // slots to draw; empty for all
        private readonly ref uint tieWords = ref MemoryMarshal.GetReference(tieWords);
        private readonly int slots = (lines + Lines - 1) / Lines * bitLength; // of all lines
        private ByteOfLine first;
        private ByteOfLine canTie;
        private ByteOfLine tied;
        private WordOfLine rest;
        private int slot; // the first slot of the next lines
        private int drawn; // slots whose bytes have been drawn
        private int ties;

        public void Next(ref float values, ref uint trains, int stride)
        {
            // A probability of 1 is the byte 255 and a rest that no tie reaches; one without a rest cannot tie.
            bool any = false;
            for (int l = 0; l < Lines; l += 16)
            {
                any |= Thresholds(ref Unsafe.Add(ref values, l), gain, ref first[l], ref canTie[l], ref rest[l]);
            }

            for (int from = 0; from < bitLength; from += SlotsAtATime)
            {
                ref uint words = ref Unsafe.Add(ref trains, from / SlotsPerWord * stride);
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

                for (ulong some = Compare(slot + from, eight, shift, ref words); some != 0; some &= some - 1)
                {
                    Settle(BitOperations.TrailingZeroCount(some), shift, ref words);
                }
            }

            slot += bitLength;
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

        private void Settle(int line, int shift, ref uint words)
        {
            for (uint bits = tied[line]; bits != 0; bits &= bits - 1)
            {
                int n = ties++ % Threefry.GroupWords;
                if (n == 0)
                {
                    Span<uint> all = MemoryMarshal.CreateSpan(ref tieWords, Threefry.GroupWords);
                    RandomWords.Fill(at, all, TieRegion + ((ulong)ties / Threefry.GroupWords));
                }

                uint pulse = Unsafe.Add(ref tieWords, n) >> 8 < rest[line] ? 1u : 0;
                Unsafe.Add(ref words, line) |= pulse << (shift + BitOperations.TrailingZeroCount(bits));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Thresholds(ref float values, float gain, ref byte first, ref byte canTie, ref uint rest)
        {
            if (Avx512F.IsSupported)
            {
                // The native minimum and maximum return their second number where one is none: a NaN becomes 0.
                Vector512<float> p = Vector512.Abs(Vector512.LoadUnsafe(ref values)) * Vector512.Create(gain) * Vector512.Create(256f);
                p = Vector512.MaxNative(Vector512.MinNative(Vector512.Create(256f), p), Vector512<float>.Zero);
                Vector512<float> whole = Vector512.MinNative(Vector512.Floor(p), Vector512.Create(255f));
                Vector512<int> low = Vector512.ConvertToInt32Native((p - whole) * Vector512.Create(16777216f));
                low.AsUInt32().StoreUnsafe(ref rest);
                Avx512F.ConvertToVector128Byte(Vector512.ConvertToInt32Native(whole)).StoreUnsafe(ref first);
                Avx512F.ConvertToVector128Byte(Vector512.GreaterThan(low, Vector512<int>.Zero)).StoreUnsafe(ref canTie);
                return p != Vector512<float>.Zero;
            }

            bool any = false;
            for (int l = 0; l < 16; l++)
            {
                float p = MathF.Abs(Unsafe.Add(ref values, l)) * gain * 256;
                p = p >= 0 ? MathF.Min(p, 256) : 0;
                int whole = Math.Min((int)p, 255);
                int low = (int)((p - whole) * 16777216f);
                Unsafe.Add(ref rest, l) = (uint)low;
                Unsafe.Add(ref first, l) = (byte)whole;
                Unsafe.Add(ref canTie, l) = (byte)(low > 0 ? 255 : 0);
                any |= p > 0;
            }

            return any;
        }

        // Up to eight slots, one bit each: puts a bit into the word of a line where its random byte is below the first byte of its probability, and one
        // into its byte of ties where the two are equal. Returns the lines that tie.
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
                    Vector512<byte> bit = Vector512.Create((byte)(1 << n));
                    fired |= Vector512.LessThan(r, f) & bit;
                    tie |= Vector512.Equals(r, f) & bit;
                }

                tie &= Vector512.LoadUnsafe(ref canTie[0]);
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

                    tie &= Vector256.LoadUnsafe(ref canTie[half]);
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
                tied[l] = (byte)(tie & canTie[l]);
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

        [InlineArray(Lines)]
        private struct WordOfLine
        {
            private uint first;
        }
    }
}
