namespace Crosspoint.Kernels;

/// <content>Trains of a given number of pulses: nothing is drawn.</content>
public sealed partial class LineTrains
{
    /// <summary>One line pulses in every slot, the others in none.</summary>
    /// <param name="line">The line, 0 to <see cref="Lines"/> - 1.</param>
    /// <param name="signal">A number above or below 0, whose sign the pulses carry.</param>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <remarks>Costs next to nothing where the trains before were of one line too: for reads and writes line by line.</remarks>
    public void FireOne(int line, float signal, int bitLength = 1)
    {
        ThrowHelper.RequireInRange(nameof(line), 0, values.Length - 1, line);
        ThrowHelper.RequireInRange(nameof(bitLength), 1, MaxBitLength, bitLength);
        if (!(signal > 0 || signal < 0))
        {
            throw new ArgumentOutOfRangeException(nameof(signal), signal, $"signal: expected a number above or below 0, got {signal}.");
        }

        int before = only;
        bool known = before >= 0 && planes == PulseTrains.Planes(bitLength);
        Begin(bitLength);
        if (known)
        {
            values[before] = 0;
            for (int p = 0; p < planes; p++)
            {
                words[(p * values.Length) + before] = 0;
            }
        }
        else
        {
            values.AsSpan().Clear();
            words.AsSpan(0, planes * values.Length).Clear();
        }

        values[line] = signal;
        LayFirst(line, bitLength);
        (only, pulses) = (line, bitLength);
    }

    /// <summary>Lays pulses[l] = round(BL min(1, gain |signals[l]|)) pulses, half to even, into the train of each line.</summary>
    /// <param name="signals">Finite numbers to code, shape [lines].</param>
    /// <param name="gain">Share of the slots that a unit signal fills, finite, at least 0.</param>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <param name="layout">Where in the train they lie.</param>
    /// <exception cref="ArgumentException">A length or a range does not hold, or a signal is NaN.</exception>
    /// <remarks>
    /// a pulses laid <see cref="TrainLayout.First"/> on one side and b laid <see cref="TrainLayout.Spread"/> on the other meet in
    /// ⌊a b / BL + 1/2⌋ slots. With p and q the shares of the two lines, that differs from BL p q by at most 1/2 + (p + q) / 2 + 1 / (4 BL).
    /// </remarks>
    public void Lay(ReadOnlySpan<float> signals, float gain, int bitLength, TrainLayout layout)
    {
        ThrowHelper.RequireLength(nameof(signals), values.Length, signals.Length);
        ThrowHelper.RequireInRange(nameof(gain), 0, float.MaxValue, gain);
        ThrowHelper.RequireInRange(nameof(bitLength), 1, MaxBitLength, bitLength);
        ThrowHelper.RequireInRange(nameof(layout), (int)TrainLayout.First, (int)TrainLayout.Spread, (int)layout);
        ThrowHelper.RequireInRange(nameof(signals), float.NegativeInfinity, float.PositiveInfinity, signals);
        Begin(bitLength);
        signals.CopyTo(values);
        words.AsSpan(0, planes * values.Length).Clear();
        for (int l = 0; l < values.Length; l++)
        {
            int count = values[l] == 0 ? 0 : (int)Math.Round(bitLength * Math.Min(1, (double)gain * Math.Abs(values[l])));
            Lay(l, count, layout);
        }
    }

    /// <summary>Lays |counts[l]| pulses of the sign of counts[l] into the first slots of each line.</summary>
    /// <param name="counts">Pulses, each -<paramref name="bitLength"/> to <paramref name="bitLength"/>, shape [lines].</param>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <exception cref="ArgumentException">A length or a range does not hold.</exception>
    public void Lay(ReadOnlySpan<int> counts, int bitLength)
    {
        ThrowHelper.RequireLength(nameof(counts), values.Length, counts.Length);
        ThrowHelper.RequireInRange(nameof(bitLength), 1, MaxBitLength, bitLength);
        foreach (int count in counts)
        {
            ThrowHelper.RequireInRange(nameof(counts), -bitLength, bitLength, count);
        }

        Begin(bitLength);
        words.AsSpan(0, planes * values.Length).Clear();
        for (int l = 0; l < values.Length; l++)
        {
            values[l] = counts[l];
            LayFirst(l, Math.Abs(counts[l]));
        }
    }

    private void Begin(int bitLength) => (planes, BitLength, only, pulses) = (PulseTrains.Planes(bitLength), bitLength, -1, -1);

    private void Lay(int line, int count, TrainLayout layout)
    {
        if (layout == TrainLayout.First)
        {
            LayFirst(line, count);
            return;
        }

        // The k-th pulse lies in the first slot s at which ⌊(s + 1) count / BL + 1/2⌋ reaches k.
        for (long k = 1; k <= count; k++)
        {
            long slot = ((((2 * k) - 1) * BitLength) + (2 * count) - 1) / (2 * count) - 1;
            words[(slot / PulseTrains.SlotsPerWord * values.Length) + line] |= 1u << (int)(slot % PulseTrains.SlotsPerWord);
        }
    }

    private void LayFirst(int line, int count)
    {
        for (int p = 0; count > 0; p++, count -= PulseTrains.SlotsPerWord)
        {
            words[(p * values.Length) + line] = count >= PulseTrains.SlotsPerWord ? uint.MaxValue : (1u << count) - 1;
        }
    }
}
