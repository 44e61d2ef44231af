using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.RandomWeights;

/// <summary>An output layer trained on-line by sign Widrow-Hoff: only outputs of the wrong sign are pulsed.</summary>
/// <remarks>
/// O_k = sign(Y_k), T_k = +1 for the class and -1 for the others; where they differ, every weight of the output takes one pulse in the
/// direction of H_j (T_k - O_k): eq. 7 of C. H. Bennett et al., IEEE Access 7, 73938 (2019). More pulses for an error are the rules the paper
/// holds against it. The array is stored with its outputs as rows, so that vectors run along the many inputs, and a step touches only the
/// rows of wrong outputs. Nothing is allocated in a step.
/// </remarks>
public sealed class SignWidrowHoff : IOutputRule
{
    /// <summary>The most pulses that an error may be answered with.</summary>
    public const int MaxPulses = 16;

    private readonly ICrosspointArray array;
    private readonly ulong seed;
    private readonly int id;
    private readonly int pulses;
    private readonly RowPulses rows;
    private readonly PaddedMatrix input;
    private readonly float[] outputs;

    /// <summary>Trains an array.</summary>
    /// <param name="array">The cross-points, shape [classes, inputs].</param>
    /// <param name="pulsesPerError">Pulses that an error is answered with, 1 to <see cref="MaxPulses"/>: |T - O| and (T - O)² are 2 and 4.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array, from 1; it keeps the random numbers of arrays apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SignWidrowHoff(ICrosspointArray array, int pulsesPerError, ulong seed, int id)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pulsesPerError, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pulsesPerError, MaxPulses);
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        this.array = array;
        this.seed = seed;
        this.id = id;
        pulses = pulsesPerError;
        rows = new RowPulses(array);
        input = new PaddedMatrix(1, array.Weights.Outputs);
        outputs = new float[array.Weights.Inputs];
    }

    /// <summary>Number of classes.</summary>
    public int Classes => outputs.Length;

    /// <summary>Where the next sample is written, shape [inputs]: hidden signs, or signals of any size.</summary>
    public Span<float> Input => input.Row(0);

    /// <summary>Y of the last reading, shape [classes].</summary>
    public ReadOnlySpan<float> Outputs => outputs;

    /// <inheritdoc/>
    public long Errors { get; private set; }

    /// <inheritdoc/>
    public ArrayCounters Counters => array.Counters;

    /// <summary>Computes <see cref="Outputs"/> from <see cref="Input"/>.</summary>
    /// <returns>The class with the largest output.</returns>
    public int Classify()
    {
        MatVec.Backward(array.Weights, Input, outputs);
        return TensorPrimitives.IndexOfMax<float>(outputs);
    }

    /// <inheritdoc/>
    public int Train(int label, Moment moment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Classes);
        MatVec.Backward(array.Weights, Input, outputs);
        int wrong = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            bool isTarget = k == label;
            if (isTarget == outputs[k] >= 0)
            {
                continue;
            }

            wrong++;
            for (int p = 0; p < pulses; p++)
            {
                RandomAddress at = moment.Address(seed, (id * MaxPulses * Classes) + (p * Classes) + k, Purpose.UpdateNoise);
                rows.Apply(k, input.PaddedRow(0), 0, negate: !isTarget, at);
            }
        }

        Errors += wrong;
        return wrong;
    }

    /// <inheritdoc/>
    public void EndEpoch(Moment moment)
    {
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Errors);
        array.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        Errors = reader.ReadInt64();
        array.Load(reader);
    }
}
