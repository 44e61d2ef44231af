using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of ideal devices: every coincidence is one step of the same size, without noise.</summary>
public sealed class ConstantStepArray : ICrosspointArray
{
    private readonly ConstantStep.Parameters parameters;

    /// <summary>Makes an array of zero weights.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="step">Weight change of one coincidence, in weight units, above 0 and finite.</param>
    /// <param name="bound">Largest magnitude of a weight, in weight units, above 0; infinity for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ConstantStepArray(int inputs, int outputs, float step, float bound = float.PositiveInfinity)
    {
        Require.Positive(nameof(step), step);
        if (!(bound > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(bound), bound, $"bound: expected a number above 0, got {bound}.");
        }

        Weights = new PaddedMatrix(inputs, outputs);
        parameters = new(step, bound);
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <inheritdoc/>
    public float MinStep => parameters.Step;

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        weights.Padded.CopyTo(Weights.Padded);
        foreach (ref float w in Weights.Padded)
        {
            w = Math.Clamp(w, -parameters.Bound, parameters.Bound);
        }
    }

    /// <inheritdoc/>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Require.Fit(Weights, rows, columns);
        Span<uint> train = stackalloc uint[rows.Planes];
        for (int i = 0; i < rows.Lines; i++)
        {
            if (rows.CopyTrain(i, train))
            {
                Counters.Coincidences += PulsedUpdate.Row<ConstantStep, ConstantStep.Parameters>(
                    columns.Words, columns.Values, train, rows.Values[i], parameters, Weights.Row(i));
            }
        }
    }

    /// <inheritdoc/>
    public void Reset(in RandomAddress at)
    {
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        MatrixState.Save(writer, Weights);
        Counters.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, Weights);
        Counters.Load(reader);
    }
}
