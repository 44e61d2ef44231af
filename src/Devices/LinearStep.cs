using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>Devices whose step falls linearly with the weight, each with its own step and slope, up and down.</summary>
/// <remarks>
/// Up: Δw = Δ⁺ (1 - γ⁺ w); down: Δw = -Δ⁻ (1 + γ⁻ w); hard bounds. Soft bounds where γ = 1 / bound, so that steps vanish at the bounds:
/// T. Gokmen, W. Haensch, Front. Neurosci. 14:103 (2020). A pulse is two fused multiply-adds.
/// </remarks>
public readonly struct LinearStep : IPulsedDevice
{
    private readonly StepTable table;
    private readonly float low;
    private readonly float high;

    /// <summary>Makes the devices of an array.</summary>
    /// <param name="table">Steps at zero weight and their slopes, shape [inputs, outputs].</param>
    /// <param name="bound">The weight stays in [-bound, bound], in weight units, above 0; infinity for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above 0.</exception>
    public LinearStep(StepTable table, float bound)
    {
        Require.Bound(nameof(bound), bound);
        this.table = table;
        low = -bound;
        high = bound;
    }

    /// <inheritdoc/>
    public (int Inputs, int Outputs) Shape => (table.Up.Inputs, table.Up.Outputs);

    /// <inheritdoc/>
    public void Prepare(int place, int isDown, out PulseParameters<float> p)
    {
        p = default;
        p.P0 = table.Scale(place, isDown);
        p.P1 = table.Slope(place, isDown);
    }

    /// <inheritdoc/>
    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p)
    {
        p = default;
        p.P0 = table.Scale(place, isDown);
        p.P1 = table.Slope(place, isDown);
    }

    /// <inheritdoc/>
    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p)
    {
        p = default;
        p.P0 = table.Scale(place, isDown);
        p.P1 = table.Slope(place, isDown);
    }

    /// <inheritdoc/>
    public float Pulse(float weight, float m, in PulseParameters<float> p)
    {
        float step = MathF.FusedMultiplyAdd(p.P1, weight, p.P0);
        return float.MaxNative(float.MinNative(MathF.FusedMultiplyAdd(step, m, weight), high), low);
    }

    /// <inheritdoc/>
    public Vector256<float> Pulse(Vector256<float> weight, Vector256<float> m, in PulseParameters<Vector256<float>> p)
    {
        Vector256<float> step = Vector256.FusedMultiplyAdd(p.P1, weight, p.P0);
        return Vector256.MaxNative(Vector256.MinNative(Vector256.FusedMultiplyAdd(step, m, weight), Vector256.Create(high)), Vector256.Create(low));
    }

    /// <inheritdoc/>
    public Vector512<float> Pulse(Vector512<float> weight, Vector512<float> m, in PulseParameters<Vector512<float>> p)
    {
        Vector512<float> step = Vector512.FusedMultiplyAdd(p.P1, weight, p.P0);
        return Vector512.MaxNative(Vector512.MinNative(Vector512.FusedMultiplyAdd(step, m, weight), Vector512.Create(high)), Vector512.Create(low));
    }
}
