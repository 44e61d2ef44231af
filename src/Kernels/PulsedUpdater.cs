using System.Numerics;
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
        int listed = table.List(columns.BitLength, all: false);
        double slotsOfRow = (double)Bits.Count(rowTrains.AsSpan(0, activeRows * rows.Planes)) / activeRows;
        bool dense = slotsOfRow * listed > DenseVisits * columns.BitLength * table.Blocks.Length;
        if (dense)
        {
            table.List(columns.BitLength, all: true);
        }

        noise.Begin(at, 1, sigma, 0, room);
        long coincidences = 0;
        int n = 0, factors = 0;
        events = 0;
        for (int r = 0; r < activeRows; r++)
        {
            int place = rowOf[r] * weights.Stride;
            int direction = (BitConverter.SingleToInt32Bits(rows.Values[rowOf[r]]) >> 31) & table.Stride;
            int slots = 0, pulses = 0;
            for (int p = 0; p < rows.Planes; p++)
            {
                for (uint left = rowTrains[(p * activeRows) + r]; left != 0; left &= left - 1)
                {
                    SlotTable.Slot slot = table[(p * PulseTrains.SlotsPerWord) + BitOperations.TrailingZeroCount(left)];
                    if (n == MaxRowPulses || factors + slot.Pulses > room)
                    {
                        coincidences += Pulse(device, weights, ref n, ref factors, dense);
                    }

                    pending[n++] = new(place, direction, slot.First, slot.End, factors);
                    factors += slot.Pulses;
                    pulses = slot.Pulses;
                    slots++;
                }
            }

            if (slots > 1)
            {
                pulses = Met(rows.Planes, r, activeRows);
            }

            events += pulses;
            if (factors >= EnoughFactors)
            {
                coincidences += Pulse(device, weights, ref n, ref factors, dense);
            }
        }

        coincidences += Pulse(device, weights, ref n, ref factors, dense);
        return coincidences;
    }

    // Pulses the rows that have been listed.
    private int Pulse<TDevice>(in TDevice device, PaddedMatrix weights, ref int rows, ref int factors, bool dense)
        where TDevice : struct, IPulsedDevice
    {
        int taken = factors;
        PulseLoops.Apply(device, pending.AsSpan(0, rows), table, dense, ref noise.Ahead(taken), ref weights.First);
        noise.Take(taken);
        rows = factors = 0;
        return taken;
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

    private static void Grow(ref uint[] trains, int room)
    {
        if (trains.Length < room)
        {
            trains = new uint[room];
        }
    }
}
