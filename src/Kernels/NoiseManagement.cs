namespace Crosspoint.Kernels;

/// <summary>How the range α of the inputs of a read is chosen: what is read is α f(x / α), so that noise grows with α and small inputs are resolved.</summary>
public enum NoiseManagement
{
    /// <summary>α = 1.</summary>
    None,

    /// <summary>α = max |x|, at most <see cref="ReadParameters.LargestRange"/>.</summary>
    AbsoluteMaximum,

    /// <summary>α = max x, at most <see cref="ReadParameters.LargestRange"/>; where no input is above zero the outputs are zero.</summary>
    Maximum,

    /// <summary>α = <see cref="ReadParameters.ConstantRange"/>.</summary>
    Constant,

    /// <summary>α is a running average of max |x| over the reads so far, this one included: see <see cref="RunningRange"/>.</summary>
    RunningAverage,

    /// <summary>
    /// α = w max(Σ x⁺, Σ x⁻) / bound: weights of w = <see cref="ReadParameters.AssumedWeight"/> would just reach the output bound, of two the
    /// nearer one that is not zero (1 where it is infinite). At least the α of <see cref="AbsoluteMaximum"/>, and not so large that the step of
    /// the DAC times α over the latter is above <see cref="ReadParameters.CoarsestResolution"/>.
    /// </summary>
    PositiveNegativeSum,
}
