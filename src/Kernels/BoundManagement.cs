namespace Crosspoint.Kernels;

/// <summary>What happens when a read clipped at an output bound.</summary>
public enum BoundManagement
{
    /// <summary>Nothing: the clipped outputs stand.</summary>
    None,

    /// <summary>
    /// The inputs are halved and read again with new noise, until nothing clips or the limits <see cref="ReadParameters.LargestReduction"/>
    /// and <see cref="ReadParameters.CoarsestResolution"/> are reached.
    /// </summary>
    Iterative,

    /// <summary>One more read, with the range of <see cref="NoiseManagement.PositiveNegativeSum"/> and new noise; what it clips stands.</summary>
    WorstCase,
}
