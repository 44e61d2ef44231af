namespace Crosspoint.Kernels;

/// <summary>Goes through the cross-points of an array that see a coincidence, row by row, columns ascending, a batch of rows at a time.</summary>
/// <remarks>Columns without a pulse are left out first, so that thin trains cost one test for sixteen pulsing columns and row.</remarks>
public sealed class MeetingFinder
{
    private const int Batch = 4096;
    private readonly Coincidence.Meeting[] meetings;
    private readonly int[] columnOf;
    private uint[] columnTrains;
    private LineTrains? rows;
    private int planes;
    private int active;
    private int row;

    /// <summary>Makes room for an array of so many columns.</summary>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1.</exception>
    public MeetingFinder(int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        columnOf = new int[columns];
        columnTrains = new uint[LineTrains.CompactLength(columns, 1)];
        meetings = new Coincidence.Meeting[Math.Max(Batch, columnTrains.Length)];
    }

    /// <summary>Starts with the trains of one update.</summary>
    /// <param name="rowTrains">Trains of the input lines.</param>
    /// <param name="columns">Trains of the output lines, in the same slots.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Begin(LineTrains rowTrains, LineTrains columns)
    {
        ThrowHelper.RequireLength(nameof(columns), columnOf.Length, columns.Lines);
        ThrowHelper.RequireLength(nameof(columns), rowTrains.Planes, columns.Planes);
        int room = LineTrains.CompactLength(columns.Lines, columns.Planes);
        if (columnTrains.Length < room)
        {
            columnTrains = new uint[room];
        }

        planes = columns.Planes;
        active = columns.Compact(columnOf, columnTrains);
        rows = rowTrains;
        row = active > 0 ? 0 : rowTrains.Lines;
    }

    /// <summary>Lists the meetings of the next rows.</summary>
    /// <param name="found">Receives the meetings; valid until the next call.</param>
    /// <returns>Whether there were rows left to look at.</returns>
    public bool Next(out ReadOnlySpan<Coincidence.Meeting> found)
    {
        if (rows is null || row >= rows.Lines)
        {
            found = [];
            return false;
        }

        int n = Coincidence.Find(rows.Words, columnTrains.AsSpan(0, active * planes), planes, ref row, meetings);
        Span<Coincidence.Meeting> some = meetings.AsSpan(0, n);
        foreach (ref Coincidence.Meeting meeting in some)
        {
            meeting = meeting with { Column = columnOf[meeting.Column] };
        }

        found = some;
        return true;
    }
}
