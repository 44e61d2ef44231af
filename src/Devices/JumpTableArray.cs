using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of devices of a finite number of states, moved from state to state by jump tables, without noise.</summary>
/// <remarks>State s is the weight min + s (max - min) / (states - 1). See <see cref="JumpUpdate"/>.</remarks>
public sealed class JumpTableArray : ICrosspointArray
{
    private readonly JumpTables tables;
    private readonly ushort[] classes; // the table of each cross-point, shape [inputs, outputs]; empty where there is one
    private readonly ushort[] states; // shape [inputs, outputs]
    private readonly float[] levels;
    private readonly uint[] counts;

    /// <summary>Makes an array in the state nearest to zero weight.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="tables">The jumps, one table a measured device.</param>
    /// <param name="min">The weight of state 0, finite.</param>
    /// <param name="max">The weight of the last state, above <paramref name="min"/>.</param>
    /// <param name="minStep">Mean weight change of one pulse, in weight units, above 0.</param>
    /// <param name="at">Where the numbers stand that choose a table for each cross-point, all equally likely.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public JumpTableArray(int inputs, int outputs, JumpTables tables, float min, float max, float minStep, in RandomAddress at)
    {
        Require.Finite(nameof(min), min);
        Require.Finite(nameof(max), max);
        Require.Positive("max - min", max - min);
        Require.Positive(nameof(minStep), minStep);
        Weights = new PaddedMatrix(inputs, outputs);
        MinStep = minStep;
        this.tables = tables;
        counts = new uint[outputs];
        states = new ushort[checked(inputs * outputs)];
        classes = TableClasses.Draw(inputs, outputs, tables.Tables, at);
        levels = [.. Enumerable.Range(0, tables.States).Select(s => min + ((max - min) * s / (tables.States - 1)))];
        Program(Weights);
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <inheritdoc/>
    public float MinStep { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <summary>The states of one input line, shape [outputs].</summary>
    /// <param name="i">The line.</param>
    public ReadOnlySpan<ushort> States(int i) => states.AsSpan(i * Weights.Outputs, Weights.Outputs);

    /// <summary>The table of one cross-point.</summary>
    /// <param name="i">Input line.</param>
    /// <param name="j">Output line.</param>
    public int Table(int i, int j) => classes.Length > 0 ? classes[(i * Weights.Outputs) + j] : 0;

    /// <inheritdoc/>
    /// <remarks>To the nearest state.</remarks>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Require.NoNaN(nameof(weights), weights);
        float distance = (levels[^1] - levels[0]) / (levels.Length - 1);
        for (int i = 0; i < Weights.Inputs; i++)
        {
            Span<ushort> row = states.AsSpan(i * Weights.Outputs, Weights.Outputs);
            ReadOnlySpan<float> w = weights.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = (ushort)Math.Clamp(MathF.Round((w[j] - levels[0]) / distance), 0, levels.Length - 1);
            }

            Read(i);
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
                JumpUpdate.Row(
                    columns.Words, columns.Values, train, rows.Values[i], tables, TableClasses.Choice(classes, i, Weights.Outputs), counts,
                    states.AsSpan(i * Weights.Outputs, Weights.Outputs));
                Counters.Add(counts);
                Read(i);
            }
        }
    }

    /// <inheritdoc/>
    public void Reset(in RandomAddress at)
    {
    }

    /// <inheritdoc/>
    /// <remarks>The tables are chosen anew from their address.</remarks>
    public void Save(BinaryWriter writer)
    {
        MatrixState.Save(writer, Weights);
        Counters.Save(writer);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The state is of an array of another shape, or holds a weight that is not a number.</exception>
    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, Weights);
        for (int i = 0; i < Weights.Inputs; i++)
        {
            if (Weights.Row(i).IndexOf(float.NaN) is >= 0 and var j)
            {
                throw new InvalidDataException($"expected numbers, got NaN at [{i}, {j}]");
            }
        }

        Program(Weights);
        Counters.Load(reader);
    }

    private void Read(int i)
    {
        Span<float> w = Weights.Row(i);
        ReadOnlySpan<ushort> row = States(i);
        for (int j = 0; j < w.Length; j++)
        {
            w[j] = levels[row[j]];
        }
    }
}
