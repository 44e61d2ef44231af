using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
                    ? AtOnce512(device, place + j, train, ref trains, table.Stride, ref down, ref normal, ref w)
                    : PulseLoops.AreVectors ? AtOnce256(device, place + j, train, ref trains, table.Stride, ref down, ref normal, ref w)
                    : AtOnce(device, place + j, train, ref trains, table.Stride, ref down, ref normal, ref w);
                noise.Take(here);
                coincidences += pulses;
                events += here;
            }
        }

        return coincidences;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Pulses, int CrossPoints) AtOnce512<TDevice>(
        in TDevice device, int place, ReadOnlySpan<uint> train, ref uint trains, int stride, ref int isDown, ref float normal, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        Vector512<uint> met = Vector512<uint>.Zero;
        Vector512<int> count = Vector512<int>.Zero;
        for (int p = 0; p < train.Length; p++)
        {
            Vector512<uint> slots = Vector512.LoadUnsafe(ref trains, (nuint)(p * stride)) & Vector512.Create(train[p]);
            met |= slots;
            count += Bits.SumBytes(Bits.CountBytes(slots));
        }

        if (met == Vector512<uint>.Zero)
        {
            return default;
        }

        Vector512<int> down = Vector512.LoadUnsafe(ref isDown), some = ~Vector512.Equals(count, Vector512<int>.Zero);
        Vector512<float> n = Vector512.ConvertToSingle(count);
        Vector512<float> xi = Avx512F.Expand(Vector512<float>.Zero, some.AsSingle(), Vector512.LoadUnsafe(ref normal));
        Vector512<float> m = Vector512.FusedMultiplyAdd(Vector512.Sqrt(n), xi, n);
        device.Prepare(place, down, out PulseParameters<Vector512<float>> parameters);
        device.Pulse<Width512, Vector512<float>>(Vector512.LoadUnsafe(ref w), Vector512.ConditionalSelect(some.AsSingle(), m, Block512.Idle(down)), parameters).StoreUnsafe(ref w);
        return (Vector512.Sum(count), BitOperations.PopCount(some.ExtractMostSignificantBits()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Pulses, int CrossPoints) AtOnce256<TDevice>(
        in TDevice device, int place, ReadOnlySpan<uint> train, ref uint trains, int stride, ref int isDown, ref float normal, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        Vector256<int> count = Vector256<int>.Zero;
        for (int p = 0; p < train.Length; p++)
        {
            count += Bits.SumBytes(Bits.CountBytes(Vector256.LoadUnsafe(ref trains, (nuint)(p * stride)) & Vector256.Create(train[p])));
        }

        Vector256<int> down = Vector256.LoadUnsafe(ref isDown), some = ~Vector256.Equals(count, Vector256<int>.Zero);
        uint lanes = some.ExtractMostSignificantBits();
        if (lanes == 0)
        {
            return default;
        }

        Vector256<float> n = Vector256.ConvertToSingle(count), xi = InTurn.To(lanes, ref normal);
        Vector256<float> m = Vector256.FusedMultiplyAdd(Vector256.Sqrt(n), xi, n);
        device.Prepare(place, down, out PulseParameters<Vector256<float>> parameters);
        device.Pulse<Width256, Vector256<float>>(Vector256.LoadUnsafe(ref w), Vector256.ConditionalSelect(some.AsSingle(), m, Block256.Idle(down)), parameters).StoreUnsafe(ref w);
        return (Vector256.Sum(count), BitOperations.PopCount(lanes));
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
