using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 + P1 w: a step that falls linearly with the weight, or stays the same where P1 is 0.</summary>
public readonly struct LinearStep : IStepLaw
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Change(float weight, in PulseParameters<float> p, float low, float high) => MathF.FusedMultiplyAdd(p.P1, weight, p.P0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(
        Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high) =>
        Vector256.FusedMultiplyAdd(p.P1, weight, p.P0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Change(
        Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high) =>
        Vector512.FusedMultiplyAdd(p.P1, weight, p.P0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Change(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high) => new(
        Change(weight.V0, p.A, low.V0, high.V0), Change(weight.V1, p.B, low.V1, high.V1),
        Change(weight.V2, p.C, low.V2, high.V2), Change(weight.V3, p.D, low.V3, high.V3));
}
