using System.Numerics.Tensors;
using Crosspoint.Kernels;
using Crosspoint.Training.SignPulses;

namespace Crosspoint.Training.RandomWeights;

/// <summary>The rule of <see cref="SignWidrowHoff"/> summed over batches: Σ H_j (T_k - O_k), behind which the weights move once.</summary>
/// <remarks>Nothing is allocated in a step.</remarks>
public sealed class BatchWidrowHoff
{
    private readonly IBatchWeights weights;
    private readonly PaddedMatrix descent;
    private readonly float[] outputs;
    private readonly float[] input;
    private int summed;

    /// <summary>Trains weights.</summary>
    /// <param name="weights">Shape [classes, inputs].</param>
    public BatchWidrowHoff(IBatchWeights weights)
    {
        this.weights = weights;
        descent = new PaddedMatrix(weights.Weights.Inputs, weights.Weights.Outputs);
        outputs = new float[weights.Weights.Inputs];
        input = new float[weights.Weights.Outputs];
    }

    /// <summary>Where the next sample is written, shape [inputs].</summary>
    public Span<float> Input => input;

    /// <summary>Wrong outputs of all samples.</summary>
    public long Errors { get; private set; }

    /// <summary>The class with the largest output for <see cref="Input"/>.</summary>
    public int Classify()
    {
        MatVec.Backward(weights.Weights, input, outputs);
        return TensorPrimitives.IndexOfMax<float>(outputs);
    }

    /// <summary>Takes <see cref="Input"/> into the sum.</summary>
    /// <param name="label">The right class, 0 to the number of classes - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, outputs.Length);
        MatVec.Backward(weights.Weights, input, outputs);
        for (int k = 0; k < outputs.Length; k++)
        {
            float target = k == label ? 1 : -1;
            outputs[k] = target - (outputs[k] < 0 ? -1 : 1);
            Errors += outputs[k] != 0 ? 1 : 0;
        }

        MatVec.AddOuter(descent, 1, outputs, input);
        summed++;
    }

    /// <summary>Moves the weights by the sum, and begins another.</summary>
    /// <param name="moment">When.</param>
    public void Move(Moment moment)
    {
        if (summed > 0)
        {
            weights.Move(descent, summed, moment);
            descent.Padded.Clear();
            summed = 0;
        }
    }

    /// <summary>Writes the whole state between two batches.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Errors);
        weights.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of weights of another shape.</exception>
    public void Load(BinaryReader reader)
    {
        Errors = reader.ReadInt64();
        weights.Load(reader);
    }
}
