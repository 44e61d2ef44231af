using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Report;

/// <summary>A stored result with all that its file says of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Experiment">The figure that it belongs to, such as <c>babu2017/fig4</c>.</param>
/// <param name="IsFull">Whether it was computed at the paper's scale.</param>
/// <param name="Point">The point of the sweep.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Data">Name and checksums of the data.</param>
/// <param name="Parameters">Every parameter in force.</param>
/// <param name="Key">Hash of all that the result depends on.</param>
/// <param name="Seconds">Seconds of compute.</param>
/// <param name="Origin">Where it was computed.</param>
/// <param name="Date">When it was computed; <see langword="null"/> if it is not stored.</param>
/// <param name="Result">What was computed.</param>
internal sealed record StoredFile(
    string Path,
    string Experiment,
    bool IsFull,
    Point Point,
    ulong Seed,
    string Data,
    IReadOnlyList<KeyValuePair<string, object>> Parameters,
    string Key,
    double Seconds,
    Origin Origin,
    string? Date,
    RunResult Result)
{
    /// <summary>The run as the rest of the program knows it.</summary>
    public PlannedRun Run => new(Point, new ParameterValues(Parameters), Seed, Key, Path, string.Empty, Key, Seconds);
}
