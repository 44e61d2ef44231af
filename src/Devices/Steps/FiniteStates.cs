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
    public static T Nearest<TWidth, T>(T weight, T low, T high, float steps)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T all = TWidth.All(steps), range = TWidth.Subtract(high, low), part = TWidth.Divide(TWidth.Subtract(weight, low), TWidth.MaxNative(range, TWidth.All(Smallest)));
        return TWidth.MinNative(TWidth.FusedMultiplyAdd(TWidth.Round(TWidth.Multiply(part, all)), TWidth.Divide(range, all), low), high);
    }
}

/// <summary>A device of a finite number of states: behind every pulse its weight goes to the nearest of equally spaced levels.</summary>
/// <remarks>Level n is low + n (high - low) / (states - 1). The bounds of the device are its P2 and P3. A level stays where it is.</remarks>
internal readonly struct FiniteStates<TDevice>(TDevice device, int states) : IPulsedDevice
    where TDevice : struct, IPulsedDevice
{
    private readonly float steps = states - 1;

    public static bool IsLongChain => TDevice.IsLongChain;

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
    public T Pulse<TWidth, T>(T weight, T m, in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct =>
        FiniteLevels.Nearest<TWidth, T>(device.Pulse<TWidth, T>(weight, m, p), p.P2, p.P3, steps);
}
