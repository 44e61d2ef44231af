using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>The pulses of one row in one slot.</summary>
/// <param name="Place">Where the row begins, as an index into <see cref="PaddedMatrix.Padded"/>.</param>
/// <param name="Direction">Where its directions begin in <see cref="SlotTable.Directions"/>.</param>
/// <param name="Slot">The slot.</param>
/// <param name="First">First entry of the slot in <see cref="SlotTable.Pulses"/>.</param>
/// <param name="End">The one behind its last.</param>
/// <param name="Factor">The factor of its first pulse.</param>
internal readonly record struct RowPulses(int Place, int Direction, int Slot, int First, int End, int Factor);

/// <summary>In which order the loops visit the pulses of rows. A pulse takes the same factor in all of them, and a cross-point its pulses in turn.</summary>
internal enum PulseOrder
{
    /// <summary>Row, slot, block of columns: every block is loaded, pulsed once and stored.</summary>
    Thin,

    /// <summary>Row, block, slot: a block stays in a register for all slots in which it pulses, also those in which the row does not.</summary>
    Held,

    /// <summary>Row, slot, with several blocks in registers, so that the steps of one do not wait for those of another; also those without a pulse.</summary>
    SideBySide,
}

/// <summary>A slot of the row at hand.</summary>
/// <param name="Idle">All bits set unless the row pulses in it.</param>
/// <param name="Factor">The factor of its first pulse.</param>
internal readonly record struct RowSlot(uint Idle, uint Factor)
{
    /// <summary>The row does not pulse.</summary>
    public static RowSlot None => new(~0u, 0);
}

/// <summary>Loops over the pulses of rows, compiled once for each device. They call nothing that is not inlined: a call would spill every vector.</summary>
internal static class PulseLoops
{
    private static readonly ulong[] Spread = MakeSpread();

    private static Vector512<uint> BitOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            1u, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);
    }

    /// <summary>Whether there is more than one order.</summary>
    public static bool AreVectors => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    /// <summary>Applies pulses to the weights.</summary>
    /// <param name="device">The devices.</param>
    /// <param name="rows">The pulses, row by row and slot by slot.</param>
    /// <param name="table">Those of the columns, listed as the order wants it.</param>
    /// <param name="order">The order of work.</param>
    /// <param name="slots">Room for the slots of a row, none of which pulses.</param>
    /// <param name="isFar">Whether the array is larger than the nearer caches.</param>
    /// <param name="factors">What the pulses take.</param>
    /// <param name="weights">The first weight of the array.</param>
    public static void Apply<TDevice>(
        in TDevice device, ReadOnlySpan<RowPulses> rows, SlotTable table, PulseOrder order, RowSlot[] slots, bool isFar, ref float factors,
        ref float weights)
        where TDevice : struct, IPulsedDevice
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            if (order == PulseOrder.Held)
            {
                Held512(device, rows, ref table.Pulses, table.Blocks, ref table.Firsts, ref table.Directions, slots, ref factors, ref weights);
                return;
            }

            if (order == PulseOrder.SideBySide)
            {
                Four512(device, rows, ref table.Pulses, table.Blocks, ref table.Directions, ref factors, ref weights);
                Two512(device, rows, ref table.Pulses, table.Blocks, ref table.Directions, ref factors, ref weights);
                return;
            }

            if (isFar)
            {
                Thin512<TDevice, Far>(device, rows, ref table.Pulses, ref table.Directions, ref factors, ref weights);
                return;
            }

            Thin512<TDevice, Near>(device, rows, ref table.Pulses, ref table.Directions, ref factors, ref weights);
            return;
        }

        if (AreVectors)
        {
            ref ulong spread = ref MemoryMarshal.GetArrayDataReference(Spread);
            if (order == PulseOrder.Held)
            {
                Held256(
                    device, rows, ref table.Pulses, table.Blocks, ref table.Firsts, ref table.Directions, slots, ref factors, ref weights, ref spread);
                return;
            }

            if (order == PulseOrder.SideBySide)
            {
                Two256(device, rows, ref table.Pulses, table.Blocks, ref table.Directions, ref factors, ref weights, ref spread);
                return;
            }

            if (isFar)
            {
                Thin256<TDevice, Far>(device, rows, ref table.Pulses, ref table.Directions, ref factors, ref weights, ref spread);
                return;
            }

            Thin256<TDevice, Near>(device, rows, ref table.Pulses, ref table.Directions, ref factors, ref weights, ref spread);
            return;
        }

        Scalar(device, rows, table, ref factors, ref weights);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Thin512<TDevice, TFar>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ref int directions, ref float factors, ref float weights)
        where TDevice : struct, IPulsedDevice
        where TFar : struct, IFar
    {
        for (int n = 0; n < rows.Length; n++)
        {
            ref readonly RowPulses row = ref rows[n];
            int next = rows[Math.Min(n + 1, rows.Length - 1)].Place;
            ref float f = ref Unsafe.Add(ref factors, row.Factor), w = ref Unsafe.Add(ref weights, row.Place);
            ref int direction = ref Unsafe.Add(ref directions, row.Direction);
            ref SlotTable.BlockPulses pulses = ref Unsafe.Add(ref table, row.First), end = ref Unsafe.Add(ref table, row.End);
            int place = row.Place;
            for (; Unsafe.IsAddressLessThan(ref pulses, ref end); pulses = ref Unsafe.Add(ref pulses, 1))
            {
                nuint column = pulses.At;
                if (TFar.Is)
                {
                    Ask(device, next + (int)column, ref weights);
                }

                Vector512<int> down = Vector512.LoadUnsafe(ref direction, column);
                Vector512<float> m = Factors(pulses, Idle(down), ref f);
                device.Prepare(place + (int)column, down, out PulseParameters<Vector512<float>> p);
                device.Pulse<Width512, Vector512<float>>(Vector512.LoadUnsafe(ref w, column), m, p).StoreUnsafe(ref w, column);
            }
        }
    }

    // Four blocks take turns at every operation of a pulse: see FourWide.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Four512<TDevice>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int directions,
        ref float factors, ref float weights)
        where TDevice : struct, IPulsedDevice
    {
        for (int start = 0, end; start < rows.Length; start = end)
        {
            end = EndOfRow(rows, start);
            ref float w = ref Unsafe.Add(ref weights, rows[start].Place);
            ref int direction = ref Unsafe.Add(ref directions, rows[start].Direction);
            for (int k = 0; k <= blocks.Length - 4; k += 4)
            {
                int a = blocks[k], b = blocks[k + 1], c = blocks[k + 2], d = blocks[k + 3], place = rows[start].Place;
                Vector512<int> da = Vector512.LoadUnsafe(ref direction, (nuint)a), db = Vector512.LoadUnsafe(ref direction, (nuint)b);
                Vector512<int> dc = Vector512.LoadUnsafe(ref direction, (nuint)c), dd = Vector512.LoadUnsafe(ref direction, (nuint)d);
                device.Prepare(place + a, da, out PulseParameters<Vector512<float>> pa);
                device.Prepare(place + b, db, out PulseParameters<Vector512<float>> pb);
                device.Prepare(place + c, dc, out PulseParameters<Vector512<float>> pc);
                device.Prepare(place + d, dd, out PulseParameters<Vector512<float>> pd);
                PulseParameters<Four<Vector512<float>>> p = new()
                {
                    P0 = new(pa.P0, pb.P0, pc.P0, pd.P0),
                    P1 = new(pa.P1, pb.P1, pc.P1, pd.P1),
                    P2 = new(pa.P2, pb.P2, pc.P2, pd.P2),
                    P3 = new(pa.P3, pb.P3, pc.P3, pd.P3),
                };
                Four<Vector512<float>> v = new(
                    Vector512.LoadUnsafe(ref w, (nuint)a), Vector512.LoadUnsafe(ref w, (nuint)b),
                    Vector512.LoadUnsafe(ref w, (nuint)c), Vector512.LoadUnsafe(ref w, (nuint)d));
                Vector512<float> ia = Idle(da), ib = Idle(db), ic = Idle(dc), id = Idle(dd);
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    ref SlotTable.BlockPulses pulses = ref Unsafe.Add(ref table, rows[n].First + k);
                    Four<Vector512<float>> m = new(
                        Factors(pulses, ia, ref f), Factors(Unsafe.Add(ref pulses, 1), ib, ref f),
                        Factors(Unsafe.Add(ref pulses, 2), ic, ref f), Factors(Unsafe.Add(ref pulses, 3), id, ref f));
                    v = device.Pulse<FourWide<Width512, Vector512<float>>, Four<Vector512<float>>>(v, m, p);
                }

                v.V0.StoreUnsafe(ref w, (nuint)a);
                v.V1.StoreUnsafe(ref w, (nuint)b);
                v.V2.StoreUnsafe(ref w, (nuint)c);
                v.V3.StoreUnsafe(ref w, (nuint)d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Held512<TDevice>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int firsts, ref int directions,
        RowSlot[] slots, ref float factors, ref float weights)
        where TDevice : struct, IPulsedDevice
    {
        ref RowSlot slotOf = ref MemoryMarshal.GetArrayDataReference(slots);
        for (int start = 0, end; start < rows.Length; start = end)
        {
            end = EndOfRow(rows, start);
            MarkSlots(rows[start..end], ref slotOf);
            int place = rows[start].Place;
            ref float w = ref Unsafe.Add(ref weights, place);
            ref int direction = ref Unsafe.Add(ref directions, rows[start].Direction);
            ref SlotTable.BlockPulses pulses = ref table;
            for (int k = 0; k < blocks.Length; k++)
            {
                nuint column = (uint)blocks[k];
                Vector512<int> down = Vector512.LoadUnsafe(ref direction, column);
                Vector512<float> v = Vector512.LoadUnsafe(ref w, column), idle = Idle(down);
                device.Prepare(place + (int)column, down, out PulseParameters<Vector512<float>> p);
                ref SlotTable.BlockPulses last = ref Unsafe.Add(ref table, Unsafe.Add(ref firsts, k + 1));
                for (; Unsafe.IsAddressLessThan(ref pulses, ref last); pulses = ref Unsafe.Add(ref pulses, 1))
                {
                    RowSlot slot = Unsafe.Add(ref slotOf, pulses.At);
                    v = device.Pulse<Width512, Vector512<float>>(v, Factors(pulses.Idle | slot.Idle, (slot.Factor + pulses.Before) & ~slot.Idle, idle, ref factors), p);
                }

                v.StoreUnsafe(ref w, column);
            }

            ClearSlots(rows[start..end], ref slotOf);
        }
    }

    // The blocks that are left over by fours: two side by side, one by itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Two512<TDevice>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int directions,
        ref float factors, ref float weights)
        where TDevice : struct, IPulsedDevice
    {
        int left = blocks.Length / 4 * 4;
        for (int start = 0, end; start < rows.Length && left < blocks.Length; start = end)
        {
            end = EndOfRow(rows, start);
            int place = rows[start].Place, k = left;
            ref float w = ref Unsafe.Add(ref weights, place);
            ref int direction = ref Unsafe.Add(ref directions, rows[start].Direction);
            if (k <= blocks.Length - 2)
            {
                int a = blocks[k], b = blocks[k + 1];
                Vector512<int> da = Vector512.LoadUnsafe(ref direction, (nuint)a), db = Vector512.LoadUnsafe(ref direction, (nuint)b);
                device.Prepare(place + a, da, out PulseParameters<Vector512<float>> pa);
                device.Prepare(place + b, db, out PulseParameters<Vector512<float>> pb);
                Vector512<float> va = Vector512.LoadUnsafe(ref w, (nuint)a), vb = Vector512.LoadUnsafe(ref w, (nuint)b);
                Vector512<float> ia = Idle(da), ib = Idle(db);
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    ref SlotTable.BlockPulses pulses = ref Unsafe.Add(ref table, rows[n].First + k);
                    va = device.Pulse<Width512, Vector512<float>>(va, Factors(pulses, ia, ref f), pa);
                    vb = device.Pulse<Width512, Vector512<float>>(vb, Factors(Unsafe.Add(ref pulses, 1), ib, ref f), pb);
                }

                va.StoreUnsafe(ref w, (nuint)a);
                vb.StoreUnsafe(ref w, (nuint)b);
                k += 2;
            }

            if (k < blocks.Length)
            {
                int a = blocks[k];
                Vector512<int> down = Vector512.LoadUnsafe(ref direction, (nuint)a);
                device.Prepare(place + a, down, out PulseParameters<Vector512<float>> p);
                Vector512<float> v = Vector512.LoadUnsafe(ref w, (nuint)a), idle = Idle(down);
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    v = device.Pulse<Width512, Vector512<float>>(v, Factors(Unsafe.Add(ref table, rows[n].First + k), idle, ref f), p);
                }

                v.StoreUnsafe(ref w, (nuint)a);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Thin256<TDevice, TFar>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ref int directions, ref float factors,
        ref float weights, ref ulong spread)
        where TDevice : struct, IPulsedDevice
        where TFar : struct, IFar
    {
        for (int n = 0; n < rows.Length; n++)
        {
            ref readonly RowPulses row = ref rows[n];
            int next = rows[Math.Min(n + 1, rows.Length - 1)].Place;
            ref float f = ref Unsafe.Add(ref factors, row.Factor), w = ref Unsafe.Add(ref weights, row.Place);
            ref int direction = ref Unsafe.Add(ref directions, row.Direction);
            ref SlotTable.BlockPulses pulses = ref Unsafe.Add(ref table, row.First), end = ref Unsafe.Add(ref table, row.End);
            int place = row.Place;
            for (; Unsafe.IsAddressLessThan(ref pulses, ref end); pulses = ref Unsafe.Add(ref pulses, 1))
            {
                nuint column = pulses.At;
                if (TFar.Is)
                {
                    Ask(device, next + (int)column, ref weights);
                }

                Vector256<int> down = Vector256.LoadUnsafe(ref direction, column);
                Vector256<float> m = Factors(pulses, Idle(down), ref f, ref spread);
                device.Prepare(place + (int)column, down, out PulseParameters<Vector256<float>> p);
                device.Pulse<Width256, Vector256<float>>(Vector256.LoadUnsafe(ref w, column), m, p).StoreUnsafe(ref w, column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Held256<TDevice>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int firsts, ref int directions,
        RowSlot[] slots, ref float factors, ref float weights, ref ulong spread)
        where TDevice : struct, IPulsedDevice
    {
        ref RowSlot slotOf = ref MemoryMarshal.GetArrayDataReference(slots);
        for (int start = 0, end; start < rows.Length; start = end)
        {
            end = EndOfRow(rows, start);
            MarkSlots(rows[start..end], ref slotOf);
            int place = rows[start].Place;
            ref float w = ref Unsafe.Add(ref weights, place);
            ref int direction = ref Unsafe.Add(ref directions, rows[start].Direction);
            ref SlotTable.BlockPulses pulses = ref table;
            for (int k = 0; k < blocks.Length; k++)
            {
                nuint column = (uint)blocks[k];
                Vector256<int> down = Vector256.LoadUnsafe(ref direction, column);
                Vector256<float> v = Vector256.LoadUnsafe(ref w, column), idle = Idle(down);
                device.Prepare(place + (int)column, down, out PulseParameters<Vector256<float>> p);
                ref SlotTable.BlockPulses last = ref Unsafe.Add(ref table, Unsafe.Add(ref firsts, k + 1));
                for (; Unsafe.IsAddressLessThan(ref pulses, ref last); pulses = ref Unsafe.Add(ref pulses, 1))
                {
                    RowSlot slot = Unsafe.Add(ref slotOf, pulses.At);
                    v = device.Pulse<Width256, Vector256<float>>(v, Factors(pulses.Idle | slot.Idle, (slot.Factor + pulses.Before) & ~slot.Idle, idle, ref factors, ref spread), p);
                }

                v.StoreUnsafe(ref w, column);
            }

            ClearSlots(rows[start..end], ref slotOf);
        }
    }

    // Two blocks side by side, an odd one at the end by itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Two256<TDevice>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int directions,
        ref float factors, ref float weights, ref ulong spread)
        where TDevice : struct, IPulsedDevice
    {
        for (int start = 0, end; start < rows.Length; start = end)
        {
            end = EndOfRow(rows, start);
            int place = rows[start].Place;
            ref float w = ref Unsafe.Add(ref weights, place);
            ref int direction = ref Unsafe.Add(ref directions, rows[start].Direction);
            int k = 0;
            for (; k <= blocks.Length - 2; k += 2)
            {
                int a = blocks[k], b = blocks[k + 1];
                Vector256<int> da = Vector256.LoadUnsafe(ref direction, (nuint)a), db = Vector256.LoadUnsafe(ref direction, (nuint)b);
                device.Prepare(place + a, da, out PulseParameters<Vector256<float>> pa);
                device.Prepare(place + b, db, out PulseParameters<Vector256<float>> pb);
                Vector256<float> va = Vector256.LoadUnsafe(ref w, (nuint)a), vb = Vector256.LoadUnsafe(ref w, (nuint)b);
                Vector256<float> ia = Idle(da), ib = Idle(db);
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    ref SlotTable.BlockPulses pulses = ref Unsafe.Add(ref table, rows[n].First + k);
                    va = device.Pulse<Width256, Vector256<float>>(va, Factors(pulses, ia, ref f, ref spread), pa);
                    vb = device.Pulse<Width256, Vector256<float>>(vb, Factors(Unsafe.Add(ref pulses, 1), ib, ref f, ref spread), pb);
                }

                va.StoreUnsafe(ref w, (nuint)a);
                vb.StoreUnsafe(ref w, (nuint)b);
            }

            if (k < blocks.Length)
            {
                int a = blocks[k];
                Vector256<int> down = Vector256.LoadUnsafe(ref direction, (nuint)a);
                device.Prepare(place + a, down, out PulseParameters<Vector256<float>> p);
                Vector256<float> v = Vector256.LoadUnsafe(ref w, (nuint)a), idle = Idle(down);
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    v = device.Pulse<Width256, Vector256<float>>(v, Factors(Unsafe.Add(ref table, rows[n].First + k), idle, ref f, ref spread), p);
                }

                v.StoreUnsafe(ref w, (nuint)a);
            }
        }
    }

    private static void Scalar<TDevice>(in TDevice device, ReadOnlySpan<RowPulses> rows, SlotTable table, ref float factors, ref float weights)
        where TDevice : struct, IPulsedDevice
    {
        foreach (RowPulses row in rows)
        {
            for (int n = row.First, factor = row.Factor; n < row.End; n++)
            {
                SlotTable.BlockPulses pulses = Unsafe.Add(ref table.Pulses, n);
                for (uint left = pulses.Lanes; left != 0; left &= left - 1)
                {
                    int column = (int)pulses.At + BitOperations.TrailingZeroCount(left);
                    ref float w = ref Unsafe.Add(ref weights, row.Place + column);
                    device.Prepare(row.Place + column, Unsafe.Add(ref table.Directions, row.Direction + column), out PulseParameters<float> p);
                    w = device.Pulse<Width1, float>(w, Unsafe.Add(ref factors, factor++), p);
                }
            }
        }
    }

    // Asks for a block of the next row while the one above it is at work: rows that pulse in one slot meet the same columns, and those of
    // another slot some of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask<TDevice>(in TDevice device, int place, ref float weights)
        where TDevice : struct, IPulsedDevice
    {
        Prefetch.Line(ref Unsafe.Add(ref weights, place));
        device.Prefetch(place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfRow(ReadOnlySpan<RowPulses> rows, int start)
    {
        int end = start + 1;
        while (end < rows.Length && rows[end].Place == rows[start].Place)
        {
            end++;
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MarkSlots(ReadOnlySpan<RowPulses> row, ref RowSlot slots)
    {
        foreach (ref readonly RowPulses pulses in row)
        {
            Unsafe.Add(ref slots, pulses.Slot) = new(0, (uint)pulses.Factor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearSlots(ReadOnlySpan<RowPulses> row, ref RowSlot slots)
    {
        foreach (ref readonly RowPulses pulses in row)
        {
            Unsafe.Add(ref slots, pulses.Slot) = RowSlot.None;
        }
    }

    // The factor of lanes that do not pulse, a zero: of the sign that makes its product with a step up or down -0, which added to a weight
    // leaves even a zero as it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Idle(Vector512<int> down) => Vector512.AndNot(Vector512.Create(-0.0f), down.AsSingle());

    /// <inheritdoc cref="Idle(Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Idle(Vector256<int> down) => Vector256.AndNot(Vector256.Create(-0.0f), down.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Factors(in SlotTable.BlockPulses pulses, Vector512<float> idle, ref float factors) =>
        Factors(pulses.Idle, pulses.Before, idle, ref factors);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Factors(in SlotTable.BlockPulses pulses, Vector256<float> idle, ref float factors, ref ulong spread) =>
        Factors(pulses.Idle, pulses.Before, idle, ref factors, ref spread);

    // The factors of a slot in turn to the lanes that pulse, an idle one to the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Factors(uint idleLanes, uint before, Vector512<float> idle, ref float factors)
    {
        Vector512<uint> met = Vector512.Equals(Vector512.Create(idleLanes) & BitOfLane, Vector512<uint>.Zero);
        return Avx512F.Expand(idle, met.AsSingle(), Vector512.LoadUnsafe(ref factors, before));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Factors(uint idleLanes, uint before, Vector256<float> idle, ref float factors, ref ulong spread)
    {
        Vector256<uint> met = Vector256.Equals(Vector256.Create(idleLanes) & BitOfLane.GetLower(), Vector256<uint>.Zero);
        return Vector256.ConditionalSelect(met.AsSingle(), InTurn((byte)~idleLanes, ref Unsafe.Add(ref factors, before), ref spread), idle);
    }

    /// <summary>Numbers in turn to the lanes of a mask, anything to the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> InTurn(uint lanes, ref float numbers) => InTurn(lanes, ref numbers, ref MemoryMarshal.GetArrayDataReference(Spread));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InTurn(uint lanes, ref float numbers, ref ulong spread)
    {
        Vector256<int> turn = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(Unsafe.Add(ref spread, lanes)).AsByte());
        return Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref numbers), turn);
    }

    // For each mask of eight lanes, eight bytes: which of the numbers in turn a lane takes.
    private static ulong[] MakeSpread()
    {
        ulong[] spread = new ulong[256];
        for (int mask = 0; mask < 256; mask++)
        {
            for (int lane = 0, n = 0; lane < 8; lane++)
            {
                spread[mask] |= (ulong)n << (8 * lane);
                n += (mask >> lane) & 1;
            }
        }

        return spread;
    }

    // Where an array lies, as a type: the loop is compiled once for each.
    private interface IFar
    {
        static abstract bool Is { get; }
    }

    private readonly struct Near : IFar
    {
        public static bool Is => false;
    }

    private readonly struct Far : IFar
    {
        public static bool Is => true;
    }
}
