using Crosspoint.Devices;

namespace Crosspoint.Training.RandomWeights;

/// <summary>An output layer in training by sign Widrow-Hoff: it is shown one sample after the other.</summary>
public interface IOutputRule
{
    /// <summary>Where the next sample is written, shape [inputs].</summary>
    Span<float> Input { get; }

    /// <summary>Wrong outputs of all training steps.</summary>
    long Errors { get; }

    /// <summary>Device events counted so far.</summary>
    ArrayCounters Counters { get; }

    /// <summary>The class with the largest output for <see cref="Input"/>.</summary>
    int Classify();

    /// <summary>One step of training on <see cref="Input"/>.</summary>
    /// <param name="label">The right class, 0 to the number of classes - 1.</param>
    /// <param name="moment">When.</param>
    /// <returns>The number of outputs that were wrong.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    int Train(int label, Moment moment);

    /// <summary>Ends an epoch, whose last samples may not have filled a batch.</summary>
    /// <param name="moment">When.</param>
    void EndEpoch(Moment moment);

    /// <summary>Writes the whole state, behind a whole batch.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of weights of another shape.</exception>
    void Load(BinaryReader reader);
}
