using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crosspoint.Kernels;

/// <summary>Loops over the pulses of rows, compiled once for each device and width. They call nothing that is not inlined: a call would spill every vector.</summary>
/// <typeparam name="TDevice">The devices.</typeparam>
/// <typeparam name="TWidth">Arithmetic on the cross-points of a block.</typeparam>
/// <typeparam name="TBlock">Their loads and stores.</typeparam>
/// <typeparam name="T">A vector.</typeparam>
internal static class BlockLoops<TDevice, TWidth, TBlock, T>
    where TDevice : struct, IPulsedDevice
    where TWidth : struct, IWidth<T>
    where TBlock : struct, IBlock<T>
    where T : struct
{
    /// <inheritdoc cref="PulseLoops.Apply"/>
    public static void Apply(
        in TDevice device, ReadOnlySpan<RowPulses> rows, SlotTable table, PulseOrder order, RowSlot[] slots, bool isFar, ref float factors,
        ref float weights)
    {
        if (order == PulseOrder.Held)
        {
            Held(
                device, rows, ref table.Pulses, table.Blocks, ref table.Firsts, ref table.Directions, slots, ref factors, ref weights);
        }
        else if (order == PulseOrder.SideBySide)
        {
            Fours(device, rows, ref table.Pulses, table.Blocks, ref table.Directions, ref factors, ref weights);
            Others(device, rows, ref table.Pulses, table.Blocks, ref table.Directions, ref factors, ref weights);
        }
        else if (isFar)
        {
            Thin<Far>(device, rows, ref table.Pulses, ref table.Directions, ref factors, ref weights);
        }
        else
        {
            Thin<Near>(device, rows, ref table.Pulses, ref table.Directions, ref factors, ref weights);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Thin<TFar>(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ref int directions, ref float factors, ref float weights)
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

                T idle = TBlock.Prepare(device, place, ref direction, (int)column, out PulseParameters<T> p);
                T m = Factors(pulses, idle, ref f);
                TBlock.Store(device.Pulse<TWidth, T>(TBlock.Load(ref w, column), m, p), ref w, column);
            }
        }
    }

    // Four blocks take turns at every operation of a pulse: see FourWide.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fours(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int directions,
        ref float factors, ref float weights)
    {
        for (int start = 0, end; start < rows.Length; start = end)
        {
            end = EndOfRow(rows, start);
            ref float w = ref Unsafe.Add(ref weights, rows[start].Place);
            ref int direction = ref Unsafe.Add(ref directions, rows[start].Direction);
            for (int k = 0; k <= blocks.Length - 4; k += 4)
            {
                int a = blocks[k], b = blocks[k + 1], c = blocks[k + 2], d = blocks[k + 3], place = rows[start].Place;
                T ia = TBlock.Prepare(device, place, ref direction, a, out PulseParameters<T> pa);
                T ib = TBlock.Prepare(device, place, ref direction, b, out PulseParameters<T> pb);
                T ic = TBlock.Prepare(device, place, ref direction, c, out PulseParameters<T> pc);
                T id = TBlock.Prepare(device, place, ref direction, d, out PulseParameters<T> pd);
                PulseParameters<Four<T>> p = new()
                {
                    P0 = new(pa.P0, pb.P0, pc.P0, pd.P0),
                    P1 = new(pa.P1, pb.P1, pc.P1, pd.P1),
                    P2 = new(pa.P2, pb.P2, pc.P2, pd.P2),
                    P3 = new(pa.P3, pb.P3, pc.P3, pd.P3),
                };
                Four<T> v = new(
                    TBlock.Load(ref w, (nuint)a), TBlock.Load(ref w, (nuint)b),
                    TBlock.Load(ref w, (nuint)c), TBlock.Load(ref w, (nuint)d));
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    ref SlotTable.BlockPulses pulses = ref Unsafe.Add(ref table, rows[n].First + k);
                    Four<T> m = new(
                        Factors(pulses, ia, ref f), Factors(Unsafe.Add(ref pulses, 1), ib, ref f),
                        Factors(Unsafe.Add(ref pulses, 2), ic, ref f), Factors(Unsafe.Add(ref pulses, 3), id, ref f));
                    v = device.Pulse<FourWide<TWidth, T>, Four<T>>(v, m, p);
                }

                TBlock.Store(v.V0, ref w, (nuint)a);
                TBlock.Store(v.V1, ref w, (nuint)b);
                TBlock.Store(v.V2, ref w, (nuint)c);
                TBlock.Store(v.V3, ref w, (nuint)d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Held(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int firsts, ref int directions,
        RowSlot[] slots, ref float factors, ref float weights)
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
                T idle = TBlock.Prepare(device, place, ref direction, (int)column, out PulseParameters<T> p), v = TBlock.Load(ref w, column);
                ref SlotTable.BlockPulses last = ref Unsafe.Add(ref table, Unsafe.Add(ref firsts, k + 1));
                for (; Unsafe.IsAddressLessThan(ref pulses, ref last); pulses = ref Unsafe.Add(ref pulses, 1))
                {
                    RowSlot slot = Unsafe.Add(ref slotOf, pulses.At);
                    ulong turns = pulses.Turns | (ulong)(long)slot.Idle; // no lane where the row does not pulse
                    uint first = (uint)((slot.Factor + (int)pulses.Before) & ~slot.Idle);
                    v = device.Pulse<TWidth, T>(v, TBlock.Factors(turns, first, idle, ref factors), p);
                }

                TBlock.Store(v, ref w, column);
            }

            ClearSlots(rows[start..end], ref slotOf);
        }
    }

    // The blocks that are left over by fours: two side by side, one by itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Others(
        TDevice device, ReadOnlySpan<RowPulses> rows, ref SlotTable.BlockPulses table, ReadOnlySpan<int> blocks, ref int directions,
        ref float factors, ref float weights)
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
                T ia = TBlock.Prepare(device, place, ref direction, a, out PulseParameters<T> pa), va = TBlock.Load(ref w, (nuint)a);
                T ib = TBlock.Prepare(device, place, ref direction, b, out PulseParameters<T> pb), vb = TBlock.Load(ref w, (nuint)b);
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    ref SlotTable.BlockPulses pulses = ref Unsafe.Add(ref table, rows[n].First + k);
                    va = device.Pulse<TWidth, T>(va, Factors(pulses, ia, ref f), pa);
                    vb = device.Pulse<TWidth, T>(vb, Factors(Unsafe.Add(ref pulses, 1), ib, ref f), pb);
                }

                TBlock.Store(va, ref w, (nuint)a);
                TBlock.Store(vb, ref w, (nuint)b);
                k += 2;
            }

            if (k < blocks.Length)
            {
                int a = blocks[k];
                T idle = TBlock.Prepare(device, place, ref direction, a, out PulseParameters<T> p), v = TBlock.Load(ref w, (nuint)a);
                for (int n = start; n < end; n++)
                {
                    ref float f = ref Unsafe.Add(ref factors, rows[n].Factor);
                    v = device.Pulse<TWidth, T>(v, Factors(Unsafe.Add(ref table, rows[n].First + k), idle, ref f), p);
                }

                TBlock.Store(v, ref w, (nuint)a);
            }
        }
    }

    // Asks for a block of the next row while the one above it is at work: rows that pulse in one slot meet the same columns, and those of
    // another slot some of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask(in TDevice device, int place, ref float weights)
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
            Unsafe.Add(ref slots, pulses.Slot) = new(0, pulses.Factor);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Factors(in SlotTable.BlockPulses pulses, T idle, ref float factors) =>
        TBlock.Factors(in pulses.Turns, pulses.Before, idle, ref factors);

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
