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
    private ulong[] columnsOf = []; // of each slot, one bit for each column that pulses in it
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
        SetLength = (stride + 255) / 256 * 4;
    }

    /// <summary>Columns of a block: as many as the vectors of the loops have lanes.</summary>
    public static int Width => Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? Lanes : Lanes / 2;

    /// <summary>Columns, rounded up to a multiple of 16.</summary>
    public int Stride => stride;

    /// <summary>First columns of the blocks in which a column pulses, ascending.</summary>
    public ReadOnlySpan<int> Blocks => blocks.AsSpan(0, active);

    /// <summary>Pairs of a slot and a block of columns in which there is a pulse.</summary>
    public int Visits { get; private set; }

    /// <summary>The trains side by side, shape [planes, stride].</summary>
    public ref uint Trains => ref MemoryMarshal.GetArrayDataReference(trains);

    /// <summary>The pulses of all slots, one slot after the other.</summary>
    public ref BlockPulses Pulses => ref MemoryMarshal.GetArrayDataReference(pulses);

    /// <summary>All bits set where a pulse goes down: of the columns of a row that is not negative, then of one that is.</summary>
    public ref int Directions => ref MemoryMarshal.GetArrayDataReference(directions);

    /// <summary>Words of one bit a column, in whole vectors of 256 bits.</summary>
    public int SetLength { get; }

    /// <summary>The columns that pulse in a slot, one bit each, <see cref="SetLength"/> words.</summary>
    public ref ulong SetOf(int slot) => ref columnsOf[slot * SetLength];

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

    /// <summary>Lists the pulses of every slot.</summary>
    /// <param name="bitLength">Slots.</param>
    /// <param name="all">Whether each slot lists every one of <see cref="Blocks"/>, or only those in which it has a pulse.</param>
    public void List(int bitLength, bool all)
    {
        Grow(ref slots, bitLength);
        Grow(ref pulses, (bitLength * active) + 1);
        Grow(ref columnsOf, bitLength * SetLength);
        columnsOf.AsSpan(0, bitLength * SetLength).Clear();
        uint keep = all ? 1u : 0;
        int n = 0;
        ref BlockPulses to = ref Pulses;
        for (int slot = 0; slot < bitLength; slot++)
        {
            ref uint words = ref trains[slot / PulseTrains.SlotsPerWord * stride];
            int shift = PulseTrains.SlotsPerWord - 1 - (slot % PulseTrains.SlotsPerWord), first = n, before = 0;
            ref ulong set = ref SetOf(slot);
            foreach (int j in Blocks)
            {
                // The bit of the slot, in the place of the sign, is a mask of lanes as it is.
                uint lanes = Width == Lanes
                    ? (uint)(Vector512.LoadUnsafe(ref words, (nuint)j) << shift).ExtractMostSignificantBits()
                    : (Vector256.LoadUnsafe(ref words, (nuint)j) << shift).ExtractMostSignificantBits();
                Unsafe.Add(ref set, j / 64) |= (ulong)lanes << j;
                Unsafe.Add(ref to, n) = new(~lanes, (uint)j, (uint)before);
                n += (int)((0 - (lanes | keep)) >> 31); // 1 unless both are 0: no branch, which nothing would foretell
                before += BitOperations.PopCount(lanes);
            }

            slots[slot] = new(first, n, before);
        }
    }

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
    /// <param name="Idle">One bit for each column of the block, set where it does not pulse.</param>
    /// <param name="Column">First column of the block.</param>
    /// <param name="Before">Pulses of the slot in the columns before.</param>
    public readonly record struct BlockPulses(uint Idle, uint Column, uint Before)
    {
        private readonly uint fourth; // so that one is found by a shift

        /// <summary>One bit for each column that pulses.</summary>
        public uint Lanes => ~Idle & ((1u << Width) - 1);
    }

    /// <summary>One slot.</summary>
    /// <param name="First">Its first entry in <see cref="Pulses"/>.</param>
    /// <param name="End">The one behind its last.</param>
    /// <param name="Pulses">Pulses of all columns together.</param>
    public readonly record struct Slot(int First, int End, int Pulses);
}
