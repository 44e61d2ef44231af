using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array that is only read: neither pulses nor programming move it, and it counts nothing.</summary>
/// <param name="weights">Its weights, in weight units, shape [inputs, outputs]; kept, not copied.</param>
public sealed class FixedArray(PaddedMatrix weights) : ICrosspointArray
{
    /// <inheritdoc/>
    public PaddedMatrix Weights => weights;

    /// <inheritdoc/>
    /// <remarks>1: no pulse has an effect, whatever its size.</remarks>
    public float MinStep => 1;

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    /// <remarks>Leaves the weights as they are.</remarks>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Require.NoNaN(nameof(weights), weights);
    }

    /// <inheritdoc/>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at) => Require.Fit(Weights, rows, columns);

    /// <inheritdoc/>
    public void Reset(in RandomAddress at)
    {
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => MatrixState.Save(writer, Weights);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => MatrixState.Load(reader, Weights);
}
