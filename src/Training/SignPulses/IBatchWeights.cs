using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.SignPulses;

/// <summary>Weights that move once for a batch of samples, by the sum of what each of them asks for.</summary>
public interface IBatchWeights
{
    /// <summary>The weights as they are now, in weight units.</summary>
    PaddedMatrix Weights { get; }

    /// <summary>Device events counted so far; zero for digital weights.</summary>
    ArrayCounters Counters { get; }

    /// <summary>Moves the weights.</summary>
    /// <param name="descent">The sum over the batch, in the direction of descent, shape of <see cref="Weights"/>; the padding is zero.</param>
    /// <param name="samples">Number of samples summed, at least 1.</param>
    /// <param name="moment">When.</param>
    void Move(PaddedMatrix descent, int samples, Moment moment);

    /// <summary>Writes the whole state.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of weights of another shape.</exception>
    void Load(BinaryReader reader);
}
