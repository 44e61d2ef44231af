using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>Stochastic gradient descent in floating point: exact products and w += η x dᵀ.</summary>
/// <remarks>Windows are read and updated as matrix products, with the bits of one step after the other.</remarks>
public sealed class DigitalSgd : IWeightMatrix
{
    private PaddedMatrix? first;
    private PaddedMatrix? rest;
    private PaddedMatrix? recurrent;

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
    public void Forward(PaddedMatrix x, PaddedMatrix y, int steps, Moment moment) => MatMul.Forward(Weights, x, y, steps);

    /// <inheritdoc/>
    public void Backward(PaddedMatrix d, PaddedMatrix z, int steps, Moment moment) => MatMul.Backward(Weights, d, z, steps);

    /// <inheritdoc/>
    public void BeginForward(PaddedMatrix x, int known, PaddedMatrix y, int steps)
    {
        Split(known);
        MatMul.Forward(first!, x, y, steps);
    }

    /// <inheritdoc/>
    public void EndForward(PaddedMatrix x, int known, PaddedMatrix y, int n, Moment moment) =>
        MatVec.AddForward(rest!, x.Row(n)[known..], y.PaddedRow(n));

    /// <inheritdoc/>
    public void BeginBackward(PaddedMatrix d, int known, int asked, PaddedMatrix z, int n, Moment moment)
    {
        if (recurrent is null || recurrent.Inputs != asked || first?.Inputs != known)
        {
            Split(known);
            recurrent = Weights.Rows(known, asked);
        }

        MatVec.Backward(recurrent, d.Row(n), z.Row(n).Slice(known, asked));
    }

    /// <inheritdoc/>
    public void EndBackward(PaddedMatrix d, int known, PaddedMatrix z, int steps, Moment moment)
    {
        Split(known);
        MatMul.Backward(first!, d, z, steps);
    }

    /// <inheritdoc/>
    public void Update(PaddedMatrix x, PaddedMatrix d, int steps, float rate, Moment moment) => OuterProducts.Add(Weights, rate, x, d, steps);

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => MatrixState.Save(writer, Weights);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => MatrixState.Load(reader, Weights);

    // A layer splits its matrix at one place only.
    private void Split(int known)
    {
        if (first?.Inputs != known)
        {
            first = Weights.Rows(0, known);
            rest = Weights.Rows(known, Inputs - known);
        }
    }
}
