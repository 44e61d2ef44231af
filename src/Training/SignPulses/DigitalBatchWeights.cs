using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.SignPulses;

/// <summary>Floating-point weights under gradient descent: w += η / samples times the sum over the batch.</summary>
public sealed class DigitalBatchWeights : IBatchWeights
{
    private readonly float rate;
    private readonly float[] step;

    /// <summary>Takes over initial weights.</summary>
    /// <param name="weights">Weight units; written to by every step.</param>
    /// <param name="rate">Learning rate η, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not a number.</exception>
    public DigitalBatchWeights(PaddedMatrix weights, float rate)
    {
        if (!(rate >= 0 && float.IsFinite(rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"rate: expected a finite number of at least 0, got {rate}.");
        }

        Weights = weights;
        this.rate = rate;
        step = new float[weights.Padded.Length];
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Move(PaddedMatrix descent, int samples, Moment moment)
    {
        TensorPrimitives.Multiply(descent.Padded, rate / samples, step);
        TensorPrimitives.Add(Weights.Padded, step, Weights.Padded);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => MatrixState.Save(writer, Weights);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => MatrixState.Load(reader, Weights);
}
