using System.Numerics;
using System.Runtime.CompilerServices;
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
/// <param name="Idle">All bits set, -1, unless the row pulses in it.</param>
/// <param name="Factor">The factor of its first pulse.</param>
internal readonly record struct RowSlot(int Idle, int Factor)
{
    /// <summary>The row does not pulse.</summary>
    public static RowSlot None => new(-1, 0);
}

/// <summary>The pulses of rows, applied at the width of this machine.</summary>
internal static class PulseLoops
{
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
            BlockLoops<TDevice, Width512, Block512, Vector512<float>>.Apply(device, rows, table, order, slots, isFar, ref factors, ref weights);
        }
        else if (AreVectors)
        {
            BlockLoops<TDevice, Width256, Block256, Vector256<float>>.Apply(device, rows, table, order, slots, isFar, ref factors, ref weights);
        }
        else
        {
            Scalar(device, rows, table, ref factors, ref weights);
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
                for (uint left = InTurn.Lanes(pulses.Turns); left != 0; left &= left - 1)
                {
                    int column = (int)pulses.At + BitOperations.TrailingZeroCount(left);
                    ref float w = ref Unsafe.Add(ref weights, row.Place + column);
                    device.Prepare(row.Place + column, Unsafe.Add(ref table.Directions, row.Direction + column), out PulseParameters<float> p);
                    w = device.Pulse<Width1, float>(w, Unsafe.Add(ref factors, factor++), p);
                }
            }
        }
    }
}
