using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Reads the stored results of a plan.</summary>
internal static class StoredRuns
{
    /// <summary>What is stored of the runs that were asked for.</summary>
    public static IReadOnlyList<StoredRun> Requested(RunPlan plan) => Read(plan.Runs);

    /// <summary>What is stored of the plan's variant: every point of its profile, every seed.</summary>
    public static IReadOnlyList<StoredRun> All(RunPlan plan) => Read(
        from point in plan.AllPoints
        from seed in ResultLayout.StoredSeeds(plan.Folder, point)
        select plan.At(point, seed));

    private static StoredRun[] Read(IEnumerable<PlannedRun> runs) =>
    [
        .. from run in runs
           let stored = ResultFile.TryRead(run.ResultPath)
           where stored?.Key == run.Key
           select new StoredRun(run, stored.Result),
    ];
}
