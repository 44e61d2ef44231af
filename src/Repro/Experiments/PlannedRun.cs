namespace Crosspoint.Repro.Experiments;

/// <summary>One run of a plan: a point, its parameters and a seed.</summary>
/// <param name="Point">The point of the sweep.</param>
/// <param name="Parameters">Every parameter in force.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Key">Hash of all that the result depends on.</param>
/// <param name="ResultPath">The file of the result.</param>
/// <param name="CheckpointPath">The file of the run's state: beside its result, or shared with longer runs of the same parameters.</param>
/// <param name="CheckpointKey">Hash of all that the state depends on.</param>
/// <param name="ExpectedSeconds">Expected time on one core of the reference machine.</param>
internal sealed record PlannedRun(
    Point Point, ParameterValues Parameters, ulong Seed, string Key, string ResultPath, string CheckpointPath, string CheckpointKey, double ExpectedSeconds)
{
    /// <summary>How the run is named in progress and errors.</summary>
    public override string ToString() => $"{Point} seed {Seed}";
}
