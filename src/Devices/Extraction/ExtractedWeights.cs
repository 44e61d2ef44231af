using Crosspoint.Kernels;

namespace Crosspoint.Devices.Extraction;

/// <summary>Weights found by reads alone, with the errors that the reads themselves predict.</summary>
public sealed class ExtractedWeights
{
    private readonly double[] ofInput;
    private readonly double[] ofOutput;

    internal ExtractedWeights(PaddedMatrix weights, long reads, double[] ofInput, double[] ofOutput, double ridge, double condition)
    {
        (Weights, Reads, Ridge, Condition) = (weights, reads, ridge, condition);
        (this.ofInput, this.ofOutput) = (ofInput, ofOutput);
    }

    /// <summary>The estimate, in the units of the reads over those of the inputs, shape [inputs, outputs].</summary>
    public PaddedMatrix Weights { get; }

    /// <summary>Vectors that were read.</summary>
    public long Reads { get; }

    /// <summary>What was added to the diagonal of the normal equations; 0 where they were well enough conditioned.</summary>
    public double Ridge { get; }

    /// <summary>
    /// A lower bound of the condition of the normal equations, from the diagonal of their factor, before anything was added; infinite where they
    /// have no factor. 1 for one-hot reads.
    /// </summary>
    public double Condition { get; }

    /// <summary>
    /// Root mean square of <see cref="PredictedError(int, int)"/> over all weights: infinite where there were too few reads to tell.
    /// </summary>
    public double RmsPredictedError => Math.Sqrt(MeanSquare(ofInput) * MeanSquare(ofOutput));

    /// <summary>The standard error of one weight that the reads predict: from what they leave unexplained, noise, converters and motion alike.</summary>
    /// <param name="i">0 to inputs - 1.</param>
    /// <param name="j">0 to outputs - 1.</param>
    public double PredictedError(int i, int j) => ofInput[i] * ofOutput[j];

    private static double MeanSquare(double[] values) => values.Average(value => value * value);
}
