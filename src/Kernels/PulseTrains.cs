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
        Span<byte> eightSlots = stackalloc byte[Lines];
        Span<uint> random = stackalloc uint[Threefry.GroupWords];
        Span<uint> words = stackalloc uint[Lines];

        for (int start = 0; start < values.Length; start += Lines)
        {
            ReadOnlySpan<float> some = values[start..Math.Min(start + Lines, values.Length)];
            magnitudes[some.Length..].Clear();
            some.CopyTo(magnitudes);
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
                int slots = Math.Min(bitLength - (p * SlotsPerWord), SlotsPerWord);
                for (int n = 0; n < slots; n++)
                {
                    int slot = (p * SlotsPerWord) + n;
                    if (n % 4 == 0)
                    {
                        RandomWords.Group(key, at, (lineGroup * (uint)quads) + ((uint)slot / 4), ref random[0]);
                    }

                    if (n % 8 == 0)
                    {
                        eightSlots.Clear();
                    }

                    ulong tied = Compare(
                        ref Unsafe.As<uint, byte>(ref random[16 * (n % 4)]), ref first[0], ref always[0], ref canTie[0],
                        (byte)(1 << (n % 8)), ref eightSlots[0]);
                    while (tied != 0)
                    {
                        int line = BitOperations.TrailingZeroCount(tied);
                        tied &= tied - 1;
                        words[line] |= ties.Next(key, at) >> 8 < rest[line] ? 1u << n : 0;
                    }

                    if (n % 8 == 7 || n == slots - 1)
                    {
                        Widen(ref eightSlots[0], n / 8 * 8, ref words[0]);
                    }
                }

                words[..some.Length].CopyTo(trains[((p * values.Length) + start)..]);
            }
        }
    }

    /// <summary>Reads trains as numbers: decoded[l] = sign(values[l]) pulses[l] scale.</summary>
    /// <param name="trains">Trains, shape [planes, lines].</param>
    /// <param name="values">The numbers they were drawn from, shape [lines]; only the signs are used.</param>
    /// <param name="scale">Value of one pulse, such as 1 / (BL gain).</param>
    /// <param name="decoded">Receives the numbers, shape [lines].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>The same bits at every vector width.</remarks>
    public static void Decode(ReadOnlySpan<uint> trains, ReadOnlySpan<float> values, float scale, Span<float> decoded)
    {
        ThrowHelper.RequireLength(nameof(decoded), values.Length, decoded.Length);
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
                Vector512<uint> pulses = Vector512<uint>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    pulses += Bits.PopCount(Vector512.LoadUnsafe(ref t, (nuint)((p * values.Length) + l)));
                }

                Vector512<float> size = Vector512.ConvertToSingle(pulses.AsInt32()) * unit;
                (size | (Vector512.LoadUnsafe(ref v, (nuint)l) & sign)).StoreUnsafe(ref to, (nuint)l);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> unit = Vector256.Create(scale), sign = Vector256.Create(-0f);
            for (; l <= values.Length - 8; l += 8)
            {
                Vector256<uint> pulses = Vector256<uint>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    pulses += Bits.PopCount(Vector256.LoadUnsafe(ref t, (nuint)((p * values.Length) + l)));
                }

                Vector256<float> size = Vector256.ConvertToSingle(pulses.AsInt32()) * unit;
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
            Vector512<float> p = Vector512.Abs(Vector512.LoadUnsafe(ref magnitudes)) * Vector512.Create(gain * 256);
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
            float p = MathF.Abs(Unsafe.Add(ref magnitudes, l)) * (gain * 256);
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

    // One slot of 64 lines: sets its bit where the random byte is below the first byte, and returns the lines where the two tie.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Compare(ref byte random, ref byte first, ref byte always, ref byte canTie, byte bit, ref byte eightSlots)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> r = Vector512.LoadUnsafe(ref random), f = Vector512.LoadUnsafe(ref first);
            Vector512<byte> fired = Vector512.LessThan(r, f) | Vector512.LoadUnsafe(ref always);
            (Vector512.LoadUnsafe(ref eightSlots) | (fired & Vector512.Create(bit))).StoreUnsafe(ref eightSlots);
            return (Vector512.Equals(r, f) & Vector512.LoadUnsafe(ref canTie)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Compare32(ref random, ref first, ref always, ref canTie, bit, ref eightSlots)
                | ((ulong)Compare32(
                    ref Unsafe.Add(ref random, 32), ref Unsafe.Add(ref first, 32), ref Unsafe.Add(ref always, 32),
                    ref Unsafe.Add(ref canTie, 32), bit, ref Unsafe.Add(ref eightSlots, 32)) << 32);
        }

        ulong tied = 0;
        for (int l = 0; l < Lines; l++)
        {
            byte r = Unsafe.Add(ref random, l), f = Unsafe.Add(ref first, l);
            bool fired = r < f || Unsafe.Add(ref always, l) != 0;
            Unsafe.Add(ref eightSlots, l) |= fired ? bit : (byte)0;
            tied |= r == f && Unsafe.Add(ref canTie, l) != 0 ? 1UL << l : 0;
        }

        return tied;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Compare32(ref byte random, ref byte first, ref byte always, ref byte canTie, byte bit, ref byte eightSlots)
    {
        Vector256<byte> r = Vector256.LoadUnsafe(ref random), f = Vector256.LoadUnsafe(ref first);
        Vector256<byte> fired = Vector256.LessThan(r, f) | Vector256.LoadUnsafe(ref always);
        (Vector256.LoadUnsafe(ref eightSlots) | (fired & Vector256.Create(bit))).StoreUnsafe(ref eightSlots);
        return (Vector256.Equals(r, f) & Vector256.LoadUnsafe(ref canTie)).ExtractMostSignificantBits();
    }

    // Moves eight slots of 64 lines to their place in the words.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ref byte eightSlots, int shift, ref uint words)
    {
        if (Avx512F.IsSupported)
        {
            for (nuint l = 0; l < Lines; l += 16)
            {
                Vector512<uint> slots = Avx512F.ConvertToVector512UInt32(Vector128.LoadUnsafe(ref eightSlots, l)) << shift;
                (Vector512.LoadUnsafe(ref words, l) | slots).StoreUnsafe(ref words, l);
            }
        }
        else if (Avx2.IsSupported)
        {
            for (nuint l = 0; l < Lines; l += 8)
            {
                Vector128<byte> eight = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref eightSlots, l))).AsByte();
                Vector256<uint> slots = Avx2.ConvertToVector256Int32(eight).AsUInt32() << shift;
                (Vector256.LoadUnsafe(ref words, l) | slots).StoreUnsafe(ref words, l);
            }
        }
        else
        {
            for (int l = 0; l < Lines; l++)
            {
                Unsafe.Add(ref words, l) |= (uint)Unsafe.Add(ref eightSlots, l) << shift;
            }
        }
    }

    /// <summary>The words that settle the ties of 64 lines, in the order of slots, then lines; a group of them at a time.</summary>
    private ref struct Ties(ulong firstGroup)
    {
        private ulong group = firstGroup;
        private int used = Threefry.GroupWords;
        private Words words;

        public uint Next(in Threefry.Key key, in RandomAddress at)
        {
            if (used == Threefry.GroupWords)
            {
                RandomWords.Group(key, at, TieRegion + group++, ref words[0]);
                used = 0;
            }

            return words[used++];
        }

        [InlineArray(Threefry.GroupWords)]
        private struct Words
        {
            private uint first;
        }
    }
}
