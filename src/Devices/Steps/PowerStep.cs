using System.Runtime.CompilerServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 (|e - w| / (high - low))^P1, e the bound in the direction of the pulse, for devices of one range.</summary>
/// <param name="OverRange">1 / (high - low), above 0.</param>
public readonly record struct PowerStep(float OverRange) : IStepLaw
{
    private const float Smallest = 1e-30f; // a distance whose logarithm exists

    /// <inheritdoc/>
    public static bool IsLongChain => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct =>
        Power<TWidth, T>(p, TWidth.Multiply(Distance<TWidth, T>(weight, p, low, high), OverRange));

    // |e - w|
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Distance<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct =>
        TWidth.Abs(TWidth.Subtract(TWidth.SelectBySign(p.P0, low, high), weight));

    // P0 part^P1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Power<TWidth, T>(in PulseParameters<T> p, T part)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T minusLog = Elementary.MinusLog<TWidth, T>(TWidth.MaxNative(part, TWidth.All(Smallest)));
        return TWidth.Multiply(p.P0, Elementary.Exp2<TWidth, T>(TWidth.Multiply(minusLog, TWidth.Multiply(p.P1, -Elementary.Log2E))));
    }
}
