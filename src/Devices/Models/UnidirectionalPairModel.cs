using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>Pairs of devices that can only be raised, with a periodic reset: w = κ (G⁺ - G⁻).</summary>
/// <remarks>A. V. Babu, B. Rajendran, ICECS 2017, 214-217: n coincidences raise a device by n B + N(0, σ). See <see cref="UnidirectionalPairArray"/>.</remarks>
public sealed record UnidirectionalPairModel : DeviceModel
{
    /// <summary>Conductance states of a device, at least 2.</summary>
    [Unit("1", Minimum = 2)]
    public int States { get; init; } = 32;

    /// <summary>G_max / G_min, above 1.</summary>
    [Unit("1", Minimum = 1, Above = true)]
    [HeldInFit("it cancels in the weight")]
    public float OnOffRatio { get; init; } = 15;

    /// <summary>G_min; it fixes the unit of a step in siemens and nothing else.</summary>
    [Unit("uS", Minimum = 0, Above = true)]
    [HeldInFit("it cancels in the weight")]
    public float MinimumMicrosiemens { get; init; } = 1;

    /// <summary>The weight of a pair with one device at the top and the other at the bottom.</summary>
    [Unit("weight", Minimum = 0, Above = true)]
    public float MaxWeight { get; init; } = 1;

    /// <summary>σ / B, the deviation of the programming error.</summary>
    [Unit("step", Minimum = 0)]
    public float Sigma { get; init; } = 0.1f;

    /// <summary>The law of the programming error.</summary>
    public ProgrammingNoise Noise { get; init; } = ProgrammingNoise.PerEvent;

    /// <summary>Which pairs a reset programs anew.</summary>
    public ResetSelection Selection { get; init; } = ResetSelection.All;

    /// <summary>How a reset writes them.</summary>
    public ResetWrite Write { get; init; } = ResetWrite.Exact;

    /// <summary>Where a device counts as saturated, as a fraction of its range.</summary>
    [Unit("1", Minimum = 0, Maximum = 1, Above = true)]
    [HeldInFit("a reset shows it, not a pulse")]
    public float SaturationFraction { get; init; } = 0.95f;

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at) => new UnidirectionalPairArray(inputs, outputs, new()
    {
        States = States,
        OnOffRatio = OnOffRatio,
        MinimumMicrosiemens = MinimumMicrosiemens,
        MaxWeight = MaxWeight,
        Sigma = Sigma,
        Noise = Noise,
        Selection = Selection,
        Write = Write,
        SaturationFraction = SaturationFraction,
    });

    /// <inheritdoc/>
    /// <remarks>Of a pair as a reset leaves it, with one device at the bottom.</remarks>
    public override double MeanStep(double weight, bool isUp)
    {
        double step = MaxWeight / (States - 1.0), raised = Math.Max(isUp ? weight : -weight, 0);
        return (isUp ? 1 : -1) * Math.Clamp(MaxWeight - raised, 0, step);
    }
}
