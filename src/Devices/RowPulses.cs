using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>Pulses rows of any array, each cross-point in a direction of its own, by trains of one slot where the array knows no shorter way.</summary>
public sealed class RowPulses
{
    private readonly ICrosspointArray array;
    private readonly IRowPulsed? fast;
    private readonly LineTrains rows;
    private readonly LineTrains columns;
    private readonly float[] rowSignals;
    private readonly float[] columnSignals;

    /// <summary>Makes room for the trains of an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="byTrains">Whether trains are used even where there is a shorter way; the result is the same.</param>
    public RowPulses(ICrosspointArray array, bool byTrains = false)
    {
        this.array = array;
        fast = byTrains ? null : array as IRowPulsed;
        rows = new LineTrains(array.Weights.Inputs, 1);
        columns = new LineTrains(array.Weights.Outputs, 1);
        rowSignals = new float[array.Weights.Inputs];
        columnSignals = new float[array.Weights.Outputs];
    }

    /// <inheritdoc cref="IRowPulsed.PulseRow"/>
    public void Apply(int row, ReadOnlySpan<float> signals, float threshold, bool negate, in RandomAddress at)
    {
        if (fast is not null)
        {
            fast.PulseRow(row, signals, threshold, negate, at);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rowSignals.Length);
        Require.NotNegative(nameof(threshold), threshold);
        if (signals.Length != array.Weights.Stride)
        {
            throw new ArgumentException($"signals: expected length {array.Weights.Stride}, got {signals.Length}.", nameof(signals));
        }

        Array.Clear(rowSignals);
        rowSignals[row] = negate ? -1 : 1;
        for (int j = 0; j < columnSignals.Length; j++)
        {
            columnSignals[j] = signals[j] > threshold ? 1 : signals[j] < -threshold ? -1 : 0;
        }

        rows.Fire(rowSignals);
        columns.Fire(columnSignals);
        array.Pulse(rows, columns, at);
    }
}
