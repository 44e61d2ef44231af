namespace Crosspoint.Kernels;

/// <summary>Goes through the cross-points of an array that see a coincidence, row by row, columns ascending, a batch of rows at a time.</summary>
/// <remarks>Lines without a pulse are left out first, so that thin trains cost one test for each pulsing row and sixteen pulsing columns.</remarks>
public sealed class MeetingFinder
{
    private const int Batch = 4096;
    private readonly int[] meetingRows;
    private readonly int[] meetingColumns;
    private readonly int[] meetingCounts;
    private readonly int[] rowOf;
    private readonly int[] columnOf;
    private uint[] rowTrains;
    private uint[] columnTrains;
    private readonly int rows;
    private readonly int columns;
    private int planes;
    private int activeRows; // those that pulse, rounded up to whole vectors
    private int activeColumns;
    private int row;

    /// <summary>Makes room for an array.</summary>
    /// <param name="rows">Input lines, at least 1.</param>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public MeetingFinder(int rows, int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(rows), 1, rows);
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        rowOf = new int[LineTrains.CompactLength(rows, 1)];
        rowTrains = new uint[LineTrains.CompactLength(rows, 1)];
        columnOf = new int[LineTrains.CompactLength(columns, 1)];
        columnTrains = new uint[LineTrains.CompactLength(columns, 1)];
        int room = Math.Max(Batch, columnTrains.Length) + Coincidence.ListMargin;
        meetingRows = new int[room];
        meetingColumns = new int[room];
        meetingCounts = new int[room];
        this.rows = rows;
        this.columns = columns;
    }

    /// <summary>The most meetings that one call of <see cref="Next"/> lists.</summary>
    public int Capacity => meetingRows.Length;

    /// <summary>Starts with the trains of one update.</summary>
    /// <param name="rows">Trains of the input lines.</param>
    /// <param name="columns">Trains of the output lines, in the same slots.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Begin(LineTrains rows, LineTrains columns)
    {
        ThrowHelper.RequireLength(nameof(rows), this.rows, rows.Lines);
        ThrowHelper.RequireLength(nameof(columns), this.columns, columns.Lines);
        ThrowHelper.RequireLength(nameof(columns), rows.Planes, columns.Planes);
        planes = columns.Planes;
        Grow(ref columnTrains, LineTrains.CompactLength(columns.Lines, planes));
        Grow(ref rowTrains, LineTrains.CompactLength(rows.Lines, planes));
        activeColumns = columns.Compact(columnOf, columnTrains);
        activeRows = activeColumns > 0 ? rows.Compact(rowOf, rowTrains) : 0;
        row = 0;
    }

    /// <summary>Lists the meetings of the next rows.</summary>
    /// <param name="found">Receives the meetings; valid until the next call.</param>
    /// <returns>Whether there were rows left to look at.</returns>
    public bool Next(out MeetingLists found)
    {
        MeetingLists all = new(meetingRows, meetingColumns, meetingCounts);
        if (row >= activeRows)
        {
            found = all.First(0);
            return false;
        }

        int n = Coincidence.Find(
            rowTrains.AsSpan(0, activeRows * planes), rowOf.AsSpan(0, activeRows), columnTrains.AsSpan(0, activeColumns * planes),
            columnOf.AsSpan(0, activeColumns), planes, ref row, all);
        found = all.First(n);
        return true;
    }

    private static void Grow(ref uint[] trains, int room)
    {
        if (trains.Length < room)
        {
            trains = new uint[room];
        }
    }
}
