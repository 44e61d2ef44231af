namespace Crosspoint.Training.Algorithms;

/// <summary>k and t of the listings: when a transfer is due, and which line is next.</summary>
/// <param name="every">n_s, updates from one transfer to the next, at least 1.</param>
/// <param name="lines">Transfers of a cycle, at least 1.</param>
internal sealed class TransferCursor(int every, int lines)
{
    private int k;

    /// <summary>t, the line to transfer next.</summary>
    public int Line { get; private set; }

    /// <summary>Cycles over all lines that are complete.</summary>
    public long Cycle { get; private set; }

    /// <summary>k = (k + 1) mod n_s.</summary>
    /// <returns>Whether a transfer is due: k = 0.</returns>
    public bool CountUpdate()
    {
        k = k + 1 < every ? k + 1 : 0;
        return k == 0;
    }

    /// <summary>t = (t + 1) mod the number of lines.</summary>
    public void Advance()
    {
        Line++;
        if (Line == lines)
        {
            Line = 0;
            Cycle++;
        }
    }

    public void Restart() => (k, Line, Cycle) = (0, 0, 0);

    public void Save(BinaryWriter writer)
    {
        writer.Write(k);
        writer.Write(Line);
        writer.Write(Cycle);
    }

    public void Load(BinaryReader reader)
    {
        int updates = reader.ReadInt32(), line = reader.ReadInt32();
        long cycle = reader.ReadInt64();
        Require.Stored("updates since the last transfer", 0, every - 1, updates);
        Require.Stored("line to transfer next", 0, lines - 1, line);
        Require.Stored("cycles of transfers", 0, long.MaxValue, cycle);
        (k, Line, Cycle) = (updates, line, cycle);
    }
}
