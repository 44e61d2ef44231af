using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Packed Bernoulli pulse trains: a number becomes BL independent bits, its sign goes beside them.</summary>
/// <remarks>
/// Trains are packed plane by plane, shape [planes, lines]: bit n of word [p, l] is the pulse of line l in slot 32 p + n; unused bits
/// are zero. Bernoulli coding of signals and the product by coincidence: T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).
/// </remarks>
public static partial class PulseTrains
{
    /// <summary>Slots in one word of a train.</summary>
    public const int SlotsPerWord = 32;

    /// <summary>The longest train, in slots.</summary>
    public const int MaxBitLength = 4096;

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
        if (!slots.IsEmpty && !slots.ContainsAnyExcept(0u))
        {
            trains.Clear();
            return;
        }

        Drawing drawing = new(
            at, gain, bitLength, slots, values.Length, stackalloc byte[SlotsKept * Lines], stackalloc uint[Threefry.GroupWords],
            new(stackalloc int[TiesKept], stackalloc int[TiesKept], stackalloc byte[TiesKept], stackalloc byte[TiesKept]),
            ref MemoryMarshal.GetArrayDataReference(BitOfSlot));
        int whole = values.Length / Lines * Lines;
        ref float v = ref MemoryMarshal.GetReference(values);
        ref uint t = ref MemoryMarshal.GetReference(trains);
        for (int start = 0; start < whole; start += Lines)
        {
            drawing.Next(start, ref v, ref t, values.Length);
        }

        drawing.Settle(ref v, ref t, values.Length);
        if (whole < values.Length)
        {
            Span<float> last = stackalloc float[Lines];
            last.Clear();
            Span<uint> lastTrains = stackalloc uint[planes * Lines];
            values[whole..].CopyTo(last);
            drawing.Next(0, ref last[0], ref lastTrains[0], Lines);
            drawing.Settle(ref last[0], ref lastTrains[0], Lines);
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
}
