namespace Crosspoint.Kernels;

/// <summary>Cross-points that see at least one coincidence, in three lists side by side.</summary>
/// <param name="rows">Input line of each cross-point.</param>
/// <param name="columns">Output line of each cross-point.</param>
/// <param name="counts">Its coincidences, 1..BL.</param>
public readonly ref struct MeetingLists(Span<int> rows, Span<int> columns, Span<int> counts)
{
    /// <summary>Input line of each cross-point.</summary>
    public Span<int> Rows { get; } = rows;

    /// <summary>Output line of each cross-point.</summary>
    public Span<int> Columns { get; } = columns;

    /// <summary>Coincidences of each cross-point, 1..BL.</summary>
    public Span<int> Counts { get; } = counts;

    /// <summary>Length of the lists.</summary>
    public int Length => Rows.Length;

    /// <summary>The first entries of the three lists.</summary>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public MeetingLists First(int length) => new(Rows[..length], Columns[..length], Counts[..length]);
}
