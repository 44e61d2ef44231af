using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 (|e - w| / (high - low))^P1, e the bound in the direction of the pulse, for devices of one range.</summary>
/// <param name="OverRange">1 / (high - low), above 0.</param>
public readonly record struct PowerStep(float OverRange) : IStepLaw
{
    private const float Smallest = 1e-30f; // a distance whose logarithm exists

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Change(float weight, in PulseParameters<float> p, float low, float high) =>
        Power(p, Distance(weight, p, low, high) * OverRange);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high) =>
        Power(p, Distance(weight, p, low, high) * Vector256.Create(OverRange));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Change(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high) =>
        Power(p, Distance(weight, p, low, high) * Vector512.Create(OverRange));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Change(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high) =>
        Power(p, Distance(weight, p, low, high) * OverRange);

    // |e - w|
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Distance(float weight, in PulseParameters<float> p, float low, float high) =>
        MathF.Abs((float.IsNegative(p.P0) ? low : high) - weight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Distance(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high) =>
        Vector256.Abs(Vector256.ConditionalSelect((p.P0.AsInt32() >> 31).AsSingle(), low, high) - weight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Distance(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high) =>
        Vector512.Abs(Vector512.ConditionalSelect((p.P0.AsInt32() >> 31).AsSingle(), low, high) - weight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FourVectors Distance(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high) =>
        FourVectors.Abs(FourVectors.SelectBySign(p.P0, low, high) - weight);

    // P0 part^P1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Power(in PulseParameters<float> p, float part) =>
        p.P0 * Elementary.Exp2(Elementary.MinusLog(float.MaxNative(part, Smallest)) * (p.P1 * -Elementary.Log2E));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Power(in PulseParameters<Vector256<float>> p, Vector256<float> part) =>
        p.P0 * Elementary.Exp2(Elementary.MinusLog(Vector256.MaxNative(part, Vector256.Create(Smallest))) * (p.P1 * Vector256.Create(-Elementary.Log2E)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Power(in PulseParameters<Vector512<float>> p, Vector512<float> part) =>
        p.P0 * Elementary.Exp2(Elementary.MinusLog(Vector512.MaxNative(part, Vector512.Create(Smallest))) * (p.P1 * Vector512.Create(-Elementary.Log2E)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FourVectors Power(in FourParameters p, in FourVectors part) =>
        p.P0 * Elementary.Exp2(Elementary.MinusLog(FourVectors.MaxNative(part, Smallest)) * (p.P1 * -Elementary.Log2E));
}
