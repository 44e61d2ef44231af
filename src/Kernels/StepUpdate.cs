using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Steps the weights of a row through step tables by the pulses of its cross-points, one pulse after the other.</summary>
/// <remarks>
/// The weight stays in [min, max] behind every pulse. The same bits at every vector width. A vector of cross-points without a pulse costs
/// one test. Pulse p (from 0) of the cross-point with number n = firstIndex + j draws the number with index 2³² p + n of its address.
/// </remarks>
public static class StepUpdate
{
    private const int Chunk = Threefry.GroupWords;
    private const int IndexBits = 32;

    /// <summary>w[j] takes counts[j] SET steps, or RESET steps where rowSign columnSigns[j] is negative, without noise.</summary>
    /// <param name="counts">Pulses of each cross-point, shape [columns]; see <see cref="Coincidence.CountRow"/>.</param>
    /// <param name="columnSigns">Numbers whose signs the column pulses carry, shape [columns].</param>
    /// <param name="rowSign">A number whose sign the row's pulses carry.</param>
    /// <param name="tables">The steps; their noise is left out.</param>
    /// <param name="choice">The table of each cross-point.</param>
    /// <param name="weights">The weights of the row, shape [columns].</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the number of a table is out of range.</exception>
    public static void Row(
        ReadOnlySpan<uint> counts, ReadOnlySpan<float> columnSigns, float rowSign, StepTables tables, in TableChoice choice, Span<float> weights)
    {
        choice.Require(tables.Tables, weights.Length);
        Row(counts, columnSigns, rowSign, new Quiet(tables), choice, default, 0, weights);
    }

    /// <summary>The same with noise: each pulse adds step(w) + σ(w) ξ with its own standard normal ξ.</summary>
    /// <param name="counts">Pulses of each cross-point, shape [columns]; see <see cref="Coincidence.CountRow"/>.</param>
    /// <param name="columnSigns">Numbers whose signs the column pulses carry, shape [columns].</param>
    /// <param name="rowSign">A number whose sign the row's pulses carry.</param>
    /// <param name="tables">The steps and their noise; without noise nothing is drawn.</param>
    /// <param name="choice">The table of each cross-point.</param>
    /// <param name="at">Where the numbers are drawn.</param>
    /// <param name="firstIndex">Number of the first cross-point of the row, at least 0; the last number is below 2³².</param>
    /// <param name="weights">The weights of the row, shape [columns].</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the number of a table or cross-point is out of range.</exception>
    public static void Row(
        ReadOnlySpan<uint> counts, ReadOnlySpan<float> columnSigns, float rowSign, StepTables tables, in TableChoice choice,
        in RandomAddress at, long firstIndex, Span<float> weights)
    {
        choice.Require(tables.Tables, weights.Length);
        if (tables.IsNoisy)
        {
            Row(counts, columnSigns, rowSign, new Noisy(tables), choice, at, firstIndex, weights);
        }
        else
        {
            Row(counts, columnSigns, rowSign, new Quiet(tables), choice, at, firstIndex, weights);
        }
    }

    /// <summary>The same with steps drawn from the law of the weight's bin: the quantile of a uniform number.</summary>
    /// <param name="counts">Pulses of each cross-point, shape [columns]; see <see cref="Coincidence.CountRow"/>.</param>
    /// <param name="columnSigns">Numbers whose signs the column pulses carry, shape [columns].</param>
    /// <param name="rowSign">A number whose sign the row's pulses carry.</param>
    /// <param name="distribution">The laws of the step.</param>
    /// <param name="choice">The table of each cross-point.</param>
    /// <param name="at">Where the numbers are drawn.</param>
    /// <param name="firstIndex">Number of the first cross-point of the row, at least 0; the last number is below 2³².</param>
    /// <param name="weights">The weights of the row, shape [columns].</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the number of a table or cross-point is out of range.</exception>
    /// <remarks>The uniform number is the upper 24 bits of the word, over 2²⁴.</remarks>
    public static void Row(
        ReadOnlySpan<uint> counts, ReadOnlySpan<float> columnSigns, float rowSign, StepDistribution distribution, in TableChoice choice,
        in RandomAddress at, long firstIndex, Span<float> weights)
    {
        choice.Require(distribution.Tables, weights.Length);
        Row(counts, columnSigns, rowSign, new Drawn(distribution), choice, at, firstIndex, weights);
    }

    private static void Row<TStep>(
        ReadOnlySpan<uint> counts, ReadOnlySpan<float> columnSigns, float rowSign, TStep step, in TableChoice choice,
        in RandomAddress at, long firstIndex, Span<float> weights)
        where TStep : struct, ITableStep
    {
        ThrowHelper.RequireLength(nameof(counts), weights.Length, counts.Length);
        ThrowHelper.RequireLength(nameof(columnSigns), weights.Length, columnSigns.Length);
        ThrowHelper.RequireInRange(nameof(firstIndex), 0, (1L << IndexBits) - weights.Length, firstIndex);
        Span<float> draws = stackalloc float[Chunk];
        Span<int> starts = stackalloc int[Chunk];
        int length;
        for (int j = 0; j < weights.Length; j += length)
        {
            // Chunks end where groups of random numbers do, so that each pulse of a chunk draws one group.
            int skipped = (int)((firstIndex + j) % Chunk);
            length = Math.Min(Chunk - skipped, weights.Length - j);
            ReadOnlySpan<uint> count = counts.Slice(j, length);
            uint most = Most(count);
            if (most == 0)
            {
                continue;
            }

            Starts(columnSigns.Slice(j, length), rowSign, choice, j, step.MapLength, starts);
            for (uint pulse = 0; pulse < most; pulse++)
            {
                step.Draw(at, (((ulong)pulse << IndexBits) + (ulong)(firstIndex + j)) / Chunk, draws);
                Pulse(step, count, pulse, starts, draws[skipped..], weights.Slice(j, length));
            }
        }
    }

    // The first cell of the map that each cross-point uses: SET or RESET of its table.
    private static void Starts(
        ReadOnlySpan<float> columnSigns, float rowSign, in TableChoice choice, int first, int mapLength, Span<int> starts)
    {
        ref float s = ref MemoryMarshal.GetReference(columnSigns);
        ref int to = ref MemoryMarshal.GetReference(starts);
        uint row = BitConverter.SingleToUInt32Bits(rowSign);
        int j = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= columnSigns.Length - 8; j += 8)
            {
                Vector256<int> down = ((Vector256.LoadUnsafe(ref s, (nuint)j).AsUInt32() ^ Vector256.Create(row)) >>> 31).AsInt32();
                (((TableLookup.Tables256(choice, first + j) * 2) + down) * mapLength).StoreUnsafe(ref to, (nuint)j);
            }
        }

        for (; j < columnSigns.Length; j++)
        {
            int down = (int)((BitConverter.SingleToUInt32Bits(columnSigns[j]) ^ row) >> 31);
            starts[j] = ((2 * choice.Table(first + j)) + down) * mapLength;
        }
    }

    private static uint Most(ReadOnlySpan<uint> counts)
    {
        uint most = 0;
        int j = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<uint> lanes = Vector256<uint>.Zero;
            for (; j <= counts.Length - 8; j += 8)
            {
                lanes = Vector256.Max(lanes, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(counts), (nuint)j));
            }

            if (lanes != Vector256<uint>.Zero)
            {
                for (int lane = 0; lane < 8; lane++)
                {
                    most = Math.Max(most, lanes[lane]);
                }
            }
        }

        for (; j < counts.Length; j++)
        {
            most = Math.Max(most, counts[j]);
        }

        return most;
    }

    // One pulse of every cross-point of a chunk that has more than so many.
    private static void Pulse<TStep>(
        TStep step, ReadOnlySpan<uint> counts, uint pulse, ReadOnlySpan<int> starts, ReadOnlySpan<float> draws, Span<float> weights)
        where TStep : struct, ITableStep
    {
        ref uint c = ref MemoryMarshal.GetReference(counts);
        ref int start = ref MemoryMarshal.GetReference(starts);
        ref float x = ref MemoryMarshal.GetReference(draws);
        ref float w = ref MemoryMarshal.GetReference(weights);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j <= weights.Length - 16; j += 16)
            {
                Vector512<uint> active = Vector512.GreaterThan(Vector512.LoadUnsafe(ref c, (nuint)j), Vector512.Create(pulse));
                if (active != Vector512<uint>.Zero)
                {
                    Vector512<float> before = Vector512.LoadUnsafe(ref w, (nuint)j);
                    Vector512<float> after = step.Apply(before, Vector512.LoadUnsafe(ref start, (nuint)j), Vector512.LoadUnsafe(ref x, (nuint)j));
                    Vector512.ConditionalSelect(active.AsSingle(), after, before).StoreUnsafe(ref w, (nuint)j);
                }
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= weights.Length - 8; j += 8)
            {
                Vector256<uint> active = Vector256.GreaterThan(Vector256.LoadUnsafe(ref c, (nuint)j), Vector256.Create(pulse));
                if (active != Vector256<uint>.Zero)
                {
                    Vector256<float> before = Vector256.LoadUnsafe(ref w, (nuint)j);
                    Vector256<float> after = step.Apply(before, Vector256.LoadUnsafe(ref start, (nuint)j), Vector256.LoadUnsafe(ref x, (nuint)j));
                    Vector256.ConditionalSelect(active.AsSingle(), after, before).StoreUnsafe(ref w, (nuint)j);
                }
            }
        }

        for (; j < weights.Length; j++)
        {
            if (counts[j] > pulse)
            {
                weights[j] = step.Apply(weights[j], starts[j], draws[j]);
            }
        }
    }
}
