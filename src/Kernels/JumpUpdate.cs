using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Moves the states of a row through jump tables by the pulses of its cross-points.</summary>
/// <remarks>Exact at every vector width. A vector of cross-points without a pulse costs one test.</remarks>
public static class JumpUpdate
{
    /// <summary>s[j] becomes the state behind counts[j] SET pulses, or RESET pulses where rowSign columnSigns[j] is negative.</summary>
    /// <param name="counts">Pulses of each cross-point, shape [columns]; see <see cref="Coincidence.CountRow"/>.</param>
    /// <param name="columnSigns">Numbers whose signs the column pulses carry, shape [columns].</param>
    /// <param name="rowSign">A number whose sign the row's pulses carry.</param>
    /// <param name="tables">The jump tables.</param>
    /// <param name="choice">The table of each cross-point.</param>
    /// <param name="states">The states of the row, shape [columns], each below <see cref="JumpTables.States"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a state or the number of a table is out of range.</exception>
    public static void Row(
        ReadOnlySpan<uint> counts, ReadOnlySpan<float> columnSigns, float rowSign, JumpTables tables, in TableChoice choice, Span<ushort> states)
    {
        int columns = states.Length;
        ThrowHelper.RequireLength(nameof(counts), columns, counts.Length);
        ThrowHelper.RequireLength(nameof(columnSigns), columns, columnSigns.Length);
        choice.Require(tables.Tables, columns);
        ThrowHelper.RequireBelow(nameof(states), tables.States, states);
        int j = 0;
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported && !tables.Permuted.IsEmpty && choice.IsShared)
        {
            j = Permuted(counts, columnSigns, rowSign, tables, states);
        }

        if (tables.FirstPower > 0)
        {
            if (tables.Bytes.IsEmpty)
            {
                Walk(counts, columnSigns, rowSign, tables.Next, tables.States, choice, states);
            }
            else
            {
                Walk(counts, columnSigns, rowSign, tables.Bytes, tables.States, choice, states);
            }

            return;
        }

        ref uint c = ref MemoryMarshal.GetReference(counts);
        ref float s = ref MemoryMarshal.GetReference(columnSigns);
        ref ushort state = ref MemoryMarshal.GetReference(states);
        ref ushort next = ref MemoryMarshal.GetReference(tables.Next);
        uint most = (uint)tables.PulsesAtOnce, row = BitConverter.SingleToUInt32Bits(rowSign);
        int powerLength = 2 * tables.States;

        if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= columns - 8; j += 8)
            {
                Vector256<uint> left = Vector256.LoadUnsafe(ref c, (nuint)j);
                if (left == Vector256<uint>.Zero)
                {
                    continue;
                }

                // Lanes without a pulse look up power 0.
                Vector256<int> down = ((Vector256.LoadUnsafe(ref s, (nuint)j).AsUInt32() ^ Vector256.Create(row)) >>> 31).AsInt32();
                Vector256<int> start = (TableLookup.Tables256(choice, j) * tables.TableLength) + (down * tables.States);
                Vector128<ushort> packed = Vector128.LoadUnsafe(ref state, (nuint)j);
                Vector256<int> at = Vector256.Create(Vector128.WidenLower(packed), Vector128.WidenUpper(packed)).AsInt32();
                do
                {
                    Vector256<uint> now = Vector256.Min(left, Vector256.Create(most));
                    at = TableLookup.States(ref next, (start + (now.AsInt32() * powerLength) + at).AsUInt32());
                    left -= now;
                }
                while (left != Vector256<uint>.Zero);
                Vector128.Narrow(at.GetLower().AsUInt32(), at.GetUpper().AsUInt32()).StoreUnsafe(ref state, (nuint)j);
            }
        }

        for (; j < columns; j++)
        {
            int down = (int)((BitConverter.SingleToUInt32Bits(columnSigns[j]) ^ row) >> 31);
            int start = (choice.Table(j) * tables.TableLength) + (down * tables.States);
            uint now;
            for (uint left = counts[j]; left > 0; left -= now)
            {
                now = Math.Min(left, most);
                states[j] = tables.Next[start + ((int)now * powerLength) + states[j]];
            }
        }
    }

    /// <summary>The pulses are the coincidences of the row's train with those of the columns.</summary>
    /// <param name="columnTrains">One train a column, shape [planes, columns].</param>
    /// <param name="columnSigns">Numbers whose signs the column pulses carry, shape [columns].</param>
    /// <param name="rowTrain">The train of the row, shape [planes].</param>
    /// <param name="rowSign">A number whose sign the row's pulses carry.</param>
    /// <param name="tables">The jump tables.</param>
    /// <param name="choice">The table of each cross-point.</param>
    /// <param name="counts">Receives the coincidences, shape [columns].</param>
    /// <param name="states">The states of the row, shape [columns], each below <see cref="JumpTables.States"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a state or the number of a table is out of range.</exception>
    public static void Row(
        ReadOnlySpan<uint> columnTrains, ReadOnlySpan<float> columnSigns, ReadOnlySpan<uint> rowTrain, float rowSign,
        JumpTables tables, in TableChoice choice, Span<uint> counts, Span<ushort> states)
    {
        ThrowHelper.RequireLength(nameof(counts), states.Length, counts.Length);
        ThrowHelper.RequireLength(nameof(columnSigns), states.Length, columnSigns.Length);
        choice.Require(tables.Tables, states.Length);
        ThrowHelper.RequireBelow(nameof(states), tables.States, states);
        Coincidence.CountRow(columnTrains, rowTrain, counts);
        Row(counts, columnSigns, rowSign, tables, choice, states);
    }

    // Of many tables only the map of one pulse is kept: each cross-point with a pulse walks through its own.
    private static void Walk<TEntry>(
        ReadOnlySpan<uint> counts, ReadOnlySpan<float> columnSigns, float rowSign, ReadOnlySpan<TEntry> entries, int length, in TableChoice choice,
        Span<ushort> states)
        where TEntry : unmanaged, IBinaryInteger<TEntry>
    {
        ref uint c = ref MemoryMarshal.GetReference(counts);
        ref float s = ref MemoryMarshal.GetReference(columnSigns);
        ref ushort state = ref MemoryMarshal.GetReference(states);
        ref ushort classes = ref MemoryMarshal.GetReference(choice.Classes);
        ref TEntry maps = ref MemoryMarshal.GetReference(entries);
        bool byClass = choice.IsByClass;
        int firstTable = choice.First, tableStep = choice.Step;
        uint row = BitConverter.SingleToUInt32Bits(rowSign);
        for (int j = 0; j < states.Length; j++)
        {
            uint left = Unsafe.Add(ref c, j);
            if (left == 0)
            {
                while (Vector256.IsHardwareAccelerated && j <= states.Length - 9
                    && Vector256.LoadUnsafe(ref c, (nuint)j + 1) == Vector256<uint>.Zero)
                {
                    j += 8;
                }

                continue;
            }

            int table = byClass ? Unsafe.Add(ref classes, j) : firstTable + (j * tableStep);
            int down = (int)((BitConverter.SingleToUInt32Bits(Unsafe.Add(ref s, j)) ^ row) >> 31);
            ref TEntry map = ref Unsafe.Add(ref maps, (nint)((2 * table) + down) * length);
            nuint at = Unsafe.Add(ref state, j);
            do
            {
                at = nuint.CreateTruncating(Unsafe.Add(ref map, at));
            }
            while (--left > 0);
            Unsafe.Add(ref state, j) = (ushort)at;
        }
    }

    // Small shared tables lie in registers: a count is split into powers of two, each one permute for 32 cross-points.
    private static int Permuted(
        ReadOnlySpan<uint> counts, ReadOnlySpan<float> columnSigns, float rowSign, JumpTables tables, Span<ushort> states)
    {
        ref ushort p = ref MemoryMarshal.GetReference(tables.Permuted);
        Vector512<ushort> one0 = Vector512.LoadUnsafe(ref p), one1 = Vector512.LoadUnsafe(ref p, 32);
        Vector512<ushort> two0 = Vector512.LoadUnsafe(ref p, 64), two1 = Vector512.LoadUnsafe(ref p, 96);
        Vector512<ushort> four0 = Vector512.LoadUnsafe(ref p, 128), four1 = Vector512.LoadUnsafe(ref p, 160);
        Vector512<ushort> eight0 = Vector512.LoadUnsafe(ref p, 192), eight1 = Vector512.LoadUnsafe(ref p, 224);
        Vector512<ushort> sixteen0 = Vector512.LoadUnsafe(ref p, 256), sixteen1 = Vector512.LoadUnsafe(ref p, 288);
        Vector512<ushort> most0 = Vector512.LoadUnsafe(ref p, 320), most1 = Vector512.LoadUnsafe(ref p, 352);
        ref uint c = ref MemoryMarshal.GetReference(counts);
        ref float s = ref MemoryMarshal.GetReference(columnSigns);
        ref ushort state = ref MemoryMarshal.GetReference(states);
        Vector512<uint> row = Vector512.Create(BitConverter.SingleToUInt32Bits(rowSign));
        int j = 0;
        for (; j <= states.Length - 32; j += 32)
        {
            Vector512<uint> low = Vector512.LoadUnsafe(ref c, (nuint)j), high = Vector512.LoadUnsafe(ref c, (nuint)j + 16);
            if ((low | high) == Vector512<uint>.Zero)
            {
                continue;
            }

            Vector512<uint> downLow = (Vector512.LoadUnsafe(ref s, (nuint)j).AsUInt32() ^ row) >>> 31;
            Vector512<uint> downHigh = (Vector512.LoadUnsafe(ref s, (nuint)j + 16).AsUInt32() ^ row) >>> 31;
            Vector512<ushort> down = Vector512.Narrow(downLow, downHigh) << 5;
            Vector512<ushort> at = Vector512.LoadUnsafe(ref state, (nuint)j);
            Vector512<ushort> bits = Vector512.Narrow(low & Vector512.Create(31u), high & Vector512.Create(31u));
            at = Jump(at, down, bits, 1, one0, one1);
            at = Jump(at, down, bits, 2, two0, two1);
            at = Jump(at, down, bits, 4, four0, four1);
            at = Jump(at, down, bits, 8, eight0, eight1);
            at = Jump(at, down, bits, 16, sixteen0, sixteen1);
            low >>>= 5;
            high >>>= 5;
            while ((low | high) != Vector512<uint>.Zero)
            {
                Vector512<uint> nowLow = Vector512.Min(low, Vector512<uint>.One), nowHigh = Vector512.Min(high, Vector512<uint>.One);
                at = Jump(at, down, Vector512.Narrow(nowLow, nowHigh), 1, most0, most1);
                low -= nowLow;
                high -= nowHigh;
            }

            at.StoreUnsafe(ref state, (nuint)j);
        }

        return j;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Jump(
        Vector512<ushort> at, Vector512<ushort> down, Vector512<ushort> bits, ushort bit, Vector512<ushort> set, Vector512<ushort> reset)
    {
        Vector512<ushort> still = Vector512.Equals(bits & Vector512.Create(bit), Vector512<ushort>.Zero);
        return Vector512.ConditionalSelect(still, at, Avx512BW.PermuteVar32x16x2(set, at | down, reset));
    }
}
