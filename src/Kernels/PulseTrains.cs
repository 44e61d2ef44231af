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
    public static void Draw(in RandomAddress at, ReadOnlySpan<float> values, float gain, int bitLength, Span<uint> trains)
    {
        int planes = Planes(bitLength);
        ThrowHelper.RequireInRange(nameof(gain), 0, float.MaxValue, gain);
        ThrowHelper.RequireLength(nameof(trains), planes * values.Length, trains.Length);

        Threefry.Key key = new(at);
        int quads = (bitLength + 3) / 4;
        Span<float> magnitudes = stackalloc float[Lines];
        Span<byte> first = stackalloc byte[Lines];
        Span<byte> always = stackalloc byte[Lines];
        Span<byte> canTie = stackalloc byte[Lines];
        Span<uint> rest = stackalloc uint[Lines];
        Span<uint> words = stackalloc uint[Lines];
        Span<ulong> tied = stackalloc ulong[SlotsAtATime];

        for (int start = 0; start < values.Length; start += Lines)
        {
            ReadOnlySpan<float> some = values[start..Math.Min(start + Lines, values.Length)];
            some.CopyTo(magnitudes);
            magnitudes[some.Length..].Clear();
            if (!Thresholds(magnitudes, gain, first, always, canTie, rest))
            {
                for (int p = 0; p < planes; p++)
                {
                    trains.Slice((p * values.Length) + start, some.Length).Clear();
                }

                continue;
            }

            ulong lineGroup = (uint)start / Lines;
            Ties ties = new(lineGroup * (uint)bitLength);
            for (int p = 0; p < planes; p++)
            {
                words.Clear();
                int last = Math.Min(bitLength, (p + 1) * SlotsPerWord);
                for (int slot = p * SlotsPerWord; slot < last; slot += SlotsAtATime)
                {
                    int slots = Math.Min(SlotsAtATime, last - slot);
                    ulong group = (lineGroup * (uint)quads) + ((uint)slot / 4);
                    int shift = slot % SlotsPerWord;
                    if (EightSlots(key, at, group, slots, first, always, canTie, shift, words, tied))
                    {
                        ties.Settle(key, at, tied[..slots], shift, rest, words);
                    }
                }

                words[..some.Length].CopyTo(trains[((p * values.Length) + start)..]);
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

    // Splits 2³² p into its first byte and the other 24 bits; 2³² itself becomes "always". False where no line can pulse.
    private static bool Thresholds(
        Span<float> magnitudes, float gain, Span<byte> first, Span<byte> always, Span<byte> canTie, Span<uint> rest)
    {
        bool any = false;
        for (int l = 0; l < Lines; l += 16)
        {
            any |= Thresholds16(
                ref magnitudes[l], gain, ref first[l], ref always[l], ref canTie[l], ref rest[l]);
        }

        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Thresholds16(ref float magnitudes, float gain, ref byte first, ref byte always, ref byte canTie, ref uint rest)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<float> p = Vector512.Abs(Vector512.LoadUnsafe(ref magnitudes)) * Vector512.Create(gain) * Vector512.Create(256f);
            p = Vector512.ConditionalSelect(Vector512.Equals(p, p), Vector512.Min(p, Vector512.Create(256f)), Vector512<float>.Zero);
            if (p == Vector512<float>.Zero)
            {
                Vector128<byte>.Zero.StoreUnsafe(ref first);
                Vector128<byte>.Zero.StoreUnsafe(ref always);
                Vector128<byte>.Zero.StoreUnsafe(ref canTie);
                return false;
            }

            Vector512<float> whole = Vector512.Floor(p);
            Vector512<int> low = Vector512.ConvertToInt32((p - whole) * Vector512.Create(16777216f));
            low.AsUInt32().StoreUnsafe(ref rest);
            Vector512<int> high = Vector512.ConvertToInt32(whole);
            Avx512F.ConvertToVector128Byte(Vector512.Min(high, Vector512.Create(255))).StoreUnsafe(ref first);
            Avx512F.ConvertToVector128Byte(Vector512.GreaterThan(high, Vector512.Create(255))).StoreUnsafe(ref always);
            Avx512F.ConvertToVector128Byte(Vector512.GreaterThan(low, Vector512<int>.Zero)).StoreUnsafe(ref canTie);
            return true;
        }

        bool any = false;
        for (int l = 0; l < 16; l++)
        {
            float p = MathF.Abs(Unsafe.Add(ref magnitudes, l)) * gain * 256;
            p = p >= 0 ? MathF.Min(p, 256) : 0;
            int high = (int)p;
            int low = (int)((p - high) * 16777216f);
            Unsafe.Add(ref rest, l) = (uint)low;
            Unsafe.Add(ref first, l) = (byte)Math.Min(high, 255);
            Unsafe.Add(ref always, l) = (byte)(high > 255 ? 255 : 0);
            Unsafe.Add(ref canTie, l) = (byte)(low > 0 ? 255 : 0);
            any |= p > 0;
        }

        return any;
    }

    // Up to eight slots of 64 lines: puts a bit into the words where the random byte is below the first byte, and notes the lines where
    // the two tie. False where none does.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EightSlots(
        in Threefry.Key key, in RandomAddress at, ulong group, int slots,
        Span<byte> first, Span<byte> always, Span<byte> canTie, int shift, Span<uint> words, Span<ulong> tied)
    {
        if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> f = Vector512.LoadUnsafe(ref first[0]), sure = Vector512.LoadUnsafe(ref always[0]);
            Vector512<byte> open = Vector512.LoadUnsafe(ref canTie[0]), pulses = Vector512<byte>.Zero, anyTie = Vector512<byte>.Zero;
            for (int n = 0; n < slots; n += 4)
            {
                Threefry.Group(key, at.Step, group++, out var a, out var b, out var c, out var d);
                Slot(a.AsByte(), f, sure, open, 1 << n, slots > n, ref pulses, ref anyTie, ref tied[n]);
                Slot(b.AsByte(), f, sure, open, 2 << n, slots > n + 1, ref pulses, ref anyTie, ref tied[n + 1]);
                Slot(c.AsByte(), f, sure, open, 4 << n, slots > n + 2, ref pulses, ref anyTie, ref tied[n + 2]);
                Slot(d.AsByte(), f, sure, open, 8 << n, slots > n + 3, ref pulses, ref anyTie, ref tied[n + 3]);
            }

            Place(pulses.GetLower().GetLower(), shift, ref words[0]);
            Place(pulses.GetLower().GetUpper(), shift, ref words[16]);
            Place(pulses.GetUpper().GetLower(), shift, ref words[32]);
            Place(pulses.GetUpper().GetUpper(), shift, ref words[48]);
            return anyTie != Vector512<byte>.Zero;
        }

        return EightSlotsNarrow(key, at, group, slots, first, always, canTie, shift, words, tied);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slot(
        Vector512<byte> random, Vector512<byte> first, Vector512<byte> always, Vector512<byte> canTie, int bit, bool inTrain,
        ref Vector512<byte> pulses, ref Vector512<byte> anyTie, ref ulong tied)
    {
        if (inTrain)
        {
            Vector512<byte> fired = Vector512.LessThan(random, first) | always;
            pulses |= fired & Vector512.Create((byte)bit);
            Vector512<byte> tie = Vector512.Equals(random, first) & canTie;
            anyTie |= tie;
            tied = tie.ExtractMostSignificantBits();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Place(Vector128<byte> pulses, int shift, ref uint words) =>
        (Vector512.LoadUnsafe(ref words) | (Avx512F.ConvertToVector512UInt32(pulses) << shift)).StoreUnsafe(ref words);

    private static bool EightSlotsNarrow(
        in Threefry.Key key, in RandomAddress at, ulong group, int slots,
        Span<byte> first, Span<byte> always, Span<byte> canTie, int shift, Span<uint> words, Span<ulong> tied)
    {
        Span<uint> random = stackalloc uint[2 * Threefry.GroupWords];
        RandomWords.Group(key, at, group, ref random[0]);
        if (slots > 4)
        {
            RandomWords.Group(key, at, group + 1, ref random[Threefry.GroupWords]);
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(random);
        ulong anyTie = 0;
        if (Avx2.IsSupported && Vector256.IsHardwareAccelerated)
        {
            tied.Clear();
            for (int half = 0; half < Lines; half += 32)
            {
                Vector256<byte> f = Vector256.LoadUnsafe(ref first[half]), sure = Vector256.LoadUnsafe(ref always[half]);
                Vector256<byte> open = Vector256.LoadUnsafe(ref canTie[half]), pulses = Vector256<byte>.Zero;
                for (int n = 0; n < slots; n++)
                {
                    Vector256<byte> r = Vector256.LoadUnsafe(ref bytes[(n * Lines) + half]);
                    Vector256<byte> fired = Vector256.LessThan(r, f) | sure;
                    pulses |= fired & Vector256.Create((byte)(1 << n));
                    ulong tie = (Vector256.Equals(r, f) & open).ExtractMostSignificantBits();
                    tied[n] |= tie << half;
                    anyTie |= tie;
                }

                for (int l = 0; l < 32; l += 8)
                {
                    Vector128<byte> eight = Vector128.CreateScalar(pulses.AsUInt64().GetElement(l / 8)).AsByte();
                    Vector256<uint> placed = Avx2.ConvertToVector256Int32(eight).AsUInt32() << shift;
                    (Vector256.LoadUnsafe(ref words[half + l]) | placed).StoreUnsafe(ref words[half + l]);
                }
            }

            return anyTie != 0;
        }

        for (int n = 0; n < slots; n++)
        {
            tied[n] = 0;
            for (int l = 0; l < Lines; l++)
            {
                byte r = bytes[(n * Lines) + l];
                words[l] |= r < first[l] || always[l] != 0 ? 1u << (shift + n) : 0;
                tied[n] |= r == first[l] && canTie[l] != 0 ? 1UL << l : 0;
            }

            anyTie |= tied[n];
        }

        return anyTie != 0;
    }

    /// <summary>The words that settle the ties of 64 lines, in the order of slots, then lines; a group of them at a time.</summary>
    private struct Ties(ulong firstGroup)
    {
        private ulong group = firstGroup;
        private int used = Threefry.GroupWords;
        private Words words;

        public void Settle(
            in Threefry.Key key, in RandomAddress at, ReadOnlySpan<ulong> tied, int shift, ReadOnlySpan<uint> rest, Span<uint> trains)
        {
            for (int n = 0; n < tied.Length; n++)
            {
                for (ulong lines = tied[n]; lines != 0; lines &= lines - 1)
                {
                    if (used == Threefry.GroupWords)
                    {
                        RandomWords.Group(key, at, TieRegion + group++, ref words[0]);
                        used = 0;
                    }

                    int l = BitOperations.TrailingZeroCount(lines);
                    trains[l] |= words[used++] >> 8 < rest[l] ? 1u << (shift + n) : 0;
                }
            }
        }

        [InlineArray(Threefry.GroupWords)]
        private struct Words
        {
            private uint first;
        }
    }
}
