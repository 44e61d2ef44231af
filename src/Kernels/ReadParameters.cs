namespace Crosspoint.Kernels;

/// <summary>The periphery of one direction of an array; as made, it is ideal. Immutable, checked where a reader is made.</summary>
/// <remarks>
/// One read: x / (α r) is converted by the DAC (rounded, then clipped), disturbed by input noise, multiplied with the weights, which may be
/// disturbed too; output noise is added; the ADC rounds, tests its bounds and clips; the result is multiplied by α r. α is the range of noise
/// management, r the reduction of bound management. All noise and the ADC are in the units behind the DAC, and so grow with α r.
/// <para>
/// The options are those of aihwkit's IOParameters: inp_bound and inp_res are <see cref="Dac"/>, inp_sto_round is its stochastic rounding, and
/// likewise for the ADC; nm_thres is <see cref="LargestRange"/> or <see cref="ConstantRange"/>, nm_decay <see cref="AverageDecay"/>,
/// nm_assumed_wmax <see cref="AssumedWeight"/>, max_bm_factor <see cref="LargestReduction"/>, max_bm_res <see cref="CoarsestResolution"/>,
/// w_noise <see cref="WeightNoise"/> (aihwkit has the form per output alone). Other than there: bound management serves either direction;
/// its worst case reads at most twice, and whatever the noise management; each direction has a running average of its own; no rounding is
/// a resolution of 0 and no bound an infinite one, negative numbers being refused; a level that only its rounding takes beyond a bound has
/// not clipped; the product with separate passes for positive and negative inputs is not modelled.
/// </para>
/// </remarks>
public sealed record ReadParameters
{
    /// <summary>Converts the inputs, in input units over α r.</summary>
    public Quantizer Dac { get; init; } = Quantizer.None;

    /// <summary>Converts the outputs, in output units over α r.</summary>
    public Quantizer Adc { get; init; } = Quantizer.None;

    /// <summary>Standard deviation of the noise of each input behind the DAC, at least 0.</summary>
    public float InputNoise { get; init; }

    /// <summary>Standard deviation of the noise of each output before the ADC, at least 0.</summary>
    public float OutputNoise { get; init; }

    /// <summary>Standard deviation of the noise of each weight and read, weight units, at least 0.</summary>
    public float WeightNoise { get; init; }

    /// <summary>How the noise of the weights is drawn.</summary>
    public WeightReadNoise WeightNoiseForm { get; init; }

    /// <summary>How the range α of the inputs is chosen.</summary>
    public NoiseManagement NoiseManagement { get; init; }

    /// <summary>The largest α of <see cref="NoiseManagement.AbsoluteMaximum"/> and the like, above 0; larger inputs are then clipped by the DAC.</summary>
    public float LargestRange { get; init; } = float.PositiveInfinity;

    /// <summary>α of <see cref="NoiseManagement.Constant"/>, above 0.</summary>
    public float ConstantRange { get; init; } = 1;

    /// <summary>The weight of a new read in <see cref="NoiseManagement.RunningAverage"/>, above 0, at most 1.</summary>
    public float AverageDecay { get; init; } = 0.001f;

    /// <summary>The weight that <see cref="NoiseManagement.PositiveNegativeSum"/> assumes everywhere, weight units, above 0.</summary>
    public float AssumedWeight { get; init; } = 0.6f;

    /// <summary>What happens when a read clipped.</summary>
    public BoundManagement BoundManagement { get; init; }

    /// <summary>Bound management ends when r is above this, at least 0.</summary>
    public float LargestReduction { get; init; } = 1000;

    /// <summary>Bound management ends when the step of the DAC times r is above this, above 0: a quarter leaves two bits of the inputs.</summary>
    public float CoarsestResolution { get; init; } = 0.25f;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Dac);
        ArgumentNullException.ThrowIfNull(Adc);
        ThrowHelper.RequireInRange(nameof(InputNoise), 0, float.MaxValue, InputNoise);
        ThrowHelper.RequireInRange(nameof(OutputNoise), 0, float.MaxValue, OutputNoise);
        ThrowHelper.RequireInRange(nameof(WeightNoise), 0, float.MaxValue, WeightNoise);
        ThrowHelper.RequireInRange(nameof(WeightNoiseForm), 0, (int)WeightReadNoise.PerOutputSameLaw, (int)WeightNoiseForm);
        ThrowHelper.RequireInRange(nameof(NoiseManagement), 0, (int)NoiseManagement.PositiveNegativeSum, (int)NoiseManagement);
        ThrowHelper.RequireInRange(nameof(LargestRange), SmallestRange, float.PositiveInfinity, LargestRange);
        ThrowHelper.RequireInRange(nameof(ConstantRange), SmallestRange, float.MaxValue, ConstantRange);
        ThrowHelper.RequireInRange(nameof(AverageDecay), float.Epsilon, 1, AverageDecay);
        ThrowHelper.RequireInRange(nameof(AssumedWeight), float.Epsilon, float.MaxValue, AssumedWeight);
        ThrowHelper.RequireInRange(nameof(BoundManagement), 0, (int)BoundManagement.WorstCase, (int)BoundManagement);
        ThrowHelper.RequireInRange(nameof(LargestReduction), 0, float.PositiveInfinity, LargestReduction);
        ThrowHelper.RequireInRange(nameof(CoarsestResolution), float.Epsilon, float.PositiveInfinity, CoarsestResolution);
    }

    /// <summary>The smallest α: the smallest normal number, whose inverse is finite. Inputs below it count as zero.</summary>
    internal const float SmallestRange = 1.1754944e-38f;

    /// <summary>Whether bound management may not go beyond a reduction.</summary>
    internal bool IsLast(float reduction) => reduction > LargestReduction || reduction * Dac.Step > CoarsestResolution;
}
