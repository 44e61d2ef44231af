using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>Devices whose step falls as a power of the distance to the bound it goes to.</summary>
/// <remarks>Up: Δw = Δ⁺ ((b - w) / 2 b)^ν; down: Δw = -Δ⁻ ((b + w) / 2 b)^ν; the form of the power step devices of aihwkit.</remarks>
public readonly struct PowerStep : IPulsedDevice
{
    private const float Smallest = 1e-30f; // a distance whose logarithm exists
    private readonly StepTable table;
    private readonly float power;
    private readonly float low;
    private readonly float high;

    /// <summary>Makes the devices of an array.</summary>
    /// <param name="table">Scales of the steps, shape [inputs, outputs]; slopes are not looked at.</param>
    /// <param name="bound">b: the weight stays in [-b, b], in weight units, above 0.</param>
    /// <param name="power">ν, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public PowerStep(StepTable table, float bound, float power)
    {
        Require.Positive(nameof(bound), bound);
        Require.Positive(nameof(power), power);
        this.table = table;
        this.power = power;
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
        p.P1 = isDown != 0 ? 0.5f / high : -0.5f / high;
    }

    /// <inheritdoc/>
    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p)
    {
        p = default;
        p.P0 = table.Scale(place, isDown);
        Vector256<float> slope = Vector256.Create(0.5f / high);
        p.P1 = Vector256.ConditionalSelect(isDown.AsSingle(), slope, -slope);
    }

    /// <inheritdoc/>
    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p)
    {
        p = default;
        p.P0 = table.Scale(place, isDown);
        Vector512<float> slope = Vector512.Create(0.5f / high);
        p.P1 = Vector512.ConditionalSelect(isDown.AsSingle(), slope, -slope);
    }

    /// <inheritdoc/>
    public float Pulse(float weight, float m, in PulseParameters<float> p)
    {
        float distance = float.MaxNative(MathF.FusedMultiplyAdd(p.P1, weight, 0.5f), Smallest);
        float step = p.P0 * Elementary.Exp(Elementary.MinusLog(distance) * -power);
        return float.MaxNative(float.MinNative(MathF.FusedMultiplyAdd(step, m, weight), high), low);
    }

    /// <inheritdoc/>
    public Vector256<float> Pulse(Vector256<float> weight, Vector256<float> m, in PulseParameters<Vector256<float>> p)
    {
        Vector256<float> distance = Vector256.MaxNative(Vector256.FusedMultiplyAdd(p.P1, weight, Vector256.Create(0.5f)), Vector256.Create(Smallest));
        Vector256<float> step = p.P0 * Elementary.Exp(Elementary.MinusLog(distance) * Vector256.Create(-power));
        return Vector256.MaxNative(Vector256.MinNative(Vector256.FusedMultiplyAdd(step, m, weight), Vector256.Create(high)), Vector256.Create(low));
    }

    /// <inheritdoc/>
    public Vector512<float> Pulse(Vector512<float> weight, Vector512<float> m, in PulseParameters<Vector512<float>> p)
    {
        Vector512<float> distance = Vector512.MaxNative(Vector512.FusedMultiplyAdd(p.P1, weight, Vector512.Create(0.5f)), Vector512.Create(Smallest));
        Vector512<float> step = p.P0 * Elementary.Exp(Elementary.MinusLog(distance) * Vector512.Create(-power));
        return Vector512.MaxNative(Vector512.MinNative(Vector512.FusedMultiplyAdd(step, m, weight), Vector512.Create(high)), Vector512.Create(low));
    }
}
