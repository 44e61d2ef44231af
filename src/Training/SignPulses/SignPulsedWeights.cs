using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.SignPulses;

/// <summary>Weights in an array that move by one pulse a batch, in the direction of the sum over it; there is no learning rate.</summary>
/// <remarks>
/// The programming cycle behind a mini-batch of C. H. Bennett et al., IEEE Access 7, 73938 (2019). With a dead zone, a weight whose mean
/// over the samples lies within ± <c>deadZone</c> is not pulsed.
/// </remarks>
public sealed class SignPulsedWeights : IBatchWeights
{
    private readonly ICrosspointArray array;
    private readonly RowPulses rows;
    private readonly float deadZone;
    private readonly ulong seed;
    private readonly int id;

    /// <summary>Trains an array.</summary>
    /// <param name="array">The cross-points.</param>
    /// <param name="deadZone">Largest magnitude of a mean that gives no pulse, at least 0.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array in its network, from 1; it keeps the random numbers of arrays apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SignPulsedWeights(ICrosspointArray array, float deadZone, ulong seed, int id)
    {
        if (!(deadZone >= 0 && float.IsFinite(deadZone)))
        {
            throw new ArgumentOutOfRangeException(nameof(deadZone), deadZone, $"deadZone: expected a finite number of at least 0, got {deadZone}.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        this.array = array;
        this.deadZone = deadZone;
        this.seed = seed;
        this.id = id;
        rows = new RowPulses(array);
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights => array.Weights;

    /// <inheritdoc/>
    public ArrayCounters Counters => array.Counters;

    /// <inheritdoc/>
    public void Move(PaddedMatrix descent, int samples, Moment moment)
    {
        for (int i = 0; i < descent.Inputs; i++)
        {
            RandomAddress at = moment.Address(seed, (id << 16) | i, Purpose.UpdateNoise);
            rows.Apply(i, descent.PaddedRow(i), samples * deadZone, negate: false, at);
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => array.Save(writer);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => array.Load(reader);
}
