using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Entries of the lists of <see cref="Find"/> beyond one row of columns, which it writes but does not count.</summary>
    public const int ListMargin = 16;

    /// <summary>Lists the cross-points at which a row and a column pulse together, row by row, columns ascending, without the zeros.</summary>
    /// <param name="rowTrains">One train a row, shape [planes, rows].</param>
    /// <param name="rowOf">The number by which each row is listed, shape [rows].</param>
    /// <param name="columnTrains">One train a column, shape [planes, columns].</param>
    /// <param name="columnOf">The number by which each column is listed, shape [columns].</param>
    /// <param name="planes">Words of a train, at least 1.</param>
    /// <param name="row">The row to begin with; on return the row to go on with, or the number of rows when all are done.</param>
    /// <param name="into">Receives as many whole rows as are sure to fit; each list has at least columns + <see cref="ListMargin"/> entries.</param>
    /// <returns>The number of cross-points listed.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>What <see cref="CountRow"/> counts, for trains so thin that most cross-points see nothing: a few steps a vector of columns.</remarks>
    public static int Find(
        ReadOnlySpan<uint> rowTrains, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> columnTrains, ReadOnlySpan<int> columnOf, int planes,
        ref int row, MeetingLists into)
    {
        ThrowHelper.RequireAtLeast(nameof(planes), 1, planes);
        int rows = rowOf.Length, columns = columnOf.Length, room = into.Rows.Length;
        ThrowHelper.RequireLength(nameof(rowTrains), planes * rows, rowTrains.Length);
        ThrowHelper.RequireLength(nameof(columnTrains), planes * columns, columnTrains.Length);
        ThrowHelper.RequireAtLeast(nameof(into), columns + ListMargin, room);
        ThrowHelper.RequireLength(nameof(into), room, into.Columns.Length);
        ThrowHelper.RequireLength(nameof(into), room, into.Counts.Length);
        ref uint t = ref MemoryMarshal.GetReference(columnTrains);
        ref int numbers = ref MemoryMarshal.GetReference(columnOf);
        ref int toRows = ref MemoryMarshal.GetReference(into.Rows);
        ref int toColumns = ref MemoryMarshal.GetReference(into.Columns);
        ref int toCounts = ref MemoryMarshal.GetReference(into.Counts);
        int found = 0;
        for (; row < rows && found <= room - columns - ListMargin; row++)
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
            if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            {
                Vector512<int> number = Vector512.Create(rowOf[row]);
                for (; j <= columns - 16; j += 16)
                {
                    Vector512<uint> met = Vector512.LoadUnsafe(ref t, (nuint)j) & Vector512.Create(rowTrains[row]);
                    if (planes > 1 && !Count(rowTrains, rows, row, ref t, columns, j, planes, ref met))
                    {
                        continue;
                    }

                    Vector512<uint> some = ~Vector512.Equals(met, Vector512<uint>.Zero);
                    number.StoreUnsafe(ref toRows, (nuint)found);
                    Avx512F.Compress(Vector512<int>.Zero, some.AsInt32(), Vector512.LoadUnsafe(ref numbers, (nuint)j))
                        .StoreUnsafe(ref toColumns, (nuint)found);
                    Avx512F.Compress(Vector512<uint>.Zero, some, met).AsInt32().StoreUnsafe(ref toCounts, (nuint)found);
                    found += BitOperations.PopCount(some.ExtractMostSignificantBits());
                }
            }

            if (Compaction.IsSupported)
            {
                Vector256<int> number = Vector256.Create(rowOf[row]);
                for (; j <= columns - Compaction.Lanes; j += Compaction.Lanes)
                {
                    Vector256<uint> met = Vector256.LoadUnsafe(ref t, (nuint)j) & Vector256.Create(rowTrains[row]);
                    if (planes > 1 && !Count(rowTrains, rows, row, ref t, columns, j, planes, ref met))
                    {
                        continue;
                    }

                    uint some = 0xFF ^ Vector256.Equals(met, Vector256<uint>.Zero).ExtractMostSignificantBits();
                    Vector256<int> order = Compaction.Order(some);
                    number.StoreUnsafe(ref toRows, (nuint)found);
                    Compaction.Take(Vector256.LoadUnsafe(ref numbers, (nuint)j).AsUInt32(), order).AsInt32().StoreUnsafe(ref toColumns, (nuint)found);
                    Compaction.Take(met, order).AsInt32().StoreUnsafe(ref toCounts, (nuint)found);
                    found += BitOperations.PopCount(some);
                }
            }

            for (; j < columns; j++)
            {
                int met = Met(rowTrains, rows, row, columnTrains, columns, j, planes);
                Unsafe.Add(ref toRows, found) = rowOf[row];
                Unsafe.Add(ref toColumns, found) = Unsafe.Add(ref numbers, j);
                Unsafe.Add(ref toCounts, found) = met;
                found += met != 0 ? 1 : 0;
            }
        }

        if (planes == 1)
        {
            TensorPrimitives.PopCount<int>(into.Counts[..found], into.Counts);
        }

        return found;
    }

    // The coincidences of sixteen columns in trains of several words, which take the place of the word that meets; false where there are none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Count(
        ReadOnlySpan<uint> rowTrains, int rows, int row, ref uint columnTrains, int columns, int j, int planes, ref Vector512<uint> met)
    {
        Vector512<uint> any = met;
        for (int p = 1; p < planes; p++)
        {
            any |= Vector512.LoadUnsafe(ref columnTrains, (nuint)((p * columns) + j)) & Vector512.Create(rowTrains[(p * rows) + row]);
        }

        if (any == Vector512<uint>.Zero)
        {
            return false;
        }

        Vector512<int> count = Bits.SumBytes(Bits.CountBytes(met));
        for (int p = 1; p < planes; p++)
        {
            Vector512<uint> word = Vector512.LoadUnsafe(ref columnTrains, (nuint)((p * columns) + j)) & Vector512.Create(rowTrains[(p * rows) + row]);
            count += Bits.SumBytes(Bits.CountBytes(word));
        }

        met = count.AsUInt32();
        return true;
    }

    // The same of eight columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Count(
        ReadOnlySpan<uint> rowTrains, int rows, int row, ref uint columnTrains, int columns, int j, int planes, ref Vector256<uint> met)
    {
        Vector256<uint> any = met;
        for (int p = 1; p < planes; p++)
        {
            any |= Vector256.LoadUnsafe(ref columnTrains, (nuint)((p * columns) + j)) & Vector256.Create(rowTrains[(p * rows) + row]);
        }

        if (any == Vector256<uint>.Zero)
        {
            return false;
        }

        Vector256<int> count = Bits.SumBytes(Bits.CountBytes(met));
        for (int p = 1; p < planes; p++)
        {
            Vector256<uint> word = Vector256.LoadUnsafe(ref columnTrains, (nuint)((p * columns) + j)) & Vector256.Create(rowTrains[(p * rows) + row]);
            count += Bits.SumBytes(Bits.CountBytes(word));
        }

        met = count.AsUInt32();
        return true;
    }

    // Of a train of one word the bits that meet, which are counted all together at the end; of longer ones their number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Met(
        ReadOnlySpan<uint> rowTrains, int rows, int row, ReadOnlySpan<uint> columnTrains, int columns, int j, int planes) =>
        planes == 1 ? (int)(columnTrains[j] & rowTrains[row]) : Count(rowTrains, rows, row, columnTrains, columns, j, planes);

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
