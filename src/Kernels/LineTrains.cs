using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>The pulse trains of one side of an array in one update: a word or more for each line, and the signs beside them.</summary>
/// <remarks>Allocated once for the longest train; drawing again overwrites it.</remarks>
public sealed partial class LineTrains
{
    private const int Lanes = 16;
    private uint[] words;
    private readonly float[] values;
    private int planes;
    private int only = -1; // the line that alone pulses, where that is known
    private long pulses; // of the trains laid or drawn last; -1 before they were counted

    /// <summary>Makes room for trains.</summary>
    /// <param name="lines">Number of lines, at least 1.</param>
    /// <param name="maxBitLength">The longest train to come, in slots.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public LineTrains(int lines, int maxBitLength)
    {
        ThrowHelper.RequireAtLeast(nameof(lines), 1, lines);
        words = new uint[lines * PulseTrains.Planes(maxBitLength)];
        values = new float[lines];
        MaxBitLength = maxBitLength;
        BitLength = maxBitLength;
        planes = PulseTrains.Planes(maxBitLength);
    }

    /// <summary>Number of lines.</summary>
    public int Lines => values.Length;

    /// <summary>The longest train there is room for, in slots.</summary>
    public int MaxBitLength { get; private set; }

    /// <summary>Slots of the trains drawn last.</summary>
    public int BitLength { get; private set; }

    /// <summary>Words of one train.</summary>
    public int Planes => planes;

    /// <summary>The trains, shape [planes, lines].</summary>
    public ReadOnlySpan<uint> Words => words.AsSpan(0, planes * values.Length);

    /// <summary>The numbers the trains were drawn from, shape [lines]; a pulse carries the sign of its line's.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>Draws new trains in every slot; see <see cref="PulseTrains"/>.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="signals">Numbers to code, shape [lines].</param>
    /// <param name="gain">Pulse probability of a unit signal, at least 0.</param>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <exception cref="ArgumentException">A length or a range does not hold.</exception>
    public void Draw(in RandomAddress at, ReadOnlySpan<float> signals, float gain, int bitLength) => Draw(at, signals, gain, bitLength, []);

    /// <summary>Draws new trains for an update against others that have been drawn: only slots in which one of those pulses.</summary>
    /// <param name="others">The trains of the other side.</param>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="signals">Numbers to code, shape [lines].</param>
    /// <param name="gain">Pulse probability of a unit signal, at least 0.</param>
    /// <returns>Whether a coincidence is possible at all.</returns>
    /// <exception cref="ArgumentException">A length or a range does not hold.</exception>
    public bool DrawAgainst(LineTrains others, in RandomAddress at, ReadOnlySpan<float> signals, float gain)
    {
        Span<uint> slots = stackalloc uint[others.planes];
        for (int p = 0; p < slots.Length; p++)
        {
            slots[p] = Any(others.words.AsSpan(p * others.Lines, others.Lines));
        }

        Draw(at, signals, gain, others.BitLength, slots);
        return slots.ContainsAnyExcept(0u);
    }

    /// <summary>One slot, in which every line pulses whose signal is not zero: nothing is drawn.</summary>
    /// <param name="signals">Above 0, below 0 or 0, shape [lines].</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public void Fire(ReadOnlySpan<float> signals)
    {
        ThrowHelper.RequireLength(nameof(signals), values.Length, signals.Length);
        Begin(1);
        signals.CopyTo(values);
        int l = 0;
        for (; l <= values.Length - Vector<float>.Count; l += Vector<float>.Count)
        {
            Vector<uint> none = Vector.Equals(new Vector<float>(values, l), Vector<float>.Zero).As<int, uint>();
            Vector.AndNot(Vector<uint>.One, none).CopyTo(words, l);
        }

        for (; l < values.Length; l++)
        {
            words[l] = values[l] != 0 ? 1u : 0;
        }
    }

    /// <summary>Takes over the trains of another side: of all its lines, or of those of one sign; the other lines stay silent.</summary>
    /// <param name="source">The trains, of as many lines; there is made room for as long ones.</param>
    /// <param name="lines">Which lines.</param>
    /// <param name="negate">Whether the signs are turned round.</param>
    /// <exception cref="ArgumentException">The number of lines differs.</exception>
    public void CopyFrom(LineTrains source, LineSigns lines, bool negate)
    {
        ThrowHelper.RequireLength(nameof(source), values.Length, source.Lines);
        if (MaxBitLength < source.MaxBitLength)
        {
            MaxBitLength = source.MaxBitLength;
            words = new uint[source.words.Length];
        }

        Begin(source.BitLength);
        source.Words.CopyTo(words);
        for (int l = 0; l < values.Length; l++)
        {
            float value = source.values[l];
            values[l] = negate ? -value : value;
            if (lines != LineSigns.All && float.IsNegative(value) != (lines == LineSigns.Negative))
            {
                for (int p = 0; p < planes; p++)
                {
                    words[(p * values.Length) + l] = 0;
                }
            }
        }
    }

    private void Draw(in RandomAddress at, ReadOnlySpan<float> signals, float gain, int bitLength, ReadOnlySpan<uint> slots)
    {
        ThrowHelper.RequireLength(nameof(signals), values.Length, signals.Length);
        ThrowHelper.RequireInRange(nameof(gain), 0, float.MaxValue, gain);
        ThrowHelper.RequireInRange(nameof(bitLength), 1, MaxBitLength, bitLength);
        Begin(bitLength);
        signals.CopyTo(values);
        PulseTrains.Draw(at, values, gain, bitLength, slots, words.AsSpan(0, planes * values.Length));
    }

    /// <summary>Reads the trains as numbers; see <see cref="PulseTrains.Decode"/>.</summary>
    /// <param name="scale">Value of one pulse, at least 0.</param>
    /// <param name="decoded">Receives the numbers, shape [lines].</param>
    /// <exception cref="ArgumentException">The length differs, or the scale is out of range.</exception>
    public void Decode(float scale, Span<float> decoded) => PulseTrains.Decode(Words, values, scale, decoded);

    /// <summary>Copies the train of one line.</summary>
    /// <param name="line">The line, 0 to <see cref="Lines"/> - 1.</param>
    /// <param name="train">Receives the words, shape [planes].</param>
    /// <returns>Whether it has a pulse.</returns>
    public bool CopyTrain(int line, Span<uint> train)
    {
        uint any = 0;
        for (int p = 0; p < train.Length; p++)
        {
            train[p] = words[(p * values.Length) + line];
            any |= train[p];
        }

        return any != 0;
    }

    /// <summary>Pulses of all lines together, counted once.</summary>
    public long Pulses => pulses >= 0 ? pulses : pulses = Bits.Count(Words);

    /// <summary>Words that <see cref="Compact"/> may need: every line, rounded up to whole vectors, in every plane.</summary>
    public static int CompactLength(int lines, int planes) => planes * ((lines + Lanes - 1) / Lanes * Lanes);

    /// <summary>Lists the lines that pulse at all, and packs their trains side by side.</summary>
    /// <param name="lines">Receives the lines in ascending order, at least <see cref="CompactLength"/> of one plane entries.</param>
    /// <param name="trains">
    /// Receives their trains, shape [planes, n] with n rounded up to a multiple of 16 by empty trains, at the front; at least
    /// <see cref="CompactLength"/> entries.
    /// </param>
    /// <returns>The rounded n; 0 where no line pulses.</returns>
    /// <exception cref="ArgumentException">There is not enough room.</exception>
    public int Compact(Span<int> lines, Span<uint> trains)
    {
        ThrowHelper.RequireAtLeast(nameof(lines), CompactLength(values.Length, 1), lines.Length);
        ThrowHelper.RequireAtLeast(nameof(trains), CompactLength(values.Length, planes), trains.Length);
        int n = only >= 0 ? ListOnly(lines, trains) : planes == 1 ? CompactOnePlane(lines, trains) : List(lines);
        int rounded = (n + Lanes - 1) / Lanes * Lanes;
        for (int p = 0; p < planes; p++)
        {
            Span<uint> packed = trains.Slice(p * rounded, rounded);
            for (int k = 0; planes > 1 && k < n; k++)
            {
                packed[k] = words[(p * values.Length) + lines[k]];
            }

            packed[n..].Clear();
        }

        return rounded;
    }

    // The words of all lines, one over the other.
    private static uint Any(ReadOnlySpan<uint> words)
    {
        Vector<uint> some = Vector<uint>.Zero;
        int l = 0;
        for (; l <= words.Length - Vector<uint>.Count; l += Vector<uint>.Count)
        {
            some |= new Vector<uint>(words[l..]);
        }

        uint any = 0;
        for (int n = 0; n < Vector<uint>.Count; n++)
        {
            any |= some[n];
        }

        for (; l < words.Length; l++)
        {
            any |= words[l];
        }

        return any;
    }

    private int ListOnly(Span<int> lines, Span<uint> trains)
    {
        lines[0] = only;
        trains[0] = words[only]; // with more planes they are packed behind
        return 1;
    }

    private int List(Span<int> lines)
    {
        int n = 0;
        for (int l = 0; l < values.Length; l++)
        {
            uint any = words[l];
            for (int p = 1; p < planes; p++)
            {
                any |= words[(p * values.Length) + l];
            }

            lines[n] = l;
            n += any != 0 ? 1 : 0;
        }

        return n;
    }

    // Lines and words in one pass.
    private int CompactOnePlane(Span<int> lines, Span<uint> trains)
    {
        ref uint from = ref MemoryMarshal.GetArrayDataReference(words);
        ref int toLines = ref MemoryMarshal.GetReference(lines);
        ref uint to = ref MemoryMarshal.GetReference(trains);
        int n = 0, l = 0;
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            Vector512<int> numbers = Vector512<int>.Indices;
            for (; l <= values.Length - Lanes; l += Lanes)
            {
                Vector512<uint> w = Vector512.LoadUnsafe(ref from, (nuint)l);
                Vector512<uint> some = ~Vector512.Equals(w, Vector512<uint>.Zero);
                Avx512F.Compress(Vector512<int>.Zero, some.AsInt32(), numbers).StoreUnsafe(ref toLines, (nuint)n);
                Avx512F.Compress(Vector512<uint>.Zero, some, w).StoreUnsafe(ref to, (nuint)n);
                numbers += Vector512.Create(Lanes);
                n += BitOperations.PopCount(some.ExtractMostSignificantBits());
            }
        }
        else if (Compaction.IsSupported)
        {
            for (; l <= values.Length - Compaction.Lanes; l += Compaction.Lanes)
            {
                Vector256<uint> w = Vector256.LoadUnsafe(ref from, (nuint)l);
                uint some = 0xFF ^ Vector256.Equals(w, Vector256<uint>.Zero).ExtractMostSignificantBits();
                Vector256<int> order = Compaction.Order(some);
                (order + Vector256.Create(l)).StoreUnsafe(ref toLines, (nuint)n);
                Compaction.Take(w, order).StoreUnsafe(ref to, (nuint)n);
                n += BitOperations.PopCount(some);
            }
        }

        for (; l < values.Length; l++)
        {
            Unsafe.Add(ref toLines, n) = l;
            Unsafe.Add(ref to, n) = words[l];
            n += words[l] != 0 ? 1 : 0;
        }

        return n;
    }
}
