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
                    sum += Bits.PopCount(Vector512.LoadUnsafe(ref t, (nuint)((p * columns) + j)) & Vector512.Create(rowTrain[p]));
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
                    sum += Bits.PopCount(Vector256.LoadUnsafe(ref t, (nuint)((p * columns) + j)) & Vector256.Create(rowTrain[p]));
                }

                sum.StoreUnsafe(ref to, (nuint)j);
            }
        }

        for (; j < columns; j++)
        {
            counts[j] = Count(columnTrains, rowTrain, columns, j);
        }
    }

    /// <summary>Lists the columns at which the row and the column pulse together at least once, in ascending order.</summary>
    /// <param name="columnTrains">One train a column, shape [planes, columns].</param>
    /// <param name="rowTrain">The train of the row, shape [planes].</param>
    /// <param name="hits">Receives the columns, shape at least [columns].</param>
    /// <param name="counts">Receives their coincidences, 1..BL, shape at least [columns].</param>
    /// <returns>The number of columns listed.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>What <see cref="CountRow"/> counts, without the zeros: for trains so thin that most cross-points see nothing.</remarks>
    public static int FindInRow(ReadOnlySpan<uint> columnTrains, ReadOnlySpan<uint> rowTrain, Span<int> hits, Span<int> counts)
    {
        int planes = rowTrain.Length;
        int columns = planes == 0 ? 0 : columnTrains.Length / planes;
        ThrowHelper.RequireLength(nameof(columnTrains), planes * columns, columnTrains.Length);
        ThrowHelper.RequireAtLeast(nameof(hits), columns, hits.Length);
        ThrowHelper.RequireAtLeast(nameof(counts), columns, counts.Length);
        ref uint t = ref MemoryMarshal.GetReference(columnTrains);
        int found = 0, j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j <= columns - 16; j += 16)
            {
                Vector512<uint> met = Vector512<uint>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    met |= Vector512.LoadUnsafe(ref t, (nuint)((p * columns) + j)) & Vector512.Create(rowTrain[p]);
                }

                uint some = (uint)Vector512.GreaterThan(met, Vector512<uint>.Zero).ExtractMostSignificantBits();
                List(some, j, columnTrains, rowTrain, columns, hits, counts, ref found);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= columns - 8; j += 8)
            {
                Vector256<uint> met = Vector256<uint>.Zero;
                for (int p = 0; p < planes; p++)
                {
                    met |= Vector256.LoadUnsafe(ref t, (nuint)((p * columns) + j)) & Vector256.Create(rowTrain[p]);
                }

                uint none = Vector256.Equals(met, Vector256<uint>.Zero).ExtractMostSignificantBits();
                List(none ^ 0xFF, j, columnTrains, rowTrain, columns, hits, counts, ref found);
            }
        }

        for (; j < columns; j++)
        {
            uint count = Count(columnTrains, rowTrain, columns, j);
            if (count > 0)
            {
                hits[found] = j;
                counts[found++] = (int)count;
            }
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void List(
        uint some, int first, ReadOnlySpan<uint> columnTrains, ReadOnlySpan<uint> rowTrain, int columns,
        Span<int> hits, Span<int> counts, ref int found)
    {
        while (some != 0)
        {
            int j = first + BitOperations.TrailingZeroCount(some);
            some &= some - 1;
            hits[found] = j;
            counts[found++] = (int)Count(columnTrains, rowTrain, columns, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Count(ReadOnlySpan<uint> columnTrains, ReadOnlySpan<uint> rowTrain, int columns, int j)
    {
        int count = 0;
        for (int p = 0; p < rowTrain.Length; p++)
        {
            count += BitOperations.PopCount(columnTrains[(p * columns) + j] & rowTrain[p]);
        }

        return (uint)count;
    }
}
