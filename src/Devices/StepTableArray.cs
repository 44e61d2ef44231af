using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of devices whose steps are tables over the weight, each cross-point one of several measured devices.</summary>
/// <remarks>
/// Pulse p (from 0) of cross-point (i, j) in an update takes number 2³² p + i outputs + j of the address. The weight stays within the range
/// of the tables. See <see cref="StepUpdate"/>.
/// </remarks>
public sealed class StepTableArray : ICrosspointArray
{
    private readonly StepTables? tables;
    private readonly StepDistribution? distribution;
    private readonly ushort[] classes; // the table of each cross-point, shape [inputs, outputs]; empty where there is one
    private readonly uint[] counts;
    private readonly float min;
    private readonly float max;

    /// <summary>Makes an array of devices with steps, and noise if the tables have it.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="tables">The steps, one table a measured device.</param>
    /// <param name="minStep">Mean weight change of one pulse, in weight units, above 0.</param>
    /// <param name="at">Where the numbers stand that choose a table for each cross-point, all equally likely.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public StepTableArray(int inputs, int outputs, StepTables tables, float minStep, in RandomAddress at)
        : this(inputs, outputs, tables.Tables, tables.Min, tables.Max, minStep, at) => this.tables = tables;

    /// <summary>Makes an array of devices whose steps are drawn from laws.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="distribution">The laws of the step, one table a measured device.</param>
    /// <param name="minStep">Mean weight change of one pulse, in weight units, above 0.</param>
    /// <param name="at">Where the numbers stand that choose a table for each cross-point, all equally likely.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public StepTableArray(int inputs, int outputs, StepDistribution distribution, float minStep, in RandomAddress at)
        : this(inputs, outputs, distribution.Tables, distribution.Min, distribution.Max, minStep, at) => this.distribution = distribution;

    private StepTableArray(int inputs, int outputs, int count, float min, float max, float minStep, in RandomAddress at)
    {
        Require.Positive(nameof(minStep), minStep);
        Weights = new PaddedMatrix(inputs, outputs);
        MinStep = minStep;
        this.min = min;
        this.max = max;
        counts = new uint[outputs];
        classes = TableClasses.Draw(inputs, outputs, count, at);
        Weights.Values.Fill(Math.Clamp(0, min, max));
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <inheritdoc/>
    public float MinStep { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <summary>The table of one cross-point.</summary>
    /// <param name="i">Input line.</param>
    /// <param name="j">Output line.</param>
    public int Table(int i, int j) => classes.Length > 0 ? classes[(i * Weights.Outputs) + j] : 0;

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Require.NoNaN(nameof(weights), weights);
        for (int i = 0; i < Weights.Inputs; i++)
        {
            TensorPrimitives.Clamp(weights.Row(i), min, max, Weights.Row(i));
        }
    }

    /// <inheritdoc/>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Require.Fit(Weights, rows, columns);
        Span<uint> train = stackalloc uint[rows.Planes];
        for (int i = 0; i < rows.Lines; i++)
        {
            if (!rows.CopyTrain(i, train))
            {
                continue;
            }

            Coincidence.CountRow(columns.Words, train, counts);
            TableChoice choice = TableClasses.Choice(classes, i, Weights.Outputs);
            long first = (long)i * Weights.Outputs;
            if (tables is not null)
            {
                StepUpdate.Row(counts, columns.Values, rows.Values[i], tables, choice, at, first, Weights.Row(i));
            }
            else
            {
                StepUpdate.Row(counts, columns.Values, rows.Values[i], distribution!, choice, at, first, Weights.Row(i));
            }

            Counters.Add(counts);
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
    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, Weights);
        for (int i = 0; i < Weights.Inputs; i++)
        {
            TensorPrimitives.Clamp(Weights.Row(i), min, max, Weights.Row(i));
        }

        Counters.Load(reader);
    }
}
