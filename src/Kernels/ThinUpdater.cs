using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crosspoint.Kernels;

/// <summary>Steps weights by the coincidences of thin trains of one word, as <see cref="PulsedUpdate"/> does, meeting by meeting.</summary>
/// <remarks>
/// A row that pulses in a slot meets exactly the columns of that slot, so that no trains are compared: what a row costs is its coincidences,
/// not its columns. The same bits as every other way, as each cross-point takes all its pulses at once.
/// </remarks>
public sealed class ThinUpdater
{
    private readonly int columnCount;
    private readonly int slotStride;
    private readonly int[] columnOf;
    private readonly uint[] trains;
    private readonly int[] endOfSlots = new int[PulseTrains.SlotsPerWord]; // columns of each slot
    private readonly Column[] columnsOfSlots; // shape [slots, columns or more], of each slot at the front those that pulse in it

    /// <summary>Makes room for an array.</summary>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public ThinUpdater(int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        columnCount = columns;
        columnOf = new int[LineTrains.CompactLength(columns, 1)];
        trains = new uint[columnOf.Length];
        slotStride = 8 * (((columns + 7) / 8) | 1); // an odd number of cache lines, so that slots do not share places of a cache
        columnsOfSlots = new Column[PulseTrains.SlotsPerWord * slotStride];
    }

    /// <summary>w[i, j] becomes the response of its device to the pulses in which row i and column j meet.</summary>
    /// <typeparam name="TResponse">The device type; the loop is compiled once for each.</typeparam>
    /// <typeparam name="TParameters">The numbers of one array.</typeparam>
    /// <param name="columns">Trains of the output lines, at most 32 slots.</param>
    /// <param name="rows">Trains of the input lines, in the same slots.</param>
    /// <param name="rowOf">The input lines to take, as <see cref="LineTrains.Compact"/> lists them; not looked at where the train is empty.</param>
    /// <param name="rowTrains">Their trains, shape [rows to take].</param>
    /// <param name="p">The numbers of the array.</param>
    /// <param name="weights">Weight units, shape [input lines, output lines].</param>
    /// <param name="events">Receives the number of cross-points with at least one coincidence.</param>
    /// <returns>The coincidences.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or trains are longer than a word.</exception>
    public long Apply<TResponse, TParameters>(
        LineTrains columns, LineTrains rows, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> rowTrains, in TParameters p, PaddedMatrix weights,
        out long events)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        PulsedUpdate.Require(columns, rows, rowOf, rowTrains, weights, columnCount, PulseTrains.SlotsPerWord);
        List(columns);
        ref uint t = ref MemoryMarshal.GetReference(columns.Words), trainOf = ref MemoryMarshal.GetReference(rowTrains);
        ref Column all = ref MemoryMarshal.GetArrayDataReference(columnsOfSlots);
        ref int ends = ref MemoryMarshal.GetArrayDataReference(endOfSlots);
        ReadOnlySpan<float> values = rows.Values;
        long coincidences = 0, met = 0;

        // Row and slot in one loop, without a branch on the end of a row: nothing would foretell it.
        uint left = rowTrains.Length > 0 ? trainOf : 0;
        for (int n = 0; n < rowTrains.Length;)
        {
            uint train = Unsafe.Add(ref trainOf, n), slots = left;
            int number = n;
            left &= left - 1;
            bool isLast = left == 0;
            n += isLast ? 1 : 0;
            uint next = n < rowTrains.Length ? Unsafe.Add(ref trainOf, n) : 0;
            left = isLast ? next : left;
            if (slots == 0)
            {
                continue; // an empty train
            }

            int slot = BitOperations.TrailingZeroCount(slots), i = rowOf[number], sign = BitConverter.SingleToInt32Bits(values[i]) & int.MinValue;
            uint before = train & ~slots; // slots of the row before this one: a column that meets it there has taken its pulses
            ref Column column = ref Unsafe.Add(ref all, slot * slotStride), end = ref Unsafe.Add(ref column, Unsafe.Add(ref ends, slot));
            ref float row = ref Unsafe.Add(ref weights.First, (nint)i * weights.Stride);
            for (; Unsafe.IsAddressLessThan(ref column, ref end); column = ref Unsafe.Add(ref column, 1))
            {
                uint pulses = Unsafe.Add(ref t, column.Number);
                if ((pulses & before) == 0)
                {
                    int count = BitOperations.PopCount(pulses & train);
                    ref float w = ref Unsafe.Add(ref row, column.Number);
                    w = TResponse.Apply(w, BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(count) ^ column.Sign ^ sign), p);
                    coincidences += count;
                    met++;
                }
            }
        }

        events = met;
        return coincidences;
    }

    // The columns of each slot.
    private void List(LineTrains columns)
    {
        int active = columns.Compact(columnOf, trains);
        ref int ends = ref MemoryMarshal.GetArrayDataReference(endOfSlots);
        endOfSlots.AsSpan().Clear();
        ref float values = ref MemoryMarshal.GetReference(columns.Values);
        uint left = active > 0 ? trains[0] : 0;
        for (int k = 0; k < active && left != 0;)
        {
            int slot = BitOperations.TrailingZeroCount(left), number = columnOf[k];
            columnsOfSlots[(slot * slotStride) + Unsafe.Add(ref ends, slot)++] =
                new(number, BitConverter.SingleToInt32Bits(Unsafe.Add(ref values, number)) & int.MinValue);
            left &= left - 1;
            bool isLast = left == 0;
            k += isLast ? 1 : 0;
            uint next = k < active ? trains[k] : 0;
            left = isLast ? next : left;
        }
    }

    // A column that pulses in a slot.
    private readonly record struct Column(int Number, int Sign);
}
