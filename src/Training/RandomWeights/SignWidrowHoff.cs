using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.RandomWeights;

/// <summary>An output layer over hidden signs, trained on-line by sign Widrow-Hoff: only outputs of the wrong sign are pulsed.</summary>
/// <remarks>
/// O_k = sign(Y_k), T_k = +1 for the class and -1 for the others; where they differ, every weight of the output takes one pulse in the
/// direction of H_j (T_k - O_k): eq. 7 of C. H. Bennett et al., IEEE Access 7, 73938 (2019). More pulses for an error are the rules the paper
/// holds against it. The array is stored with its outputs as rows, so that vectors run along the many hidden units, and a step touches
/// only the rows of wrong outputs. Nothing is allocated in a step.
/// </remarks>
public sealed class SignWidrowHoff
{
    /// <summary>The most pulses that an error may be answered with.</summary>
    public const int MaxPulses = 16;

    private readonly ICrosspointArray array;
    private readonly ulong seed;
    private readonly int id;
    private readonly int pulses;
    private readonly RowPulses rows;
    private readonly PaddedMatrix hidden;
    private readonly float[] outputs;

    /// <summary>Trains an array.</summary>
    /// <param name="array">The cross-points, shape [classes, hidden units].</param>
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
        hidden = new PaddedMatrix(1, Width);
        outputs = new float[Classes];
    }

    /// <summary>Number of classes.</summary>
    public int Classes => array.Weights.Inputs;

    /// <summary>Number of hidden units.</summary>
    public int Width => array.Weights.Outputs;

    /// <summary>Wrong outputs of all training steps.</summary>
    public long Errors { get; private set; }

    /// <summary>Reads one sample.</summary>
    /// <param name="sample">Its bits, shape [words of <see cref="Width"/>].</param>
    /// <returns>Y, shape [classes]; overwritten by the next reading.</returns>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public ReadOnlySpan<float> Read(ReadOnlySpan<uint> sample)
    {
        SignBits.Expand(sample, hidden.Row(0));
        MatVec.Backward(array.Weights, hidden.Row(0), outputs);
        return outputs;
    }

    /// <summary>The class with the largest output.</summary>
    /// <param name="sample">Its bits, shape [words of <see cref="Width"/>].</param>
    public int Classify(ReadOnlySpan<uint> sample) => TensorPrimitives.IndexOfMax(Read(sample));

    /// <summary>One step of training.</summary>
    /// <param name="sample">Bits of the sample, shape [words of <see cref="Width"/>].</param>
    /// <param name="label">Its class, 0 to <see cref="Classes"/> - 1.</param>
    /// <param name="moment">When.</param>
    /// <returns>The number of outputs that were wrong.</returns>
    /// <exception cref="ArgumentException">The length differs, or there is no such class.</exception>
    public int Train(ReadOnlySpan<uint> sample, int label, Moment moment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Classes);
        Read(sample);
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
                rows.Apply(k, hidden.PaddedRow(0), 0, negate: !isTarget, at);
            }
        }

        Errors += wrong;
        return wrong;
    }

    /// <summary>Writes the whole state.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Errors);
        array.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of an array of another shape.</exception>
    public void Load(BinaryReader reader)
    {
        Errors = reader.ReadInt64();
        array.Load(reader);
    }
}
