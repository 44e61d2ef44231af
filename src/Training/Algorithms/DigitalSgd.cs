using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>Stochastic gradient descent in floating point: exact products and w += η x dᵀ.</summary>
public sealed class DigitalSgd : IWeightMatrix
{
    /// <summary>Makes a matrix of zero weights.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    public DigitalSgd(int inputs, int outputs) => Weights = new PaddedMatrix(inputs, outputs);

    /// <inheritdoc/>
    public int Inputs => Weights.Inputs;

    /// <inheritdoc/>
    public int Outputs => Weights.Outputs;

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights)
    {
        if (weights.Inputs != Inputs || weights.Outputs != Outputs)
        {
            throw new ArgumentException(
                $"weights: expected shape [{Inputs}, {Outputs}], got [{weights.Inputs}, {weights.Outputs}].", nameof(weights));
        }

        weights.Padded.CopyTo(Weights.Padded);
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment) => MatVec.Forward(Weights, x, y);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment) => MatVec.Backward(Weights, d, z);

    /// <inheritdoc/>
    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment) => MatVec.AddOuter(Weights, rate, x, d);

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => MatrixState.Save(writer, Weights);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => MatrixState.Load(reader, Weights);
}
