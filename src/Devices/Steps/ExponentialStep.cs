using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 max(1 - R exp(P1 (w - e)), 0), e the bound in the direction of the pulse and R the rest there.</summary>
/// <param name="UpRest">log₂ R of up pulses: the step at the upper bound is 1 - R of its scale.</param>
/// <param name="DownRest">log₂ R of down pulses.</param>
/// <remarks>P1 is above 0 for up pulses and below 0 for down pulses.</remarks>
public readonly record struct ExponentialStep(float UpRest, float DownRest) : IStepLaw
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Change(float weight, in PulseParameters<float> p, float low, float high)
    {
        bool down = float.IsNegative(p.P0);
        float part = 1 - Elementary.Exp2(MathF.FusedMultiplyAdd(p.P1 * Elementary.Log2E, weight - (down ? low : high), down ? DownRest : UpRest));
        return p.P0 * float.MaxNative(part, 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high)
    {
        Vector256<float> down = (p.P0.AsInt32() >> 31).AsSingle();
        Vector256<float> edge = Vector256.ConditionalSelect(down, low, high);
        Vector256<float> rest = Vector256.ConditionalSelect(down, Vector256.Create(DownRest), Vector256.Create(UpRest));
        Vector256<float> part = Vector256<float>.One - Elementary.Exp2(Vector256.FusedMultiplyAdd(p.P1 * Vector256.Create(Elementary.Log2E), weight - edge, rest));
        return p.P0 * Vector256.MaxNative(part, Vector256<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Change(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high)
    {
        Vector512<float> down = (p.P0.AsInt32() >> 31).AsSingle();
        Vector512<float> edge = Vector512.ConditionalSelect(down, low, high);
        Vector512<float> rest = Vector512.ConditionalSelect(down, Vector512.Create(DownRest), Vector512.Create(UpRest));
        Vector512<float> part = Vector512<float>.One - Elementary.Exp2(Vector512.FusedMultiplyAdd(p.P1 * Vector512.Create(Elementary.Log2E), weight - edge, rest));
        return p.P0 * Vector512.MaxNative(part, Vector512<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Change(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high)
    {
        FourVectors edge = FourVectors.SelectBySign(p.P0, low, high);
        FourVectors rest = FourVectors.SelectBySign(p.P0, FourVectors.FromSingle(DownRest), FourVectors.FromSingle(UpRest));
        FourVectors part = Elementary.Exp2(FourVectors.FusedMultiplyAdd(p.P1 * Elementary.Log2E, weight - edge, rest));
        return p.P0 * FourVectors.MaxNative(FourVectors.Subtract(1, part), 0);
    }
}
