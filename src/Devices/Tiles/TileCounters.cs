using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <summary>What a tile has done since it was made: for an account of energy, times the energy of each.</summary>
public sealed class TileCounters
{
    private readonly ICrosspointArray array;

    internal TileCounters(ICrosspointArray array) => this.array = array;

    /// <summary>Updates that sent pulses to the array.</summary>
    public long Updates { get; private set; }

    /// <summary>
    /// Pulses on input lines. Of stochastic trains those in slots in which some output line pulses: in the others they can meet nothing and are
    /// not drawn.
    /// </summary>
    public long RowPulses { get; private set; }

    /// <summary>Pulses on output lines.</summary>
    public long ColumnPulses { get; private set; }

    /// <summary>The longest train so far, in slots.</summary>
    public int LongestTrain { get; private set; }

    /// <summary>Coincidences of a row and a column pulse, as the array counts them.</summary>
    public long Coincidences => array.Counters.Coincidences;

    /// <summary>Cross-points that saw at least one coincidence in an update, as the array counts them.</summary>
    public long Events => array.Counters.Events;

    /// <summary>Vectors read forward, those of transfers included; one of zeros alone costs no read and is not among them.</summary>
    public long ForwardReads { get; private set; }

    /// <summary>Vectors read backward, those of transfers included; one of zeros alone is not among them.</summary>
    public long BackwardReads { get; private set; }

    /// <summary>Single input lines read.</summary>
    public long RowReads { get; private set; }

    /// <summary>Single output lines read.</summary>
    public long ColumnReads { get; private set; }

    /// <summary>Times a vector or line was read again by bound management.</summary>
    public long RepeatedReads => forwardAgain + backwardAgain + rowAgain + columnAgain;

    /// <summary>Reads that clipped at an output bound to the end.</summary>
    public long ClippedReads { get; private set; }

    /// <summary>Conversions from digital to analog: one for each line of the input side and time the array was read, zero or not.</summary>
    public long DacConversions =>
        (array.Weights.Inputs * (ForwardReads + forwardAgain)) + (array.Weights.Outputs * (BackwardReads + backwardAgain))
        + RowReads + rowAgain + ColumnReads + columnAgain;

    /// <summary>Conversions from analog to digital: one for each line of the output side and time the array was read.</summary>
    public long AdcConversions =>
        (array.Weights.Outputs * (ForwardReads + forwardAgain + RowReads + rowAgain))
        + (array.Weights.Inputs * (BackwardReads + backwardAgain + ColumnReads + columnAgain));

    private long forwardAgain;
    private long backwardAgain;
    private long rowAgain;
    private long columnAgain;

    internal void CountForward(in ReadOutcome outcome) => (ForwardReads, forwardAgain) = Count(ForwardReads, forwardAgain, outcome);

    internal void CountBackward(in ReadOutcome outcome) => (BackwardReads, backwardAgain) = Count(BackwardReads, backwardAgain, outcome);

    internal void CountRow(in ReadOutcome outcome) => (RowReads, rowAgain) = Count(RowReads, rowAgain, outcome);

    internal void CountColumn(in ReadOutcome outcome) => (ColumnReads, columnAgain) = Count(ColumnReads, columnAgain, outcome);

    internal void CountClipped(bool clipped) => ClippedReads += clipped ? 1 : 0;

    internal void CountUpdate() => Updates++;

    internal void CountPulses(LineTrains rows, LineTrains columns)
    {
        RowPulses += rows.Pulses;
        ColumnPulses += columns.Pulses;
        LongestTrain = Math.Max(LongestTrain, columns.BitLength);
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(LongestTrain);
        ReadOnlySpan<long> all =
        [
            Updates, RowPulses, ColumnPulses, ForwardReads, BackwardReads, RowReads, ColumnReads, ClippedReads,
            forwardAgain, backwardAgain, rowAgain, columnAgain,
        ];
        foreach (long count in all)
        {
            writer.Write(count);
        }
    }

    internal void Load(BinaryReader reader)
    {
        LongestTrain = reader.ReadInt32();
        (Updates, RowPulses, ColumnPulses) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        (ForwardReads, BackwardReads) = (reader.ReadInt64(), reader.ReadInt64());
        (RowReads, ColumnReads) = (reader.ReadInt64(), reader.ReadInt64());
        (ClippedReads, forwardAgain, backwardAgain) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        (rowAgain, columnAgain) = (reader.ReadInt64(), reader.ReadInt64());
    }

    private (long Reads, long Again) Count(long reads, long again, in ReadOutcome outcome)
    {
        int some = outcome.Reads > 0 ? 1 : 0;
        ClippedReads += outcome.Clipped ? 1 : 0;
        return (reads + some, again + outcome.Reads - some);
    }
}
