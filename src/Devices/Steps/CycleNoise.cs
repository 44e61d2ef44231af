using System.Runtime.CompilerServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>How the factor m = 1 + σ ξ of a pulse moves a weight by its step; a zero m is no pulse and leaves the weight as it is.</summary>
internal interface ICycleNoise
{
    T Move<TWidth, T>(T weight, T step, T scale, T m)
        where TWidth : struct, IWidth<T>
        where T : struct;
}

/// <summary>w + s (1 + σ ξ): the noise shrinks with the step. Without noise the same, as m is 1.</summary>
internal readonly struct MultiplicativeNoise : ICycleNoise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Move<TWidth, T>(T weight, T step, T scale, T m)
        where TWidth : struct, IWidth<T>
        where T : struct => TWidth.FusedMultiplyAdd(step, m, weight);
}

/// <summary>w + s + Δ σ ξ: the noise stays as large as that of the full step Δ.</summary>
internal readonly struct AdditiveNoise : ICycleNoise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Move<TWidth, T>(T weight, T step, T scale, T m)
        where TWidth : struct, IWidth<T>
        where T : struct =>
        TWidth.SelectByZero(m, weight, TWidth.Add(weight, TWidth.FusedMultiplyAdd(scale, TWidth.Subtract(m, TWidth.All(1)), step)));
}

/// <summary>w + s + √((ρ s)² + Δ²) σ ξ: the sum of both noises, which is one normal number as each is; ρ σ is the multiplicative part.</summary>
internal readonly struct BothNoises(float ratio) : ICycleNoise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Move<TWidth, T>(T weight, T step, T scale, T m)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T own = TWidth.Multiply(TWidth.All(ratio), step), deviation = TWidth.Sqrt(TWidth.FusedMultiplyAdd(own, own, TWidth.Multiply(scale, scale)));
        return TWidth.SelectByZero(m, weight, TWidth.Add(weight, TWidth.FusedMultiplyAdd(deviation, TWidth.Subtract(m, TWidth.All(1)), step)));
    }
}
