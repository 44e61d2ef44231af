using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Whether stored runs can be held against the paper.</summary>
internal static class Completeness
{
    /// <summary>True at the paper's scale, with every point and at least as many seeds a point as the figure asks for.</summary>
    public static bool IsJudged(RunPlan plan, IReadOnlyList<StoredRun> runs) =>
        plan.IsPaperScale
        && plan.AllPoints.All(point => runs.Count(run => run.Run.Point.Equals(point)) >= plan.Experiment.Seeds(plan.Profile));
}
