using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 (|e - w| / (high - low))^P1, e the bound in the direction of the pulse.</summary>
/// <param name="OverRange">1 / (high - low) where it is the same for all devices; 0 where each has its own, which costs a division a pulse.</param>
public readonly record struct PowerStep(float OverRange) : IStepLaw
{
    private const float Smallest = 1e-30f; // a distance whose logarithm exists, and a range to divide by
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Change(float weight, in PulseParameters<float> p, float low, float high)
    {
        float distance = MathF.Abs((float.IsNegative(p.P0) ? low : high) - weight);
        float part = OverRange > 0 ? distance * OverRange : distance / float.MaxNative(high - low, Smallest);
        return p.P0 * Elementary.Exp2(Elementary.MinusLog(float.MaxNative(part, Smallest)) * (p.P1 * -Elementary.Log2E));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high)
    {
        Vector256<float> edge = Vector256.ConditionalSelect((p.P0.AsInt32() >> 31).AsSingle(), low, high), smallest = Vector256.Create(Smallest);
        Vector256<float> distance = Vector256.Abs(edge - weight);
        Vector256<float> part = OverRange > 0 ? distance * Vector256.Create(OverRange) : distance / Vector256.MaxNative(high - low, smallest);
        return p.P0 * Elementary.Exp2(Elementary.MinusLog(Vector256.MaxNative(part, smallest)) * (p.P1 * Vector256.Create(-Elementary.Log2E)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Change(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high)
    {
        Vector512<float> edge = Vector512.ConditionalSelect((p.P0.AsInt32() >> 31).AsSingle(), low, high), smallest = Vector512.Create(Smallest);
        Vector512<float> distance = Vector512.Abs(edge - weight);
        Vector512<float> part = OverRange > 0 ? distance * Vector512.Create(OverRange) : distance / Vector512.MaxNative(high - low, smallest);
        return p.P0 * Elementary.Exp2(Elementary.MinusLog(Vector512.MaxNative(part, smallest)) * (p.P1 * Vector512.Create(-Elementary.Log2E)));
    }
}
