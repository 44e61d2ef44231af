using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Cells of two devices of which each is only ever raised: w = G⁺ - G⁻, refreshed where one comes close to its top.</summary>
/// <remarks>
/// An up pulse raises G⁺, a down pulse G⁻. A refresh takes the pairs of which a device has reached the saturation, puts both devices to
/// zero, and writes the difference to one of them. The bottom of a device is its zero weight.
/// </remarks>
public sealed class OneSidedPairArray : CellArray
{
    private readonly Parameters parameters;
    private readonly LineTrains positiveRows;
    private readonly LineTrains negativeRows;
    private readonly LineTrains positiveColumns;
    private readonly LineTrains negativeColumns;
    private readonly LineTrains rowTrain; // of a refresh that pulses
    private readonly LineTrains columnTrains;
    private readonly int[] rowPulses;
    private readonly int[] columnPulses;
    private readonly PaddedMatrix difference;
    private readonly int longest;
    private long updates;

    /// <summary>When and how pairs are refreshed.</summary>
    public sealed record Parameters
    {
        /// <summary>The weight of a device at which its pair is due, in weight units, above 0.</summary>
        public float Saturation { get; init; } = 0.9f;

        /// <summary>Updates from one refresh to the next, at least 0; 0 for none but by <see cref="ICrosspointArray.Reset"/>.</summary>
        public int RefreshEvery { get; init; }

        /// <summary>How the difference is written back.</summary>
        public RefreshWrite Write { get; init; } = RefreshWrite.Exact;
    }

    /// <summary>Joins two arrays.</summary>
    /// <param name="plus">G⁺, at or above zero.</param>
    /// <param name="minus">G⁻, of the same shape.</param>
    /// <param name="parameters">The refresh.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a number is out of range.</exception>
    public OneSidedPairArray(ICrosspointArray plus, ICrosspointArray minus, Parameters parameters)
        : base([plus, minus], [1, -1], (plus.MinStep + minus.MinStep) / 2)
    {
        Require.Positive(nameof(Parameters.Saturation), parameters.Saturation);
        Require.InRange(nameof(Parameters.RefreshEvery), 0, int.MaxValue, parameters.RefreshEvery);
        Require.InRange(nameof(Parameters.Write), 0, (int)RefreshWrite.Pulsed, (int)parameters.Write);
        this.parameters = parameters;
        int inputs = Weights.Inputs, outputs = Weights.Outputs;
        (positiveRows, negativeRows) = (new(inputs, 1), new(inputs, 1));
        (positiveColumns, negativeColumns) = (new(outputs, 1), new(outputs, 1));
        longest = parameters.Write == RefreshWrite.Pulsed ? PulseTrains.MaxBitLength : 1;
        (rowTrain, columnTrains) = (new(inputs, longest), new(outputs, longest));
        (rowPulses, columnPulses) = (new int[inputs], new int[outputs]);
        difference = new PaddedMatrix(inputs, outputs);
    }

    /// <summary>G⁺, at or above zero.</summary>
    public ICrosspointArray Plus => Devices[0];

    /// <summary>G⁻, at or above zero.</summary>
    public ICrosspointArray Minus => Devices[1];

    /// <inheritdoc/>
    /// <remarks>A weight is placed on one device, the other at zero.</remarks>
    private protected override void ProgramDevices(PaddedMatrix weights)
    {
        for (int k = 0; k < 2; k++)
        {
            Span<float> target = Target.Padded, w = weights.Padded;
            for (int place = 0; place < target.Length; place++)
            {
                target[place] = MathF.Max(Gains[k] * w[place], 0);
            }

            Devices[k].Program(Target);
        }
    }

    /// <inheritdoc/>
    /// <remarks>All pulses of a cell in one update go one way: signs that agree raise G⁺ in two calls, the others G⁻ in two more.</remarks>
    private protected override void PulseDevices(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        positiveRows.CopyFrom(rows, LineSigns.Positive, negate: false);
        negativeRows.CopyFrom(rows, LineSigns.Negative, negate: true);
        positiveColumns.CopyFrom(columns, LineSigns.Positive, negate: false);
        negativeColumns.CopyFrom(columns, LineSigns.Negative, negate: true);
        Plus.Pulse(positiveRows, positiveColumns, CellAddress.Of(at, 0, 0));
        Plus.Pulse(negativeRows, negativeColumns, CellAddress.Of(at, 0, 1));
        Minus.Pulse(positiveRows, negativeColumns, CellAddress.Of(at, 1, 0));
        Minus.Pulse(negativeRows, positiveColumns, CellAddress.Of(at, 1, 1));
        updates++;
        if (parameters.RefreshEvery > 0 && updates % parameters.RefreshEvery == 0)
        {
            ResetDevices(at);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Brings the pairs that are due back into their range.</remarks>
    private protected override void ResetDevices(in RandomAddress at)
    {
        long due = FindDue();
        if (due == 0)
        {
            return;
        }

        CountRefreshed(due);
        for (int k = 0; k < 2; k++)
        {
            PlaceDifference(k);
            Devices[k].Program(Target);
            if (parameters.Write == RefreshWrite.Pulsed)
            {
                PulseDifference(Devices[k], Gains[k], CellAddress.Of(at, k, 2));
            }
        }
    }

    /// <inheritdoc/>
    private protected override void SaveCell(BinaryWriter writer) => writer.Write(updates);

    /// <inheritdoc/>
    private protected override void LoadCell(BinaryReader reader) => updates = reader.ReadInt64();

    // The difference of every pair that is due; NaN where none is.
    private long FindDue()
    {
        Span<float> plus = Plus.Weights.Padded, minus = Minus.Weights.Padded, to = difference.Padded;
        long due = 0;
        for (int place = 0; place < to.Length; place++)
        {
            bool isDue = MathF.Max(plus[place], minus[place]) >= parameters.Saturation;
            to[place] = isDue ? plus[place] - minus[place] : float.NaN;
            due += isDue ? 1 : 0;
        }

        return due;
    }

    // What a device holds before pulses: its weight where the pair is not due, otherwise its part of the difference, or zero.
    private void PlaceDifference(int k)
    {
        Span<float> now = Devices[k].Weights.Padded, d = difference.Padded, to = Target.Padded;
        bool exact = parameters.Write == RefreshWrite.Exact;
        for (int place = 0; place < to.Length; place++)
        {
            to[place] = float.IsNaN(d[place]) ? now[place] : exact ? MathF.Max(Gains[k] * d[place], 0) : 0;
        }
    }

    // Line by line, each output line with its own number of pulses.
    private void PulseDifference(ICrosspointArray device, float sign, in RandomAddress at)
    {
        for (int i = 0; i < rowPulses.Length; i++)
        {
            ReadOnlySpan<float> d = difference.Row(i);
            int most = 0;
            for (int j = 0; j < d.Length; j++)
            {
                float steps = MathF.Round(sign * d[j] / device.MinStep);
                columnPulses[j] = steps > 0 ? (int)MathF.Min(steps, longest) : 0;
                most = Math.Max(most, columnPulses[j]);
            }

            if (most > 0)
            {
                rowPulses[i] = most;
                rowTrain.Fire(rowPulses, most);
                columnTrains.Fire(columnPulses, most);
                rowPulses[i] = 0;
                device.Pulse(rowTrain, columnTrains, CellAddress.OfLine(at, i));
            }
        }
    }
}
