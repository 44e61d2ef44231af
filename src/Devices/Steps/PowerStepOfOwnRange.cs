using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>The law of <see cref="PowerStep"/> for devices each of which has a range of its own: a division a pulse.</summary>
public readonly record struct PowerStepOfOwnRange : IStepLaw
{
    private const float Smallest = 1e-30f; // a range to divide by

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Change(float weight, in PulseParameters<float> p, float low, float high) =>
        PowerStep.Power(p, PowerStep.Distance(weight, p, low, high) / float.MaxNative(high - low, Smallest));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high) =>
        PowerStep.Power(p, PowerStep.Distance(weight, p, low, high) / Vector256.MaxNative(high - low, Vector256.Create(Smallest)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Change(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high) =>
        PowerStep.Power(p, PowerStep.Distance(weight, p, low, high) / Vector512.MaxNative(high - low, Vector512.Create(Smallest)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Change(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high) =>
        PowerStep.Power(p, FourVectors.Divide(PowerStep.Distance(weight, p, low, high), FourVectors.MaxNative(high - low, Smallest)));
}
