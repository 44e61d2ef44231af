using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>A device whose step ignores its state, so that n pulses are n steps at once; hard bounds.</summary>
/// <remarks>w' = clip(w + n Δw, -bound, bound). T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016), without spread and noise.</remarks>
public readonly struct ConstantStep : IPulseResponse<ConstantStep.Parameters>
{
    /// <summary>The numbers of one array, in weight units.</summary>
    /// <param name="Step">Size of one pulse, up or down, above 0.</param>
    /// <param name="Bound">The weight stays in [-Bound, Bound]; infinity for none.</param>
    public readonly record struct Parameters(float Step, float Bound)
    {
        // Of its own, so that a loop takes it from memory and not from a register that it would have to spread.
        internal readonly float Low = -Bound;
    }

    /// <inheritdoc/>
    public static float Apply(float weight, float pulses, in Parameters p) =>
        float.MinNative(p.Bound, float.MaxNative(p.Low, weight + (pulses * p.Step)));

    /// <inheritdoc/>
    public static Vector256<float> Apply(Vector256<float> weight, Vector256<float> pulses, in Parameters p) =>
        Vector256.MinNative(Vector256.Create(p.Bound), Vector256.MaxNative(Vector256.Create(p.Low), weight + (pulses * p.Step)));

    /// <inheritdoc/>
    public static Vector512<float> Apply(Vector512<float> weight, Vector512<float> pulses, in Parameters p) =>
        Vector512.MinNative(Vector512.Create(p.Bound), Vector512.MaxNative(Vector512.Create(p.Low), weight + (pulses * p.Step)));
}
