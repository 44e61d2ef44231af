using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of ideal devices: every coincidence is one step of the same size, without noise.</summary>
public sealed class ConstantStepArray : ICrosspointArray
{
    // With more coincidences for each sixteen cross-points of a row that pulses, a pass over these rows is quicker than one meeting after the
    // other: measured with 512 bits and with 256.
    private const double DensePart512 = 2, DensePart256 = 0.75;

    // Listing the columns of a slot is worth it for about two rows or more that pulse in it alone. Where there are several slots, rows have to
    // meet as much as for a pass of 256 bits. Measured with 256 bits; with 512 the vectors of this way are as wide.
    private const int RowsOfSlot = 2;

    // A pass by sums of slots is quicker than by single trains unless rows are few or have about one pulse, or columns are few: measured with
    // 256 bits, and slower without vectors.
    private const double SeveralPulses = 1.5;
    private const int ManyRows = 64, ManyColumns = 128;

    private const int Lanes = 16;

    private readonly ConstantStep.Parameters parameters;
    private readonly MeetingFinder finder; // of trains longer than a word
    private readonly ThinUpdater thin;
    private readonly OnePulseUpdater? onePulse; // with vectors
    private readonly DenseUpdater? dense; // of many columns
    private readonly int[] rowOf;
    private uint[] rowTrains;

    /// <summary>Makes an array of zero weights.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="step">Weight change of one coincidence, in weight units, above 0 and finite.</param>
    /// <param name="bound">Largest magnitude of a weight, in weight units, above 0; infinity for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ConstantStepArray(int inputs, int outputs, float step, float bound = float.PositiveInfinity)
    {
        Require.Positive(nameof(step), step);
        Require.Bound(nameof(bound), bound);
        Weights = new PaddedMatrix(inputs, outputs);
        parameters = new(step, bound);
        finder = new MeetingFinder(inputs, outputs);
        thin = new ThinUpdater(outputs);
        dense = Vector256.IsHardwareAccelerated && outputs >= ManyColumns ? new DenseUpdater(outputs) : null;
        onePulse = Vector256.IsHardwareAccelerated ? new OnePulseUpdater(outputs) : null;
        rowOf = new int[LineTrains.CompactLength(inputs, 1)];
        rowTrains = new uint[rowOf.Length];
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
        Require.NoNaN(nameof(weights), weights);
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
        if (rowTrains.Length < LineTrains.CompactLength(rows.Lines, rows.Planes))
        {
            rowTrains = new uint[LineTrains.CompactLength(rows.Lines, rows.Planes)];
        }

        int active = rows.Compact(rowOf, rowTrains);
        ReadOnlySpan<int> lines = rowOf.AsSpan(0, active);
        ReadOnlySpan<uint> trains = rowTrains.AsSpan(0, active * rows.Planes);
        bool isSeveral = rows.Pulses > SeveralPulses * active;
        double ofSixteen = (double)rows.Pulses * columns.Pulses / rows.BitLength / ((double)active * columns.Lines / Lanes); // coincidences
        bool isDense = ofSixteen > (Vector512.IsHardwareAccelerated ? DensePart512 : DensePart256);
        bool shareSlots = rows.Planes == 1 && !isSeveral && rows.Pulses >= RowsOfSlot * rows.BitLength;
        long coincidences, events;
        if (onePulse is not null && shareSlots && (rows.BitLength == 1 || ofSixteen > DensePart256))
        {
            coincidences = onePulse.Apply<ConstantStep, ConstantStep.Parameters>(columns, rows, lines, trains, parameters, Weights, out events);
        }
        else if (!isDense && rows.Planes > 1)
        {
            PulseMeetings(rows, columns);
            return;
        }
        else if (!isDense)
        {
            coincidences = thin.Apply<ConstantStep, ConstantStep.Parameters>(columns, rows, lines, trains, parameters, Weights, out events);
        }
        else if (dense is not null && isSeveral && active >= ManyRows && rows.BitLength <= DenseUpdater.MaxSlots)
        {
            coincidences = dense.Apply<ConstantStep, ConstantStep.Parameters>(columns, rows, lines, trains, parameters, Weights, out events);
        }
        else
        {
            coincidences = PulsedUpdate.Rows<ConstantStep, ConstantStep.Parameters>(columns, rows, lines, trains, parameters, Weights, out events);
        }

        Counters.Coincidences += coincidences;
        Counters.Events += events;
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

    private void PulseMeetings(LineTrains rows, LineTrains columns)
    {
        ref float w = ref Weights.First;
        int stride = Weights.Stride;
        ConstantStep.Parameters p = parameters;
        ReadOnlySpan<float> rowSigns = rows.Values, columnSigns = columns.Values;
        long coincidences = 0;
        finder.Begin(rows, columns);
        while (finder.Next(out MeetingLists meetings))
        {
            ReadOnlySpan<int> counts = meetings.Counts;
            Counters.Events += counts.Length;
            for (int n = 0; n < counts.Length; n++)
            {
                int i = meetings.Rows[n], j = meetings.Columns[n], count = counts[n];
                float pulses = BitConverter.Int32BitsToSingle(
                    BitConverter.SingleToInt32Bits(count)
                    ^ ((BitConverter.SingleToInt32Bits(rowSigns[i]) ^ BitConverter.SingleToInt32Bits(columnSigns[j])) & int.MinValue));
                ref float weight = ref Unsafe.Add(ref w, (i * stride) + j);
                weight = ConstantStep.Apply(weight, pulses, p);
                coincidences += count;
            }
        }

        Counters.Coincidences += coincidences;
    }
}
