using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Counts the pulses that meet at the cross-points of one row.</summary>
/// <remarks>The sum over slots of the stochastic update, T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016). Exact at every vector width.</remarks>
public static class Coincidence
{
    /// <summary>counts[j] = Σ_p popcount(columnTrains[p, j] AND rowTrain[p]).</summary>
    /// <param name="columnTrains">One train a column, shape [planes, columns] as <see cref="PulseTrains"/> packs them.</param>
    /// <param name="rowTrain">The train of the row, in the same slots, shape [planes].</param>
    /// <param name="counts">Receives the coincidences, shape [columns], each in 0..BL.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void CountRow(ReadOnlySpan<uint> columnTrains, ReadOnlySpan<uint> rowTrain, Span<uint> counts)
    {
        int planes = rowTrain.Length, columns = counts.Length;
        ThrowHelper.RequireAtLeast(nameof(rowTrain), 1, planes);
        ThrowHelper.RequireLength(nameof(columnTrains), planes * columns, columnTrains.Length);
        ref uint t = ref MemoryMarshal.GetReference(columnTrains);
        ref uint to = ref MemoryMarshal.GetReference(counts);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j <= columns - 16; j += 16)
            {
                Vector512<uint> sum = Vector512<uint>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    sum += Bits.SumBytes(Bits.CountBytes(Vector512.LoadUnsafe(ref t, (nuint)((p * columns) + j)) & Vector512.Create(rowTrain[p]))).AsUInt32();
                }

                sum.StoreUnsafe(ref to, (nuint)j);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= columns - 8; j += 8)
            {
                Vector256<uint> sum = Vector256<uint>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    sum += Bits.SumBytes(Bits.CountBytes(Vector256.LoadUnsafe(ref t, (nuint)((p * columns) + j)) & Vector256.Create(rowTrain[p]))).AsUInt32();
                }

                sum.StoreUnsafe(ref to, (nuint)j);
            }
        }

        for (; j < columns; j++)
        {
            counts[j] = (uint)Count(rowTrain, 1, 0, columnTrains, columns, j, planes);
        }
    }

    /// <summary>A cross-point that sees at least one coincidence.</summary>
    /// <param name="Row">Input line.</param>
    /// <param name="Column">Place of the output line among the column trains.</param>
    /// <param name="Count">Coincidences, 1..BL.</param>
    public readonly record struct Meeting(int Row, int Column, int Count);

    /// <summary>Lists the cross-points at which a row and a column pulse together, row by row, columns ascending, without the zeros.</summary>
    /// <param name="rowTrains">One train a row, shape [planes, rows].</param>
    /// <param name="columnTrains">One train a column, shape [planes, columns].</param>
    /// <param name="planes">Words of a train, at least 1.</param>
    /// <param name="row">The row to begin with; on return the row to go on with, or the number of rows when all are done.</param>
    /// <param name="events">Receives the events; must have room for one row, and is filled with as many whole rows as are sure to fit.</param>
    /// <returns>The number of events listed.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>What <see cref="CountRow"/> counts, for trains so thin that most cross-points see nothing: one test a vector of columns.</remarks>
    public static int Find(
        ReadOnlySpan<uint> rowTrains, ReadOnlySpan<uint> columnTrains, int planes, ref int row, Span<Meeting> events)
    {
        ThrowHelper.RequireAtLeast(nameof(planes), 1, planes);
        int rows = rowTrains.Length / planes, columns = columnTrains.Length / planes;
        ThrowHelper.RequireLength(nameof(rowTrains), planes * rows, rowTrains.Length);
        ThrowHelper.RequireLength(nameof(columnTrains), planes * columns, columnTrains.Length);
        ThrowHelper.RequireAtLeast(nameof(events), columns, events.Length);
        ref uint t = ref MemoryMarshal.GetReference(columnTrains);
        int found = 0;
        for (; row < rows && found <= events.Length - columns; row++)
        {
            uint any = rowTrains[row];
            for (int p = 1; p < planes; p++)
            {
                any |= rowTrains[(p * rows) + row];
            }

            if (any == 0)
            {
                continue;
            }

            int j = 0;
            if (Vector512.IsHardwareAccelerated && planes <= 4)
            {
                // Up to 128 slots; a word that a shorter train lacks is zero and meets nothing.
                Vector512<uint> r0 = Vector512.Create(rowTrains[row]);
                Vector512<uint> r1 = Vector512.Create(planes > 1 ? rowTrains[rows + row] : 0);
                Vector512<uint> r2 = Vector512.Create(planes > 2 ? rowTrains[(2 * rows) + row] : 0);
                Vector512<uint> r3 = Vector512.Create(planes > 3 ? rowTrains[(3 * rows) + row] : 0);
                int p1 = planes > 1 ? columns : 0, p2 = planes > 2 ? 2 * columns : 0, p3 = planes > 3 ? 3 * columns : 0;
                for (; j <= columns - 16; j += 16)
                {
                    Vector512<uint> met = Vector512.LoadUnsafe(ref t, (nuint)j) & r0;
                    if (planes > 1)
                    {
                        met |= Vector512.LoadUnsafe(ref t, (nuint)(p1 + j)) & r1;
                        met |= Vector512.LoadUnsafe(ref t, (nuint)(p2 + j)) & r2;
                        met |= Vector512.LoadUnsafe(ref t, (nuint)(p3 + j)) & r3;
                    }

                    uint some = (uint)Vector512.GreaterThan(met, Vector512<uint>.Zero).ExtractMostSignificantBits();
                    List(some, j, rowTrains, rows, row, columnTrains, columns, planes, events, ref found);
                }
            }

            if (Vector256.IsHardwareAccelerated)
            {
                for (; j <= columns - 8; j += 8)
                {
                    Vector256<uint> met = Vector256.LoadUnsafe(ref t, (nuint)j) & Vector256.Create(rowTrains[row]);
                    for (int p = 1; p < planes; p++)
                    {
                        met |= Vector256.LoadUnsafe(ref t, (nuint)((p * columns) + j)) & Vector256.Create(rowTrains[(p * rows) + row]);
                    }

                    uint some = 0xFF ^ Vector256.Equals(met, Vector256<uint>.Zero).ExtractMostSignificantBits();
                    List(some, j, rowTrains, rows, row, columnTrains, columns, planes, events, ref found);
                }
            }

            for (; j < columns; j++)
            {
                int count = Count(rowTrains, rows, row, columnTrains, columns, j, planes);
                if (count > 0)
                {
                    events[found++] = new Meeting(row, j, count);
                }
            }
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void List(
        uint some, int first, ReadOnlySpan<uint> rowTrains, int rows, int row,
        ReadOnlySpan<uint> columnTrains, int columns, int planes, Span<Meeting> events, ref int found)
    {
        for (; some != 0; some &= some - 1)
        {
            int j = first + BitOperations.TrailingZeroCount(some);
            events[found++] = new Meeting(row, j, Count(rowTrains, rows, row, columnTrains, columns, j, planes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(
        ReadOnlySpan<uint> rowTrains, int rows, int row, ReadOnlySpan<uint> columnTrains, int columns, int j, int planes)
    {
        int count = BitOperations.PopCount(columnTrains[j] & rowTrains[row]);
        for (int p = 1; p < planes; p++)
        {
            count += BitOperations.PopCount(columnTrains[(p * columns) + j] & rowTrains[(p * rows) + row]);
        }

        return count;
    }
}
