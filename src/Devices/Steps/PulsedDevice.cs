using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>A device put together: its numbers, the law of its step, of its noise from cycle to cycle, and its hard bounds.</summary>
internal readonly struct PulsedDevice<TLaw, TNoise, TBounds, TNumbers>(
    (int Inputs, int Outputs) shape, TLaw law, TNoise noise, TBounds bounds, TNumbers numbers) : IPulsedDevice
    where TLaw : struct, IStepLaw
    where TNoise : struct, ICycleNoise
    where TBounds : struct, IHardBounds
    where TNumbers : struct, IDeviceNumbers
{
    public static bool IsLongChain => TLaw.IsLongChain;

    public (int Inputs, int Outputs) Shape => shape;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, int isDown, out PulseParameters<float> p)
    {
        numbers.Read(place, isDown, out float scale, out float shape);
        p = default;
        p.P0 = scale;
        p.P1 = shape;
        bounds.Read(place, ref p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p)
    {
        numbers.Read(place, isDown, out Vector256<float> scale, out Vector256<float> shape);
        p = default;
        p.P0 = scale;
        p.P1 = shape;
        bounds.Read(place, ref p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p)
    {
        numbers.Read(place, isDown, out Vector512<float> scale, out Vector512<float> shape);
        p = default;
        p.P0 = scale;
        p.P1 = shape;
        bounds.Read(place, ref p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place) => numbers.Prefetch(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Pulse<TWidth, T>(T weight, T m, in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T low = bounds.Low<TWidth, T>(p), high = bounds.High<TWidth, T>(p);
        T moved = noise.Move<TWidth, T>(weight, law.Change<TWidth, T>(weight, p, low, high), p.P0, m);
        return TBounds.Any ? TWidth.MaxNative(TWidth.MinNative(moved, high), low) : moved;
    }
}
