using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Whether stored runs can be held against the paper.</summary>
internal static class Completeness
{
    /// <summary>True at the paper's scale, with every point and at least as many seeds a point as the figure asks for.</summary>
    public static bool IsJudged(RunPlan plan, IReadOnlyList<StoredRun> runs)
    {
        if (!plan.IsPaperScale)
        {
            return false;
        }

        Dictionary<Point, int> seeds = runs.CountBy(run => run.Run.Point).ToDictionary();
        return plan.AllPoints.All(point => seeds.GetValueOrDefault(point) >= plan.Experiment.Seeds(plan.Profile, point));
    }
}
