namespace Crosspoint.Kernels;

/// <summary>Goes through the cross-points of an array that see a coincidence, row by row, columns ascending, a batch of rows at a time.</summary>
/// <remarks>Lines without a pulse are left out first, so that thin trains cost one test for each pulsing row and sixteen pulsing columns.</remarks>
public sealed class MeetingFinder
{
    private const int Batch = 4096;
    private readonly Coincidence.Meeting[] meetings;
    private readonly int[] rowOf;
    private readonly int[] columnOf;
    private uint[] rowTrains;
    private uint[] columnTrains;
    private int rows;
    private int planes;
    private int active;
    private int row;

    /// <summary>Makes room for an array.</summary>
    /// <param name="rows">Input lines, at least 1.</param>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public MeetingFinder(int rows, int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(rows), 1, rows);
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        rowOf = new int[rows];
        rowTrains = new uint[LineTrains.CompactLength(rows, 1)];
        columnOf = new int[columns];
        columnTrains = new uint[LineTrains.CompactLength(columns, 1)];
        meetings = new Coincidence.Meeting[Math.Max(Batch, columnTrains.Length)];
    }

    /// <summary>Starts with the trains of one update.</summary>
    /// <param name="rows">Trains of the input lines.</param>
    /// <param name="columns">Trains of the output lines, in the same slots.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Begin(LineTrains rows, LineTrains columns)
    {
        ThrowHelper.RequireLength(nameof(rows), rowOf.Length, rows.Lines);
        ThrowHelper.RequireLength(nameof(columns), columnOf.Length, columns.Lines);
        ThrowHelper.RequireLength(nameof(columns), rows.Planes, columns.Planes);
        planes = columns.Planes;
        Grow(ref columnTrains, LineTrains.CompactLength(columns.Lines, planes));
        Grow(ref rowTrains, LineTrains.CompactLength(rows.Lines, planes));
        active = columns.Compact(columnOf, columnTrains);
        this.rows = active > 0 ? rows.Compact(rowOf, rowTrains) : 0;
        row = 0;
    }

    /// <summary>Lists the meetings of the next rows.</summary>
    /// <param name="found">Receives the meetings; valid until the next call.</param>
    /// <returns>Whether there were rows left to look at.</returns>
    public bool Next(out ReadOnlySpan<Coincidence.Meeting> found)
    {
        if (row >= rows)
        {
            found = [];
            return false;
        }

        int n = Coincidence.Find(rowTrains.AsSpan(0, rows * planes), columnTrains.AsSpan(0, active * planes), planes, ref row, meetings);
        Span<Coincidence.Meeting> some = meetings.AsSpan(0, n);
        foreach (ref Coincidence.Meeting meeting in some)
        {
            meeting = new Coincidence.Meeting(rowOf[meeting.Row], columnOf[meeting.Column], meeting.Count);
        }

        found = some;
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
