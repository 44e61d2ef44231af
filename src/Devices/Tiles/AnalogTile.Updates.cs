using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <content>Updates of the devices.</content>
public sealed partial class AnalogTile
{
    private readonly int[] counts;
    private readonly uint[] words;
    private readonly PaddedMatrix? updated;

    /// <summary>w[i, j] += rate x[i] d[j] in the mean, in array units, by the pulse scheme.</summary>
    /// <param name="x">Finite inputs, shape [inputs].</param>
    /// <param name="d">Finite errors in the direction of descent, shape [outputs].</param>
    /// <param name="rate">
    /// Learning rate of the array's weights, at least 0. For one of the logical weights, divide the errors by <see cref="OutputScales"/>.
    /// </param>
    /// <param name="at">Where the random numbers stand.</param>
    /// <exception cref="ArgumentException">
    /// A length or the rate does not fit, or a number is not finite where the scheme needs the largest.
    /// </exception>
    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, in RandomAddress at)
    {
        Require.NotNegative(nameof(rate), rate);
        TileRequire.Length(nameof(x), Inputs, x.Length);
        TileRequire.Length(nameof(d), Outputs, d.Length);
        switch (options.Scheme)
        {
            case PulseScheme.Stochastic:
                Stochastic(x, d, rate, at);
                break;
            case PulseScheme.Deterministic:
                Deterministic(x, d, rate, at);
                break;
            case PulseScheme.MeanCount:
                MeanCount(x, d, rate, at);
                break;
            default:
                Array.Weights.Padded.CopyTo(updated!.Padded);
                MatVec.AddOuter(updated, rate, x, d);
                Array.Program(updated);
                Counters.CountUpdate();
                break;
        }
    }

    /// <summary>One pulse to every cross-point of an input line where a sign is given: up above 0, down below, none at 0.</summary>
    /// <param name="i">The line, 0 to inputs - 1.</param>
    /// <param name="signs">Signs, shape [outputs].</param>
    /// <param name="at">Where the noise stands; that of other lines is another.</param>
    /// <exception cref="ArgumentException">The line or the length does not fit.</exception>
    public void PulseRow(int i, ReadOnlySpan<float> signs, in RandomAddress at)
    {
        TileRequire.InRange(nameof(i), 0, Inputs - 1, i);
        TileRequire.Length(nameof(signs), Outputs, signs.Length);
        columns.Fire(signs);
        rows.FireOne(i, 1);
        Pulse(rows, columns, For(at, Purpose.RowNoise, i));
    }

    /// <summary>One pulse to every cross-point of an output line where a sign is given: up above 0, down below, none at 0.</summary>
    /// <param name="j">The line, 0 to outputs - 1.</param>
    /// <param name="signs">Signs, shape [inputs].</param>
    /// <param name="at">Where the noise stands; that of other lines is another.</param>
    /// <exception cref="ArgumentException">The line or the length does not fit.</exception>
    public void PulseColumn(int j, ReadOnlySpan<float> signs, in RandomAddress at)
    {
        TileRequire.InRange(nameof(j), 0, Outputs - 1, j);
        TileRequire.Length(nameof(signs), Inputs, signs.Length);
        rows.Fire(signs);
        columns.FireOne(j, 1);
        Pulse(rows, columns, For(at, Purpose.ColumnNoise, j));
    }

    /// <summary>Brings devices that only go one way back into their range; see <see cref="ICrosspointArray.Reset"/>.</summary>
    /// <param name="at">Where the noise of the reset stands.</param>
    public void Reset(in RandomAddress at) => Array.Reset(For(at, Purpose.Reset));

    /// <summary>Lets the devices rest between updates; see <see cref="ICrosspointArray.Rest"/>.</summary>
    /// <param name="updates">How long, in updates, at least 0.</param>
    /// <param name="at">Where the numbers of this rest stand.</param>
    public void Rest(double updates, in RandomAddress at) => Array.Rest(updates, For(at, Purpose.Rest));

    private PulseCoding Code(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate) => PulseCoding.Of(
        x, d, rate, Array.MinStep, options.BitLength, options.UpdateManagement, options.BitLengthManagement);

    private void Stochastic(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, in RandomAddress at)
    {
        PulseCoding coding = Code(x, d, rate);
        if (!coding.Pulses)
        {
            return;
        }

        columns.Draw(For(at, Purpose.UpdateColumns), d, coding.ColumnGain, coding.BitLength);
        if (rows.DrawAgainst(columns, For(at, Purpose.UpdateRows), x, coding.RowGain))
        {
            Pulse(rows, columns, For(at, Purpose.UpdateNoise));
        }

        Counters.CountUpdate();
    }

    private void Deterministic(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, in RandomAddress at)
    {
        PulseCoding coding = Code(x, d, rate);
        if (!coding.Pulses)
        {
            return;
        }

        columns.Lay(d, coding.ColumnGain, coding.BitLength, TrainLayout.Spread);
        rows.Lay(x, coding.RowGain, coding.BitLength, TrainLayout.First);
        Pulse(rows, columns, For(at, Purpose.UpdateNoise));
        Counters.CountUpdate();
    }

    // Row by row, since each cross-point of a row has a count of its own.
    private void MeanCount(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, in RandomAddress at)
    {
        // Checks that x and d are finite.
        if (!PulseCoding.Of(x, d, rate, Array.MinStep, options.BitLength, true, true).Pulses)
        {
            return;
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] != 0 && DrawCounts((double)rate * x[i] / Array.MinStep, d, For(at, Purpose.UpdateRows, i)) is int most and > 0)
            {
                rows.FireOne(i, 1, most);
                columns.Lay(counts, most);
                Pulse(rows, columns, For(at, Purpose.UpdateNoise, i));
            }
        }

        Counters.CountUpdate();
    }

    // The signed counts of one row; returns the largest magnitude.
    private int DrawCounts(double gain, ReadOnlySpan<float> d, in RandomAddress at)
    {
        RandomWords.Fill(at, words);
        int most = 0;
        for (int j = 0; j < d.Length; j++)
        {
            double n = Math.Min(Math.Abs(gain * d[j]), options.BitLength);
            int whole = (int)n;
            whole += (words[j] + 0.5) / 4294967296.0 < n - whole ? 1 : 0;
            most = Math.Max(most, whole);
            counts[j] = gain * d[j] < 0 ? -whole : whole;
        }

        return most;
    }

    internal void Pulse(LineTrains rowTrains, LineTrains columnTrains, in RandomAddress at)
    {
        Counters.CountPulses(rowTrains, columnTrains);
        Array.Pulse(rowTrains, columnTrains, at);
    }
}
