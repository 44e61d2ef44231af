using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>The pulses of the output lines in one update, slot by slot: which lanes pulse of each block of columns.</summary>
/// <remarks>
/// A row that pulses in a slot meets exactly the columns of that slot, so that its pulses are found without comparing trains, and the
/// number of a pulse within its slot is the same for all rows.
/// </remarks>
internal sealed class SlotTable
{
    private const int Lanes = 16;
    private readonly int stride;
    private readonly int columnCount;
    private readonly int[] directions;
    private readonly int[] blocks;
    private uint[] trains;
    private Slot[] slots = [];
    private BlockPulses[] pulses = [];
    private int[] firstOf = []; // pulse of each block in lists by block, and the one behind the last
    private readonly uint[] lone; // for each of the blocks, one bit for each column that pulses once
    private uint[] several = []; // trains of the columns that pulse more than once, shape [planes, stride]
    private int severalCount; // rounded up to whole vectors, of empty trains
    private int planes;
    private int active;

    /// <summary>Makes room for an array.</summary>
    public SlotTable(int columns)
    {
        columnCount = columns;
        stride = LineTrains.CompactLength(columns, 1);
        trains = new uint[stride];
        directions = new int[2 * stride];
        blocks = new int[stride / Width];
        lone = new uint[blocks.Length];
    }

    /// <summary>Columns of a block: as many as the vectors of the loops have lanes.</summary>
    public static int Width => Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? Lanes : Lanes / 2;

    /// <summary>Columns, rounded up to a multiple of 16.</summary>
    public int Stride => stride;

    /// <summary>First columns of the blocks in which a column pulses, ascending.</summary>
    public ReadOnlySpan<int> Blocks => blocks.AsSpan(0, active);

    /// <summary>Pairs of a slot and one of <see cref="Blocks"/> in which there is a pulse.</summary>
    public int Visits { get; private set; }

    /// <summary>The trains side by side, shape [planes, stride].</summary>
    public ref uint Trains => ref MemoryMarshal.GetArrayDataReference(trains);

    /// <summary>The pulses of all slots, one slot after the other.</summary>
    public ref BlockPulses Pulses => ref MemoryMarshal.GetArrayDataReference(pulses);

    /// <summary>All bits set where a pulse goes down: of the columns of a row that is not negative, then of one that is.</summary>
    public ref int Directions => ref MemoryMarshal.GetArrayDataReference(directions);

    /// <summary>Where the pulses of each of <see cref="Blocks"/> begin, and where the last end, if they are listed by block.</summary>
    public ref int Firsts => ref MemoryMarshal.GetArrayDataReference(firstOf);

    /// <summary>The slots of the update.</summary>
    public ref Slot Slots => ref MemoryMarshal.GetArrayDataReference(slots);

    /// <summary>What is known of a slot.</summary>
    public Slot this[int slot] => slots[slot];

    /// <summary>Reads the trains of an update.</summary>
    /// <returns>Whether any column pulses.</returns>
    public bool Read(LineTrains columns)
    {
        planes = columns.Planes;
        Grow(ref trains, planes * stride);
        for (int p = 0; p < planes; p++)
        {
            columns.Words.Slice(p * columnCount, columnCount).CopyTo(trains.AsSpan(p * stride));
            trains.AsSpan((p * stride) + columnCount, stride - columnCount).Clear();
        }

        MemoryMarshal.Cast<float, int>(columns.Values).CopyTo(directions);
        ref int up = ref Directions, down = ref Unsafe.Add(ref up, stride);
        for (nuint j = 0; j < (nuint)stride; j += 8)
        {
            Vector256<int> isDown = Vector256.LoadUnsafe(ref up, j) >> 31;
            isDown.StoreUnsafe(ref up, j);
            (~isDown).StoreUnsafe(ref down, j);
        }

        active = 0;
        Visits = 0;
        for (int j = 0; j < stride; j += Width)
        {
            int slotsHere = 0;
            for (int p = 0; p < planes; p++)
            {
                slotsHere += BitOperations.PopCount(Any(ref Unsafe.Add(ref Trains, (p * stride) + j)));
            }

            blocks[active] = j;
            active += slotsHere > 0 ? 1 : 0;
            Visits += slotsHere;
        }

        return active > 0;
    }

    /// <summary>Lists the pulses of every slot, slot by slot; <see cref="ListSeveral"/> comes before.</summary>
    /// <param name="bitLength">Slots.</param>
    /// <param name="all">Whether each slot lists every one of <see cref="Blocks"/>, or only those in which it has a pulse.</param>
    public void List(int bitLength, bool all)
    {
        Grow(ref slots, bitLength);
        Grow(ref pulses, (bitLength * active) + 1);
        uint keep = all ? 1u : 0;
        int n = 0;
        ref BlockPulses to = ref Pulses;
        for (int slot = 0; slot < bitLength; slot++)
        {
            ref uint words = ref trains[slot / PulseTrains.SlotsPerWord * stride];
            int shift = PulseTrains.SlotsPerWord - 1 - (slot % PulseTrains.SlotsPerWord), first = n, before = 0, alone = 0;
            for (int k = 0; k < active; k++)
            {
                int j = blocks[k];
                uint lanes = LanesOf(ref Unsafe.Add(ref words, j), shift);
                Unsafe.Add(ref to, n) = new(InTurn.Of(~lanes), (uint)j, (uint)before);
                n += (int)((0 - (lanes | keep)) >> 31); // 1 unless both are 0: no branch, which nothing would foretell
                before += BitOperations.PopCount(lanes);
                alone += BitOperations.PopCount(lanes & lone[k]);
            }

            slots[slot] = new(first, n, before, alone);
        }
    }

    /// <summary>Lists the pulses of every slot, block by block, in each the slots in which it has a pulse; <see cref="ListSeveral"/> comes before.</summary>
    /// <param name="bitLength">Slots.</param>
    public void ListByBlock(int bitLength)
    {
        Grow(ref slots, bitLength);
        Grow(ref pulses, Visits + 1);
        Grow(ref firstOf, active + 1);
        slots.AsSpan(0, bitLength).Clear();
        int n = 0;
        for (int k = 0; k < active; k++)
        {
            firstOf[k] = n;
            for (int p = 0; p < planes; p++)
            {
                ref uint words = ref Unsafe.Add(ref Trains, (p * stride) + blocks[k]);
                for (uint left = Any(ref words); left != 0; left &= left - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(left), number = (p * PulseTrains.SlotsPerWord) + bit;
                    Slot slot = slots[number];
                    uint lanes = LanesOf(ref words, PulseTrains.SlotsPerWord - 1 - bit);
                    pulses[n++] = new(InTurn.Of(~lanes), (uint)number, (uint)slot.Pulses);
                    slots[number] = new(
                        0, 0, slot.Pulses + BitOperations.PopCount(lanes), slot.PulsesAlone + BitOperations.PopCount(lanes & lone[k]));
                }
            }
        }

        firstOf[active] = n;
    }

    /// <summary>Parts the columns into those that pulse once and the trains of those that pulse more than once.</summary>
    public void ListSeveral()
    {
        Grow(ref several, planes * stride);
        int count = 0;
        for (int k = 0; k < active; k++)
        {
            int j = blocks[k];
            if (Width == Lanes)
            {
                Vector512<uint> more = Vector512<uint>.Zero, seen = more;
                for (int p = 0; p < planes; p++)
                {
                    more |= Repeats(Vector512.LoadUnsafe(ref Trains, (nuint)((p * stride) + j)), ref seen);
                }

                Vector512<uint> isOne = ~Vector512.Equals(more, Vector512<uint>.Zero);
                for (int p = 0; p < planes; p++)
                {
                    Avx512F.Compress(Vector512<uint>.Zero, isOne, Vector512.LoadUnsafe(ref Trains, (nuint)((p * stride) + j)))
                        .StoreUnsafe(ref several[(p * stride) + count]);
                }

                uint repeated = (uint)isOne.ExtractMostSignificantBits();
                lone[k] = ~repeated;
                count += BitOperations.PopCount(repeated);
                continue;
            }

            Vector256<uint> again = Vector256<uint>.Zero, before = again;
            for (int p = 0; p < planes; p++)
            {
                again |= Repeats(Vector256.LoadUnsafe(ref Trains, (nuint)((p * stride) + j)), ref before);
            }

            uint left = (~Vector256.Equals(again, Vector256<uint>.Zero)).ExtractMostSignificantBits();
            lone[k] = ~left;
            if (Compaction.IsSupported)
            {
                Vector256<int> order = Compaction.Order(left);
                for (int p = 0; p < planes; p++)
                {
                    Compaction.Take(Vector256.LoadUnsafe(ref Trains, (nuint)((p * stride) + j)), order).StoreUnsafe(ref several[(p * stride) + count]);
                }

                count += BitOperations.PopCount(left);
                continue;
            }

            for (; left != 0; left &= left - 1)
            {
                for (int p = 0; p < planes; p++)
                {
                    several[(p * stride) + count] = trains[(p * stride) + j + BitOperations.TrailingZeroCount(left)];
                }

                count++;
            }
        }

        severalCount = (count + Width - 1) / Width * Width;
        for (int p = 0; p < planes; p++)
        {
            several.AsSpan((p * stride) + count, severalCount - count).Clear();
        }
    }

    /// <summary>Cross-points of rows and columns that pulse more than once with at least one coincidence; <see cref="ListSeveral"/> comes before.</summary>
    /// <param name="rows">Trains, shape [planes, rows].</param>
    /// <param name="count">Rows.</param>
    public long CountMet(ref uint rows, int count)
    {
        ref uint columns = ref MemoryMarshal.GetArrayDataReference(several);
        long missed = 0;
        Vector256<int> missedOfLane = Vector256<int>.Zero;
        for (int r = 0; r < count; r++)
        {
            for (int k = 0; k < severalCount; k += Width)
            {
                if (Width == Lanes)
                {
                    Vector512<uint> met = Vector512<uint>.Zero;
                    for (int p = 0; p < planes; p++)
                    {
                        met |= Vector512.LoadUnsafe(ref columns, (nuint)((p * stride) + k)) & Vector512.Create(Unsafe.Add(ref rows, (p * count) + r));
                    }

                    missed += BitOperations.PopCount(Vector512.Equals(met, Vector512<uint>.Zero).ExtractMostSignificantBits());
                    continue;
                }

                Vector256<uint> some = Vector256<uint>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    some |= Vector256.LoadUnsafe(ref columns, (nuint)((p * stride) + k)) & Vector256.Create(Unsafe.Add(ref rows, (p * count) + r));
                }

                missedOfLane -= Vector256.Equals(some, Vector256<uint>.Zero).AsInt32();
            }
        }

        missed += Vector256.Sum(missedOfLane);
        return ((long)count * severalCount) - missed;
    }

    // All bits but the first of each lane, over the words of its train.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Repeats(Vector512<uint> word, ref Vector512<uint> seen)
    {
        Vector512<uint> repeats = word & ((word - Vector512<uint>.One) | seen);
        seen |= ~Vector512.Equals(word, Vector512<uint>.Zero);
        return repeats;
    }

    /// <inheritdoc cref="Repeats(Vector512{uint}, ref Vector512{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Repeats(Vector256<uint> word, ref Vector256<uint> seen)
    {
        Vector256<uint> repeats = word & ((word - Vector256<uint>.One) | seen);
        seen |= ~Vector256.Equals(word, Vector256<uint>.Zero);
        return repeats;
    }

    // The bit of a slot, shifted to the place of the sign, is a mask of lanes as it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint LanesOf(ref uint words, int shift) => Width == Lanes
        ? (uint)(Vector512.LoadUnsafe(ref words) << shift).ExtractMostSignificantBits()
        : (Vector256.LoadUnsafe(ref words) << shift).ExtractMostSignificantBits();

    // The slots in which one of the columns of a block pulses.
    private static uint Any(ref uint words)
    {
        Vector256<uint> some = Vector256.LoadUnsafe(ref words);
        if (Width == Lanes)
        {
            some |= Vector256.LoadUnsafe(ref words, Lanes / 2);
        }

        Vector128<uint> four = some.GetLower() | some.GetUpper();
        Vector128<ulong> two = four.AsUInt64();
        ulong one = two[0] | two[1];
        return (uint)one | (uint)(one >> 32);
    }

    private static void Grow<T>(ref T[] list, int room)
    {
        if (list.Length < room)
        {
            list = new T[room];
        }
    }

    /// <summary>Pulses of one slot in one block of columns.</summary>
    /// <param name="turns">Which lanes pulse: <see cref="InTurn.Of"/>.</param>
    /// <param name="at">First column of the block; in lists by block the slot.</param>
    /// <param name="before">Pulses of the slot in the columns before.</param>
    public readonly struct BlockPulses(ulong turns, uint at, uint before)
    {
        /// <summary>Which lanes pulse: <see cref="InTurn.Of"/>.</summary>
        public readonly ulong Turns = turns;

        /// <summary>First column of the block; in lists by block the slot.</summary>
        public readonly uint At = at;

        /// <summary>Pulses of the slot in the columns before.</summary>
        public readonly uint Before = before;
    }

    /// <summary>One slot.</summary>
    /// <param name="First">Its first entry in <see cref="Pulses"/>, if they are listed by slot.</param>
    /// <param name="End">The one behind its last.</param>
    /// <param name="Pulses">Pulses of all columns together.</param>
    /// <param name="PulsesAlone">Those of columns that pulse in no other slot.</param>
    public readonly record struct Slot(int First, int End, int Pulses, int PulsesAlone);
}
