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
    public float Pulse(float weight, float m, in PulseParameters<float> p)
    {
        float low = bounds.Low(p), high = bounds.High(p);
        float moved = noise.Move(weight, law.Change(weight, p, low, high), p.P0, m);
        return TBounds.Any ? float.MaxNative(float.MinNative(moved, high), low) : moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pulse(Vector256<float> weight, Vector256<float> m, in PulseParameters<Vector256<float>> p)
    {
        Vector256<float> low = bounds.Low(p), high = bounds.High(p);
        Vector256<float> moved = noise.Move(weight, law.Change(weight, p, low, high), p.P0, m);
        return TBounds.Any ? Vector256.MaxNative(Vector256.MinNative(moved, high), low) : moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Pulse(Vector512<float> weight, Vector512<float> m, in PulseParameters<Vector512<float>> p)
    {
        Vector512<float> low = bounds.Low(p), high = bounds.High(p);
        Vector512<float> moved = noise.Move(weight, law.Change(weight, p, low, high), p.P0, m);
        return TBounds.Any ? Vector512.MaxNative(Vector512.MinNative(moved, high), low) : moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Pulse(in FourVectors weight, in FourVectors m, in FourParameters p)
    {
        FourVectors low = new(bounds.Low(p.A), bounds.Low(p.B), bounds.Low(p.C), bounds.Low(p.D));
        FourVectors high = new(bounds.High(p.A), bounds.High(p.B), bounds.High(p.C), bounds.High(p.D));
        FourVectors step = law.Change(weight, p, low, high), moved = new(
            noise.Move(weight.V0, step.V0, p.A.P0, m.V0), noise.Move(weight.V1, step.V1, p.B.P0, m.V1),
            noise.Move(weight.V2, step.V2, p.C.P0, m.V2), noise.Move(weight.V3, step.V3, p.D.P0, m.V3));
        return TBounds.Any ? FourVectors.MaxNative(FourVectors.MinNative(moved, high), low) : moved;
    }
}
