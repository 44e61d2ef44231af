using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>The levels of a device of a finite number of states.</summary>
internal static class FiniteLevels
{
    /// <summary>The most states: a level's number and what is left of a weight must both fit into a float.</summary>
    public const int MaxStates = 1 << 20;

    /// <summary>A range to divide by.</summary>
    public const float Smallest = 1e-30f;

    /// <summary>The level nearest to a weight within its bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Nearest(float weight, float low, float high, float steps)
    {
        float range = high - low, part = (weight - low) / float.MaxNative(range, Smallest);
        return float.MinNative(MathF.FusedMultiplyAdd(MathF.Round(part * steps), range / steps, low), high);
    }
}

/// <summary>A device of a finite number of states: behind every pulse its weight goes to the nearest of equally spaced levels.</summary>
/// <remarks>Level n is low + n (high - low) / (states - 1). The bounds of the device are its P2 and P3. A level stays where it is.</remarks>
internal readonly struct FiniteStates<TDevice>(TDevice device, int states) : IPulsedDevice
    where TDevice : struct, IPulsedDevice
{
    private readonly float steps = states - 1;

    public (int Inputs, int Outputs) Shape => device.Shape;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, int isDown, out PulseParameters<float> p) => device.Prepare(place, isDown, out p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p) => device.Prepare(place, isDown, out p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p) => device.Prepare(place, isDown, out p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place) => device.Prefetch(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Pulse(float weight, float m, in PulseParameters<float> p) => FiniteLevels.Nearest(device.Pulse(weight, m, p), p.P2, p.P3, steps);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pulse(Vector256<float> weight, Vector256<float> m, in PulseParameters<Vector256<float>> p)
    {
        Vector256<float> all = Vector256.Create(steps), range = p.P3 - p.P2;
        Vector256<float> part = (device.Pulse(weight, m, p) - p.P2) / Vector256.MaxNative(range, Vector256.Create(FiniteLevels.Smallest));
        return Vector256.MinNative(Vector256.FusedMultiplyAdd(Vector256.Round(part * all), range / all, p.P2), p.P3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Pulse(Vector512<float> weight, Vector512<float> m, in PulseParameters<Vector512<float>> p)
    {
        Vector512<float> all = Vector512.Create(steps), range = p.P3 - p.P2;
        Vector512<float> part = (device.Pulse(weight, m, p) - p.P2) / Vector512.MaxNative(range, Vector512.Create(FiniteLevels.Smallest));
        return Vector512.MinNative(Vector512.FusedMultiplyAdd(Vector512.Round(part * all), range / all, p.P2), p.P3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Pulse(in FourVectors weight, in FourVectors m, in FourParameters p) => new(
        Pulse(weight.V0, m.V0, p.A), Pulse(weight.V1, m.V1, p.B), Pulse(weight.V2, m.V2, p.C), Pulse(weight.V3, m.V3, p.D));
}
