namespace Crosspoint.Kernels;

/// <summary>How the weights are disturbed in a read: w + σ ξ, ξ standard normal, one for each cross-point and read.</summary>
public enum WeightReadNoise
{
    /// <summary>One number is drawn for each cross-point and read: the definition, some twenty times slower than a product.</summary>
    PerCrosspoint,

    /// <summary>
    /// One number is drawn for each output and read: the sum of the disturbances of a line is a normal number of deviation σ ‖x‖₂, so that the
    /// outputs have the same law (and not the same numbers) as those of <see cref="PerCrosspoint"/>.
    /// </summary>
    PerOutputSameLaw,
}
