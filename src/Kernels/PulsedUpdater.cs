using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private const int EnoughFactors = 3072; // rows are pulsed together until they take so many
    private const double DenseVisits = 2.5; // of a row to a block of columns, from which on it is better kept in a register
    private const double FullTable = 0.6; // of slots and blocks with pulses, from which on the others may be visited too
    private readonly PulseNoise noise = new();
    private readonly SlotTable table;
    private readonly RowPulses[] pending = new RowPulses[MaxRowPulses];
    private readonly int[] rowOf;
    private readonly int rowCount;
    private readonly int columnCount;
    private readonly int room; // factors of rows that are pulsed together
    private uint[] rowTrains;

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
        table = new SlotTable(columns);
        rowOf = new int[LineTrains.CompactLength(rows, 1)];
        rowTrains = new uint[rowOf.Length];
        room = Math.Max(4 * EnoughFactors, columns);
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

        Grow(ref rowTrains, LineTrains.CompactLength(rowCount, rows.Planes));
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
        double slotsOfRow = (double)Bits.Count(rowTrains.AsSpan(0, activeRows * rows.Planes)) / activeRows;
        int blocks = table.Blocks.Length;
        bool dense = slotsOfRow * table.Visits > DenseVisits * columns.BitLength * blocks && table.Visits > FullTable * columns.BitLength * blocks;
        table.List(columns.BitLength, dense);
        noise.Begin(at, 1, sigma, 0, room);
        long coincidences = 0;
        Progress progress = new(0, 0, 0);
        while (true)
        {
            int listed = Gather(weights.Stride, rows, activeRows, ref progress, out int factors);
            if (listed == 0)
            {
                break;
            }

            PulseLoops.Apply(device, pending.AsSpan(0, listed), table, dense, ref noise.Ahead(factors), ref weights.First);
            noise.Take(factors);
            coincidences += factors;
        }

        events = CountEvents(rows.Planes, activeRows);
        return coincidences;
    }

    // Lists rows and their slots until their pulses take enough factors.
    private int Gather(int stride, LineTrains rows, int activeRows, ref Progress progress, out int factors)
    {
        (int r, int p, uint left) = progress;
        ref uint trains = ref MemoryMarshal.GetArrayDataReference(rowTrains);
        ref RowPulses to = ref MemoryMarshal.GetArrayDataReference(pending);
        SlotTable slots = table;
        ReadOnlySpan<float> values = rows.Values;
        int n = 0, taken = 0, planes = rows.Planes, negative = slots.Stride, most = room;
        for (; r < activeRows && taken < EnoughFactors; r++, p = 0)
        {
            int row = rowOf[r], place = row * stride, direction = (BitConverter.SingleToInt32Bits(values[row]) >> 31) & negative;
            for (; p < planes; p++, left = 0)
            {
                for (left = left != 0 ? left : Unsafe.Add(ref trains, (p * activeRows) + r); left != 0; left &= left - 1)
                {
                    SlotTable.Slot slot = slots[(p * PulseTrains.SlotsPerWord) + BitOperations.TrailingZeroCount(left)];
                    if (n == MaxRowPulses || taken + slot.Pulses > most)
                    {
                        progress = new(r, p, left);
                        factors = taken;
                        return n;
                    }

                    Unsafe.Add(ref to, n++) = new(place, direction, slot.First, slot.End, taken);
                    taken += slot.Pulses;
                }
            }
        }

        progress = new(r, p, left);
        factors = taken;
        return n;
    }

    // Cross-points that see at least one coincidence. Rows of the same train, such as of inputs at their bound, see the same.
    private long CountEvents(int planes, int activeRows)
    {
        long events = 0;
        int met = 0;
        uint last = 0;
        for (int r = 0; r < activeRows; r++)
        {
            uint train = rowTrains[r];
            if (planes > 1 || train != last)
            {
                met = planes == 1 && BitOperations.IsPow2(train) ? table[BitOperations.TrailingZeroCount(train)].Pulses : Met(planes, r, activeRows);
                last = train;
            }

            events += met;
        }

        return events;
    }

    // Cross-points of a row that see at least one coincidence: columns that pulse in one of its slots.
    private int Met(int planes, int row, int rows)
    {
        int met = 0;
        for (int k = 0; k < table.SetLength; k += 4)
        {
            Vector256<ulong> some = Vector256<ulong>.Zero;
            for (int p = 0; p < planes; p++)
            {
                for (uint left = rowTrains[(p * rows) + row]; left != 0; left &= left - 1)
                {
                    some |= Vector256.LoadUnsafe(ref table.SetOf((p * PulseTrains.SlotsPerWord) + BitOperations.TrailingZeroCount(left)), (nuint)k);
                }
            }

            met += BitOperations.PopCount(some[0]) + BitOperations.PopCount(some[1]) + BitOperations.PopCount(some[2]) + BitOperations.PopCount(some[3]);
        }

        return met;
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
