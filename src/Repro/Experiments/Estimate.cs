using Crosspoint.Repro.Data;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Experiments;

/// <summary>What a plan will take.</summary>
/// <param name="Stored">Runs that are stored, here or in another figure that trains the same.</param>
/// <param name="Missing">Runs that are to be computed.</param>
/// <param name="CoreSeconds">Their time on one core.</param>
/// <param name="LongestSeconds">The time of the longest.</param>
/// <param name="Seconds">Their time on the cores in use.</param>
/// <param name="Bytes">Memory of the process, roughly.</param>
/// <param name="Threads">Runs at a time.</param>
/// <param name="Basis">What the times rest on.</param>
internal sealed record Estimate(
    int Stored, int Missing, double CoreSeconds, double LongestSeconds, double Seconds, long Bytes, int Threads, string Basis)
{
    private const long Runtime = 160L << 20;
    private const long Images = 60L << 20;
    private const long SampleImages = 4L << 20;
    private const long Text = 16L << 20;

    /// <summary>Estimates the share of a plan that was asked for.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="threads">Runs at a time.</param>
    /// <param name="speed">The speed of this machine; finished runs of the plan are a better measure where there are some.</param>
    /// <param name="figures">All figures there are, some of which may have runs of the plan.</param>
    public static Estimate Of(RunPlan plan, int threads, MachineSpeed speed, IEnumerable<IExperiment> figures)
    {
        SharedRuns shared = new(plan, figures);
        List<PlannedRun> missing = [];
        double expected = 0, taken = 0;
        int stored = 0;
        foreach (PlannedRun run in plan.Share)
        {
            if (ResultFile.TryRead(run.ResultPath) is { } result && result.Key == run.Key)
            {
                stored++;
                expected += run.ExpectedSeconds;
                taken += result.Seconds;
            }
            else if (shared.Find(run) is not null)
            {
                stored++;
            }
            else
            {
                missing.Add(run);
            }
        }

        bool isMeasured = expected > 0 && taken > 0;
        double factor = isMeasured ? taken / expected : 1 / speed.Relative;
        string basis = isMeasured
            ? $"from {stored} finished runs"
            : FormattableString.Invariant($"at the measured speed of this machine, {speed.Relative:0.00} of the reference machine");
        return From(plan, missing, stored, threads, factor, basis);
    }

    /// <summary>Estimates all of a plan, whatever is stored.</summary>
    public static Estimate OfAll(RunPlan plan, int threads, MachineSpeed speed) => From(plan, plan.Runs, 0, threads, 1 / speed.Relative, string.Empty);

    private static Estimate From(RunPlan plan, IReadOnlyList<PlannedRun> runs, int stored, int threads, double factor, string basis)
    {
        double total = factor * runs.Sum(run => run.ExpectedSeconds);
        double longest = factor * runs.Select(run => run.ExpectedSeconds).DefaultIfEmpty().Max();
        int workers = Math.Max(Math.Min(threads, runs.Count), 1);
        long largest = runs.Select(run => plan.Experiment.ExpectedBytes(run.Point, run.Parameters)).DefaultIfEmpty().Max();
        long data = plan.Experiment.NeedsMnist ? plan.Data == DataIdentity.MnistSample ? SampleImages : Images : plan.Experiment.NeedsText ? Text : 0;
        return new Estimate(stored, runs.Count, total, longest, Math.Max(longest, total / workers), Runtime + data + (workers * largest), workers, basis);
    }
}
