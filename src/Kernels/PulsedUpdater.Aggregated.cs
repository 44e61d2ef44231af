using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <content>All pulses of a cross-point at once: the n-th cross-point with a coincidence, by rows, then columns, takes the n-th number.</content>
public sealed partial class PulsedUpdater
{
    private long Aggregated<TDevice>(
        in TDevice device, PaddedMatrix weights, LineTrains rows, LineTrains columns, int activeRows, float sigma, in RandomAddress at,
        ref long events)
        where TDevice : struct, IPulsedDevice
    {
        int planes = rows.Planes;
        noise.Begin(at, 0, sigma, rows.Pulses * columns.Pulses / columns.BitLength, Lanes);
        long coincidences = 0;
        Span<uint> train = stackalloc uint[planes];
        for (int r = 0; r < activeRows; r++)
        {
            for (int p = 0; p < planes; p++)
            {
                train[p] = rowTrains[(p * activeRows) + r];
            }

            int place = rowOf[r] * weights.Stride;
            ref int direction = ref Unsafe.Add(ref table.Directions, BitConverter.SingleToInt32Bits(rows.Values[rowOf[r]]) < 0 ? table.Stride : 0);
            foreach (int j in table.Blocks)
            {
                ref uint trains = ref Unsafe.Add(ref table.Trains, j);
                ref int down = ref Unsafe.Add(ref direction, j);
                ref float w = ref Unsafe.Add(ref weights.First, place + j);
                ref float normal = ref noise.Ahead(Lanes);
                (int pulses, int here) = SlotTable.Width == Lanes
                    ? AtOnce<TDevice, Width512, Block512, Vector512<float>>(device, place + j, train, ref trains, table.Stride, ref down, ref normal, ref w)
                    : PulseLoops.AreVectors
                    ? AtOnce<TDevice, Width256, Block256, Vector256<float>>(device, place + j, train, ref trains, table.Stride, ref down, ref normal, ref w)
                    : AtOnce(device, place + j, train, ref trains, table.Stride, ref down, ref normal, ref w);
                noise.Take(here);
                coincidences += pulses;
                events += here;
            }
        }

        return coincidences;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Pulses, int CrossPoints) AtOnce<TDevice, TWidth, TBlock, T>(
        in TDevice device, int place, ReadOnlySpan<uint> train, ref uint trains, int stride, ref int isDown, ref float normal, ref float w)
        where TDevice : struct, IPulsedDevice
        where TWidth : struct, IWidth<T>
        where TBlock : struct, IBlock<T>
        where T : struct
    {
        (T n, int pulses, uint lanes) = TBlock.Count(ref trains, stride, train);
        if (lanes == 0)
        {
            return default;
        }

        T idle = TBlock.Prepare(device, place, ref isDown, 0, out PulseParameters<T> p);
        T xi = TBlock.Factors(InTurn.Of(~lanes), 0, idle, ref normal);
        T m = TWidth.SelectByZero(n, idle, TWidth.FusedMultiplyAdd(TWidth.Sqrt(n), xi, n));
        TBlock.Store(device.Pulse<TWidth, T>(TBlock.Load(ref w, 0), m, p), ref w, 0);
        return (pulses, BitOperations.PopCount(lanes));
    }

    // Eight columns, one by one.
    private static (int Pulses, int CrossPoints) AtOnce<TDevice>(
        in TDevice device, int place, ReadOnlySpan<uint> train, ref uint trains, int stride, ref int isDown, ref float normal, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        Span<float> m = stackalloc float[Lanes / 2];
        int pulses = 0, used = 0;
        for (int l = 0; l < m.Length; l++)
        {
            int n = 0;
            for (int p = 0; p < train.Length; p++)
            {
                n += BitOperations.PopCount(Unsafe.Add(ref trains, (p * stride) + l) & train[p]);
            }

            pulses += n;
            m[l] = n > 0 ? MathF.FusedMultiplyAdd(MathF.Sqrt(n), Unsafe.Add(ref normal, used++), n) : Unsafe.Add(ref isDown, l) == 0 ? -0.0f : 0;
        }

        if (used == 0)
        {
            return default;
        }

        for (int l = 0; l < m.Length; l++)
        {
            device.Prepare(place + l, Unsafe.Add(ref isDown, l), out PulseParameters<float> p);
            Unsafe.Add(ref w, l) = device.Pulse<Width1, float>(Unsafe.Add(ref w, l), m[l], p);
        }

        return (pulses, used);
    }
}
