using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>An ideal device: every pulse is one step of the same size, without spread or noise, between hard bounds.</summary>
/// <remarks>w' = clip(w ± Δ, -b, b). T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016), without what makes a device real.</remarks>
public sealed record IdealModel : DeviceModel
{
    /// <summary>Δ.</summary>
    [Unit("weight", Minimum = 0, Above = true)]
    public float Step { get; init; } = 0.001f;

    /// <summary>b; infinity for none.</summary>
    [Unit("weight", Minimum = 0, Above = true)]
    public float Bound { get; init; } = 1;

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at) => new ConstantStepArray(inputs, outputs, Step, Bound);

    /// <inheritdoc/>
    public override double MeanStep(double weight, bool isUp) => Math.Clamp(weight + (isUp ? Step : -Step), -Bound, Bound) - weight;
}
