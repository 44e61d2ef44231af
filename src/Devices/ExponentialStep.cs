using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>Devices whose step falls exponentially towards the bound it goes to.</summary>
/// <remarks>
/// Up: Δw = Δ⁺ max(1 - exp(-κ (1 - w / b)), 0); down: the same with -w: nearly constant far from the bound and linear close to it. The
/// form is that of the exponential step devices of aihwkit with one constant, fixed so that the step vanishes at the bound.
/// </remarks>
public readonly struct ExponentialStep : IPulsedDevice
{
    private readonly StepTable table;
    private readonly float curvature;
    private readonly float low;
    private readonly float high;

    /// <summary>Makes the devices of an array.</summary>
    /// <param name="table">Scales of the steps, shape [inputs, outputs]; slopes are not looked at.</param>
    /// <param name="bound">b: the weight stays in [-b, b], in weight units, above 0.</param>
    /// <param name="curvature">κ, above 0: large for a step that only falls close to the bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ExponentialStep(StepTable table, float bound, float curvature)
    {
        Require.Positive(nameof(bound), bound);
        Require.Positive(nameof(curvature), curvature);
        this.table = table;
        this.curvature = curvature;
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
        p.P1 = isDown != 0 ? -curvature / high : curvature / high;
    }

    /// <inheritdoc/>
    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p)
    {
        p = default;
        p.P0 = table.Scale(place, isDown);
        Vector256<float> slope = Vector256.Create(curvature / high);
        p.P1 = Vector256.ConditionalSelect(isDown.AsSingle(), -slope, slope);
    }

    /// <inheritdoc/>
    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p)
    {
        p = default;
        p.P0 = table.Scale(place, isDown);
        Vector512<float> slope = Vector512.Create(curvature / high);
        p.P1 = Vector512.ConditionalSelect(isDown.AsSingle(), -slope, slope);
    }

    /// <inheritdoc/>
    public float Pulse(float weight, float m, in PulseParameters<float> p)
    {
        float step = p.P0 * float.MaxNative(1 - Elementary.Exp(MathF.FusedMultiplyAdd(p.P1, weight, -curvature)), 0);
        return float.MaxNative(float.MinNative(MathF.FusedMultiplyAdd(step, m, weight), high), low);
    }

    /// <inheritdoc/>
    public Vector256<float> Pulse(Vector256<float> weight, Vector256<float> m, in PulseParameters<Vector256<float>> p)
    {
        Vector256<float> far = Vector256<float>.One - Elementary.Exp(Vector256.FusedMultiplyAdd(p.P1, weight, Vector256.Create(-curvature)));
        Vector256<float> step = p.P0 * Vector256.MaxNative(far, Vector256<float>.Zero);
        return Vector256.MaxNative(Vector256.MinNative(Vector256.FusedMultiplyAdd(step, m, weight), Vector256.Create(high)), Vector256.Create(low));
    }

    /// <inheritdoc/>
    public Vector512<float> Pulse(Vector512<float> weight, Vector512<float> m, in PulseParameters<Vector512<float>> p)
    {
        Vector512<float> far = Vector512<float>.One - Elementary.Exp(Vector512.FusedMultiplyAdd(p.P1, weight, Vector512.Create(-curvature)));
        Vector512<float> step = p.P0 * Vector512.MaxNative(far, Vector512<float>.Zero);
        return Vector512.MaxNative(Vector512.MinNative(Vector512.FusedMultiplyAdd(step, m, weight), Vector512.Create(high)), Vector512.Create(low));
    }
}
