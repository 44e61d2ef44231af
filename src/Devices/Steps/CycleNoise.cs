using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Devices.Steps;

/// <summary>How the factor m = 1 + σ ξ of a pulse moves a weight by its step; a zero m is no pulse and leaves the weight as it is.</summary>
internal interface ICycleNoise
{
    float Move(float weight, float step, float scale, float m);

    Vector256<float> Move(Vector256<float> weight, Vector256<float> step, Vector256<float> scale, Vector256<float> m);

    Vector512<float> Move(Vector512<float> weight, Vector512<float> step, Vector512<float> scale, Vector512<float> m);
}

/// <summary>w + s (1 + σ ξ): the noise shrinks with the step. Without noise the same, as m is 1.</summary>
internal readonly struct MultiplicativeNoise : ICycleNoise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Move(float weight, float step, float scale, float m) => MathF.FusedMultiplyAdd(step, m, weight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Move(Vector256<float> weight, Vector256<float> step, Vector256<float> scale, Vector256<float> m) =>
        Vector256.FusedMultiplyAdd(step, m, weight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Move(Vector512<float> weight, Vector512<float> step, Vector512<float> scale, Vector512<float> m) =>
        Vector512.FusedMultiplyAdd(step, m, weight);
}

/// <summary>w + s + Δ σ ξ: the noise stays as large as that of the full step Δ.</summary>
internal readonly struct AdditiveNoise : ICycleNoise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Move(float weight, float step, float scale, float m) =>
        m == 0 ? weight : weight + MathF.FusedMultiplyAdd(scale, m - 1, step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Move(Vector256<float> weight, Vector256<float> step, Vector256<float> scale, Vector256<float> m) =>
        Vector256.ConditionalSelect(
            Vector256.Equals(m, Vector256<float>.Zero), weight, weight + Vector256.FusedMultiplyAdd(scale, m - Vector256<float>.One, step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Move(Vector512<float> weight, Vector512<float> step, Vector512<float> scale, Vector512<float> m) =>
        Vector512.ConditionalSelect(
            Vector512.Equals(m, Vector512<float>.Zero), weight, weight + Vector512.FusedMultiplyAdd(scale, m - Vector512<float>.One, step));
}

/// <summary>w + s + √((ρ s)² + Δ²) σ ξ: the sum of both noises, which is one normal number as each is; ρ σ is the multiplicative part.</summary>
internal readonly struct BothNoises(float ratio) : ICycleNoise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Move(float weight, float step, float scale, float m)
    {
        float own = ratio * step, deviation = MathF.Sqrt(MathF.FusedMultiplyAdd(own, own, scale * scale));
        return m == 0 ? weight : weight + MathF.FusedMultiplyAdd(deviation, m - 1, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Move(Vector256<float> weight, Vector256<float> step, Vector256<float> scale, Vector256<float> m)
    {
        Vector256<float> own = Vector256.Create(ratio) * step, deviation = Vector256.Sqrt(Vector256.FusedMultiplyAdd(own, own, scale * scale));
        return Vector256.ConditionalSelect(
            Vector256.Equals(m, Vector256<float>.Zero), weight, weight + Vector256.FusedMultiplyAdd(deviation, m - Vector256<float>.One, step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Move(Vector512<float> weight, Vector512<float> step, Vector512<float> scale, Vector512<float> m)
    {
        Vector512<float> own = Vector512.Create(ratio) * step, deviation = Vector512.Sqrt(Vector512.FusedMultiplyAdd(own, own, scale * scale));
        return Vector512.ConditionalSelect(
            Vector512.Equals(m, Vector512<float>.Zero), weight, weight + Vector512.FusedMultiplyAdd(deviation, m - Vector512<float>.One, step));
    }
}
