using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(G) = P0 (1 - u) exp(-u) up and P0 u exp(-u) down, u = (G - G_min) / (G_max - G_min).</summary>
/// <param name="Clip">The part of the range that is cut off at each end: the bounds stand at u = Clip and 1 - Clip.</param>
internal readonly record struct NonlinearJump(float Clip) : IStepLaw
{
    private const float Smallest = 1e-30f; // a range to divide by

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Change(float weight, in PulseParameters<float> p, float low, float high)
    {
        float u = MathF.FusedMultiplyAdd((weight - low) / float.MaxNative(high - low, Smallest), 1 - (2 * Clip), Clip);
        return p.P0 * ((float.IsNegative(p.P0) ? u : 1 - u) * Elementary.Exp(-u));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high)
    {
        Vector256<float> part = (weight - low) / Vector256.MaxNative(high - low, Vector256.Create(Smallest));
        Vector256<float> u = Vector256.FusedMultiplyAdd(part, Vector256.Create(1 - (2 * Clip)), Vector256.Create(Clip));
        Vector256<float> way = Vector256.ConditionalSelect((p.P0.AsInt32() >> 31).AsSingle(), u, Vector256<float>.One - u);
        return p.P0 * (way * Elementary.Exp(-u));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Change(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high)
    {
        Vector512<float> part = (weight - low) / Vector512.MaxNative(high - low, Vector512.Create(Smallest));
        Vector512<float> u = Vector512.FusedMultiplyAdd(part, Vector512.Create(1 - (2 * Clip)), Vector512.Create(Clip));
        Vector512<float> way = Vector512.ConditionalSelect((p.P0.AsInt32() >> 31).AsSingle(), u, Vector512<float>.One - u);
        return p.P0 * (way * Elementary.Exp(-u));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Change(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high) => new(
        Change(weight.V0, p.A, low.V0, high.V0), Change(weight.V1, p.B, low.V1, high.V1),
        Change(weight.V2, p.C, low.V2, high.V2), Change(weight.V3, p.D, low.V3, high.V3));
}
