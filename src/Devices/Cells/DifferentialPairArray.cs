using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Cells of two devices that go both ways: w = G⁺ - G⁻.</summary>
/// <remarks>An up pulse is one up on G⁺ and one down on G⁻, or one of the two, update by update in turn or at random.</remarks>
public sealed class DifferentialPairArray : CellArray, IRowPulsed
{
    private readonly PairPulses pulses;
    private readonly float center;
    private readonly LineTrains opposite;
    private readonly RowPulses plusRows;
    private readonly RowPulses minusRows;
    private bool isMinusNext;

    /// <summary>Joins two arrays.</summary>
    /// <param name="plus">G⁺.</param>
    /// <param name="minus">G⁻, of the same shape.</param>
    /// <param name="pulses">Which devices an update moves.</param>
    /// <param name="center">What both devices hold at zero weight when they are programmed, in weight units.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a number is out of range.</exception>
    public DifferentialPairArray(ICrosspointArray plus, ICrosspointArray minus, PairPulses pulses = PairPulses.Both, float center = 0)
        : base([plus, minus], [1, -1], pulses == PairPulses.Both ? plus.MinStep + minus.MinStep : (plus.MinStep + minus.MinStep) / 2)
    {
        Require.InRange(nameof(pulses), 0, (int)PairPulses.Random, (int)pulses);
        Require.Finite(nameof(center), center);
        this.pulses = pulses;
        this.center = center;
        opposite = new LineTrains(Weights.Inputs, 1);
        plusRows = new RowPulses(plus);
        minusRows = new RowPulses(minus);
    }

    /// <inheritdoc/>
    /// <remarks>G⁺ takes center + w/2; G⁻ then what is missing, so that the rounding of G⁺ does not show where G⁻ can hold it.</remarks>
    private protected override void ProgramDevices(PaddedMatrix weights)
    {
        Span<float> target = Target.Padded, plus = Devices[0].Weights.Padded, w = weights.Padded;
        for (int i = 0; i < Weights.Inputs; i++)
        {
            for (int j = 0; j < Weights.Outputs; j++)
            {
                Target[i, j] = center + (weights[i, j] / 2);
            }
        }

        Devices[0].Program(Target);
        for (int place = 0; place < target.Length; place++)
        {
            target[place] = plus[place] - w[place];
        }

        Devices[1].Program(Target);
    }

    /// <inheritdoc/>
    private protected override void PulseDevices(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        (bool movesPlus, bool movesMinus) = Choose(at);
        if (movesPlus)
        {
            Devices[0].Pulse(rows, columns, CellAddress.Of(at, 0));
        }

        if (movesMinus)
        {
            opposite.CopyFrom(rows, LineSigns.All, negate: true);
            Devices[1].Pulse(opposite, columns, CellAddress.Of(at, 1));
        }
    }

    /// <inheritdoc/>
    public void PulseRow(int row, ReadOnlySpan<float> signals, float threshold, bool negate, in RandomAddress at)
    {
        (bool movesPlus, bool movesMinus) = Choose(at);
        if (movesPlus)
        {
            plusRows.Apply(row, signals, threshold, negate, CellAddress.Of(at, 0));
        }

        if (movesMinus)
        {
            minusRows.Apply(row, signals, threshold, !negate, CellAddress.Of(at, 1));
        }

        RowChanged(row);
    }

    // Which of the two an update moves.
    private (bool Plus, bool Minus) Choose(in RandomAddress at)
    {
        if (pulses == PairPulses.Both)
        {
            return (true, true);
        }

        bool isMinus = isMinusNext;
        if (pulses == PairPulses.Random)
        {
            Span<uint> word = stackalloc uint[1];
            RandomWords.Fill(CellAddress.Of(at, 2), word);
            isMinus = word[0] >> 31 != 0;
        }

        isMinusNext = !isMinusNext;
        return (!isMinus, isMinus);
    }

    /// <inheritdoc/>
    private protected override void SaveCell(BinaryWriter writer) => writer.Write(isMinusNext);

    /// <inheritdoc/>
    private protected override void LoadCell(BinaryReader reader) => isMinusNext = reader.ReadBoolean();
}
