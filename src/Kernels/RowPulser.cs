using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Applies one pulse to each cross-point of a row, up or down as a signal of its own says.</summary>
/// <remarks>
/// To the bit what <see cref="PulsedUpdater"/> does with trains of one slot in which this row alone pulses, without trains to draw and pack:
/// the n-th cross-point that pulses takes the n-th number of the address. The same bits at every vector width.
/// </remarks>
public sealed class RowPulser
{
    private const int Lanes = 16;
    private readonly PulseNoise noise = new();

    /// <summary>w[row, j] takes one pulse up where the signal is above a threshold, one down where it is below minus the threshold.</summary>
    /// <typeparam name="TDevice">The device type; the loop is compiled once for each.</typeparam>
    /// <param name="device">The devices of the array.</param>
    /// <param name="weights">Weight units, shape [rows, columns].</param>
    /// <param name="row">0 to rows - 1.</param>
    /// <param name="signals">One number for each column, shape [stride of <paramref name="weights"/>]; the padding is zero.</param>
    /// <param name="threshold">At least 0; a signal within ± threshold gives no pulse.</param>
    /// <param name="negate">Whether all directions are turned round.</param>
    /// <param name="sigma">Deviation of a step from cycle to cycle, as a fraction of the step, at least 0; 0 draws no numbers.</param>
    /// <param name="at">Where the numbers of these pulses stand.</param>
    /// <returns>The number of pulses.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is out of range.</exception>
    public int Apply<TDevice>(
        in TDevice device, PaddedMatrix weights, int row, ReadOnlySpan<float> signals, float threshold, bool negate, float sigma,
        in RandomAddress at)
        where TDevice : struct, IPulsedDevice
    {
        ThrowHelper.RequireLength(nameof(device), weights.Inputs, device.Shape.Inputs);
        ThrowHelper.RequireLength(nameof(device), weights.Outputs, device.Shape.Outputs);
        ThrowHelper.RequireInRange(nameof(row), 0, weights.Inputs - 1, row);
        ThrowHelper.RequireLength(nameof(signals), weights.Stride, signals.Length);
        ThrowHelper.RequireInRange(nameof(threshold), 0, float.MaxValue, threshold);
        ThrowHelper.RequireInRange(nameof(sigma), 0, float.MaxValue, sigma);
        int place = row * weights.Stride;
        ref float w = ref Unsafe.Add(ref weights.First, place);
        if (sigma > 0)
        {
            noise.Begin(at, 1, sigma, signals.Length, signals.Length);
            ref float factors = ref noise.Ahead(signals.Length);
            return Vector512.IsHardwareAccelerated && Avx512F.IsSupported
                ? Noisy512(device, place, signals, threshold, negate, ref factors, ref w)
                : NoisyScalar(device, place, signals, threshold, negate, ref factors, ref w);
        }

        return Vector512.IsHardwareAccelerated ? Plain512(device, place, signals, threshold, negate, ref w)
            : Vector256.IsHardwareAccelerated ? Plain256(device, place, signals, threshold, negate, ref w)
            : NoisyScalar(device, place, signals, threshold, negate, ref Unsafe.NullRef<float>(), ref w);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Plain512<TDevice>(TDevice device, int place, ReadOnlySpan<float> signals, float threshold, bool negate, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        ref float from = ref MemoryMarshal.GetReference(signals);
        Vector512<float> turn = Vector512.Create(negate ? -0.0f : 0), high = Vector512.Create(threshold), low = -high;
        int pulses = 0;
        for (int j = 0; j < signals.Length; j += Lanes)
        {
            Vector512<float> s = Vector512.LoadUnsafe(ref from, (nuint)j) ^ turn;
            Vector512<float> down = Vector512.LessThan(s, low), some = Vector512.GreaterThan(s, high) | down;
            Vector512<float> idle = Block512.Idle(down.AsInt32());
            device.Prepare(place + j, down.AsInt32(), out PulseParameters<Vector512<float>> p);
            Vector512<float> m = Vector512.ConditionalSelect(some, Vector512<float>.One, idle);
            device.Pulse<Width512, Vector512<float>>(Vector512.LoadUnsafe(ref w, (nuint)j), m, p).StoreUnsafe(ref w, (nuint)j);
            pulses += BitOperations.PopCount(some.ExtractMostSignificantBits());
        }

        return pulses;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Noisy512<TDevice>(
        TDevice device, int place, ReadOnlySpan<float> signals, float threshold, bool negate, ref float factors, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        ref float from = ref MemoryMarshal.GetReference(signals);
        Vector512<float> turn = Vector512.Create(negate ? -0.0f : 0), high = Vector512.Create(threshold), low = -high;
        int pulses = 0;
        for (int j = 0; j < signals.Length; j += Lanes)
        {
            Vector512<float> s = Vector512.LoadUnsafe(ref from, (nuint)j) ^ turn;
            Vector512<float> down = Vector512.LessThan(s, low), some = Vector512.GreaterThan(s, high) | down;
            Vector512<float> idle = Block512.Idle(down.AsInt32());
            device.Prepare(place + j, down.AsInt32(), out PulseParameters<Vector512<float>> p);
            Vector512<float> m = Avx512F.Expand(idle, some, Vector512.LoadUnsafe(ref factors, (nuint)pulses));
            device.Pulse<Width512, Vector512<float>>(Vector512.LoadUnsafe(ref w, (nuint)j), m, p).StoreUnsafe(ref w, (nuint)j);
            pulses += BitOperations.PopCount(some.ExtractMostSignificantBits());
        }

        return pulses;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Plain256<TDevice>(TDevice device, int place, ReadOnlySpan<float> signals, float threshold, bool negate, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        ref float from = ref MemoryMarshal.GetReference(signals);
        Vector256<float> turn = Vector256.Create(negate ? -0.0f : 0), high = Vector256.Create(threshold), low = -high;
        int pulses = 0;
        for (int j = 0; j < signals.Length; j += 8)
        {
            Vector256<float> s = Vector256.LoadUnsafe(ref from, (nuint)j) ^ turn;
            Vector256<float> down = Vector256.LessThan(s, low), some = Vector256.GreaterThan(s, high) | down;
            Vector256<float> idle = Block256.Idle(down.AsInt32());
            device.Prepare(place + j, down.AsInt32(), out PulseParameters<Vector256<float>> p);
            Vector256<float> m = Vector256.ConditionalSelect(some, Vector256<float>.One, idle);
            device.Pulse<Width256, Vector256<float>>(Vector256.LoadUnsafe(ref w, (nuint)j), m, p).StoreUnsafe(ref w, (nuint)j);
            pulses += BitOperations.PopCount(some.ExtractMostSignificantBits());
        }

        return pulses;
    }

    // Without factors, every step has its full size.
    private static int NoisyScalar<TDevice>(
        in TDevice device, int place, ReadOnlySpan<float> signals, float threshold, bool negate, ref float factors, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        bool isNoisy = !Unsafe.IsNullRef(ref factors);
        int pulses = 0;
        for (int j = 0; j < signals.Length; j++)
        {
            float s = negate ? -signals[j] : signals[j];
            if (s > threshold || s < -threshold)
            {
                device.Prepare(place + j, s < 0 ? -1 : 0, out PulseParameters<float> p);
                ref float v = ref Unsafe.Add(ref w, j);
                v = device.Pulse<Width1, float>(v, isNoisy ? Unsafe.Add(ref factors, pulses) : 1, p);
                pulses++;
            }
        }

        return pulses;
    }
}
