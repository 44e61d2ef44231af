using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Training.SignPulses;

namespace Crosspoint.Training.RandomWeights;

/// <summary>The rule of <see cref="SignWidrowHoff"/> summed over batches: Σ H_j (T_k - O_k), behind which the weights move once.</summary>
/// <remarks>Nothing is allocated in a step.</remarks>
public sealed class BatchWidrowHoff : IOutputRule
{
    private readonly IBatchWeights weights;
    private readonly PaddedMatrix descent;
    private readonly float[] outputs;
    private readonly float[] input;
    private readonly int batch;
    private int summed;

    /// <summary>Trains weights.</summary>
    /// <param name="weights">Shape [classes, inputs].</param>
    /// <param name="batch">Samples of a batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A batch is empty.</exception>
    public BatchWidrowHoff(IBatchWeights weights, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        this.weights = weights;
        this.batch = batch;
        descent = new PaddedMatrix(weights.Weights.Inputs, weights.Weights.Outputs);
        outputs = new float[weights.Weights.Inputs];
        input = new float[weights.Weights.Outputs];
    }

    /// <inheritdoc/>
    public Span<float> Input => input;

    /// <inheritdoc/>
    public long Errors { get; private set; }

    /// <inheritdoc/>
    public ArrayCounters Counters => weights.Counters;

    /// <inheritdoc/>
    public int Classify()
    {
        MatVec.Backward(weights.Weights, input, outputs);
        return TensorPrimitives.IndexOfMax<float>(outputs);
    }

    /// <inheritdoc/>
    /// <remarks>The weights move behind the last sample of a batch.</remarks>
    public int Train(int label, Moment moment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, outputs.Length);
        MatVec.Backward(weights.Weights, input, outputs);
        int wrong = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            float target = k == label ? 1 : -1;
            outputs[k] = target - (outputs[k] < 0 ? -1 : 1);
            wrong += outputs[k] != 0 ? 1 : 0;
        }

        Errors += wrong;
        MatVec.AddOuter(descent, 1, outputs, input);
        summed++;
        if (summed == batch)
        {
            EndEpoch(moment);
        }

        return wrong;
    }

    /// <inheritdoc/>
    public void EndEpoch(Moment moment)
    {
        if (summed > 0)
        {
            weights.Move(descent, summed, moment);
            descent.Padded.Clear();
            summed = 0;
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Errors);
        weights.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        Errors = reader.ReadInt64();
        weights.Load(reader);
    }
}
