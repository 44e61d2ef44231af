using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crosspoint.Kernels;

/// <summary>Applies the coincidences of an update to the weights of an array, pulse by pulse, each with noise of its own.</summary>
/// <remarks>
/// Stochastic update by coincidence, T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016). Rows come in ascending order, in each the slots,
/// in a slot the columns: the n-th pulse in this order takes the n-th number of the address. A row without a pulse costs nothing, nor do
/// sixteen columns of which none pulses in the slots of a row. The same bits at every vector width.
/// </remarks>
public sealed partial class PulsedUpdater
{
    private const int Lanes = 16;
    private const int MaxRowPulses = 1024; // slots of rows that are pulsed together
    private const int FarCrossPoints = 100_000; // at eight bytes and more each, they do not stay in a second-level cache beside the rest
    private const int EnoughFactors = 3072; // rows are pulsed together until they take so many
    private readonly PulseNoise noise = new();
    private readonly SlotTable table;
    private readonly RowPulses[] pending = new RowPulses[MaxRowPulses];
    private readonly int[] rowOf;
    private readonly int rowCount;
    private readonly int columnCount;
    private readonly bool isFar;
    private readonly int room; // the most factors of rows that are pulsed together
    private uint[] rowTrains;
    private RowSlot[] rowSlots = []; // of the row at hand

    /// <summary>Makes room for an array.</summary>
    /// <param name="rows">Input lines, at least 1.</param>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public PulsedUpdater(int rows, int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(rows), 1, rows);
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        rowCount = rows;
        columnCount = columns;
        isFar = (long)rows * columns >= FarCrossPoints;
        table = new SlotTable(columns);
        rowOf = new int[LineTrains.CompactLength(rows, 1)];
        rowTrains = new uint[rowOf.Length + 1];
        room = EnoughFactors + columns;
    }

    /// <summary>w[i, j] takes one pulse for each slot in which row i and column j pulse: up where their signs agree, down where they differ.</summary>
    /// <typeparam name="TDevice">The device type; the loop is compiled once for each.</typeparam>
    /// <param name="device">The devices of the array.</param>
    /// <param name="weights">Weight units, shape [rows, columns].</param>
    /// <param name="rows">Trains of the input lines.</param>
    /// <param name="columns">Trains of the output lines, in the same slots.</param>
    /// <param name="sigma">Deviation of a step from cycle to cycle, as a fraction of the step, at least 0; 0 draws no numbers.</param>
    /// <param name="kind">How the noise of several pulses of a cross-point is drawn.</param>
    /// <param name="at">Where the numbers of this update stand.</param>
    /// <param name="events">Receives the number of cross-points with at least one coincidence.</param>
    /// <returns>The coincidences.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is out of range.</exception>
    public long Apply<TDevice>(
        in TDevice device, PaddedMatrix weights, LineTrains rows, LineTrains columns, float sigma, PulseNoiseKind kind,
        in RandomAddress at, out long events)
        where TDevice : struct, IPulsedDevice
    {
        ThrowHelper.RequireLength(nameof(device), rowCount, device.Shape.Inputs);
        ThrowHelper.RequireLength(nameof(device), columnCount, device.Shape.Outputs);
        ThrowHelper.RequireLength(nameof(weights), rowCount, weights.Inputs);
        ThrowHelper.RequireLength(nameof(weights), columnCount, weights.Outputs);
        ThrowHelper.RequireLength(nameof(rows), rowCount, rows.Lines);
        ThrowHelper.RequireLength(nameof(columns), columnCount, columns.Lines);
        ThrowHelper.RequireLength(nameof(columns), rows.BitLength, columns.BitLength);
        ThrowHelper.RequireInRange(nameof(sigma), 0, float.MaxValue, sigma);
        ThrowHelper.RequireInRange(nameof(kind), 0, (int)PulseNoiseKind.Aggregated, (int)kind);

        events = 0;
        if (!table.Read(columns))
        {
            return 0;
        }

        Grow(ref rowTrains, LineTrains.CompactLength(rowCount, rows.Planes) + 1); // one more is read
        int activeRows = rows.Compact(rowOf, rowTrains);
        return kind == PulseNoiseKind.EachPulse
            ? EachPulse(device, weights, rows, columns, activeRows, sigma, at, ref events)
            : Aggregated(device, weights, rows, columns, activeRows, sigma, at, ref events);
    }

    private long EachPulse<TDevice>(
        in TDevice device, PaddedMatrix weights, LineTrains rows, LineTrains columns, int activeRows, float sigma, in RandomAddress at,
        ref long events)
        where TDevice : struct, IPulsedDevice
    {
        PulseOrder order = Choose<TDevice>((double)Bits.Count(rowTrains.AsSpan(0, activeRows * rows.Planes)) / activeRows, columns.BitLength);
        table.ListSeveral();
        if (order == PulseOrder.Held)
        {
            table.ListByBlock(columns.BitLength);
            if (rowSlots.Length < columns.BitLength)
            {
                rowSlots = new RowSlot[columns.BitLength];
                rowSlots.AsSpan().Fill(RowSlot.None);
            }
        }
        else
        {
            table.List(columns.BitLength, all: order == PulseOrder.SideBySide);
        }

        noise.Begin(at, 1, sigma, 0, room);
        long coincidences = 0;
        events = table.CountMet(ref MemoryMarshal.GetArrayDataReference(rowTrains), activeRows);
        Progress progress = new(0, 0, 0);
        while (true)
        {
            int listed = rows.Planes == 1 ? ListOnePlane(weights.Stride, rows, activeRows, ref progress, out int factors, ref events)
                : List(weights.Stride, rows, activeRows, ref progress, out factors, ref events);
            if (listed == 0)
            {
                break;
            }

            PulseLoops.Apply(device, pending.AsSpan(0, listed), table, order, rowSlots, isFar, ref noise.Ahead(factors), ref weights.First);
            noise.Take(factors);
            coincidences += factors;
        }

        return coincidences;
    }

    // The order of work that is about the cheapest, by estimates of what a row and a block of columns cost in cycles. All give the same bits.
    // A long chain in 256 bits is quicker one block after the other, as all that four of them spill comes back into the chain late.
    private PulseOrder Choose<TDevice>(double slotsOfRow, int bitLength)
        where TDevice : struct, IPulsedDevice
    {
        if (!PulseLoops.AreVectors || (TDevice.IsLongChain && SlotTable.Width < Lanes))
        {
            return PulseOrder.Thin;
        }

        double visitsOfBlock = (double)table.Visits / table.Blocks.Length, share = slotsOfRow / bitLength;
        bool isHalf = SlotTable.Width < Lanes; // a factor costs more operations without expanding loads
        double thin = 9 * share * visitsOfBlock, held = 12 + ((isHalf ? 6 : 3.5) * visitsOfBlock), side = 10 + ((isHalf ? 6.5 : 3) * slotsOfRow);
        return thin <= Math.Min(held, side) ? PulseOrder.Thin : held < side ? PulseOrder.Held : PulseOrder.SideBySide;
    }

    // Lists rows and their slots until their pulses take enough factors. A column that pulses once meets a row once: that is an event.
    private int List(int stride, LineTrains rows, int activeRows, ref Progress progress, out int factors, ref long events)
    {
        (int r, int p, uint left) = progress;
        int n = 0, taken = 0;
        for (; r < activeRows; r++, p = 0)
        {
            int row = rowOf[r], place = row * stride, direction = (BitConverter.SingleToInt32Bits(rows.Values[row]) >> 31) & table.Stride;
            for (; p < rows.Planes; p++, left = 0)
            {
                for (left = left != 0 ? left : rowTrains[(p * activeRows) + r]; left != 0; left &= left - 1)
                {
                    if (n == MaxRowPulses || taken >= EnoughFactors)
                    {
                        progress = new(r, p, left);
                        factors = taken;
                        return n;
                    }

                    int number = (p * PulseTrains.SlotsPerWord) + BitOperations.TrailingZeroCount(left);
                    SlotTable.Slot slot = table[number];
                    pending[n++] = new(place, direction, number, slot.First, slot.End, taken);
                    taken += slot.Pulses;
                    events += slot.PulsesAlone;
                }
            }
        }

        progress = new(r, 0, 0);
        factors = taken;
        return n;
    }

    // The same for trains of one word, without a branch on the end of a row: nothing would foretell it.
    private int ListOnePlane(int stride, LineTrains rows, int activeRows, ref Progress progress, out int factors, ref long events)
    {
        ref uint trains = ref MemoryMarshal.GetArrayDataReference(rowTrains);
        ref int lines = ref MemoryMarshal.GetArrayDataReference(rowOf);
        ref float values = ref MemoryMarshal.GetReference(rows.Values);
        ref RowPulses to = ref MemoryMarshal.GetArrayDataReference(pending);
        ref SlotTable.Slot slots = ref table.Slots;
        int n = 0, taken = 0, alone = 0, r = progress.Row, negative = table.Stride;
        uint left = progress.Left != 0 ? progress.Left : Unsafe.Add(ref trains, r);
        while (r < activeRows && left != 0 && n < MaxRowPulses && taken < EnoughFactors)
        {
            int row = Unsafe.Add(ref lines, r), number = BitOperations.TrailingZeroCount(left);
            ref SlotTable.Slot slot = ref Unsafe.Add(ref slots, number);
            int direction = (BitConverter.SingleToInt32Bits(Unsafe.Add(ref values, row)) >> 31) & negative;
            Unsafe.Add(ref to, n++) = new(row * stride, direction, number, slot.First, slot.End, taken);
            taken += slot.Pulses;
            alone += slot.PulsesAlone;
            left &= left - 1;
            uint isLast = (uint)(((ulong)left - 1) >> 63); // 1 where no slot of the row is left
            r += (int)isLast;
            left |= Unsafe.Add(ref trains, r) & (0 - isLast);
        }

        progress = new(r, 0, left);
        factors = taken;
        events += alone;
        return n;
    }

    // Where the listing of rows stands: a row, a plane of its train, and the slots of it that are left.
    private readonly record struct Progress(int Row, int Plane, uint Left);

    private static void Grow(ref uint[] trains, int room)
    {
        if (trains.Length < room)
        {
            trains = new uint[room];
        }
    }
}
