using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>The stored full results of one figure, held against the paper.</summary>
/// <param name="Experiment">The figure.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Stored">Runs that are stored.</param>
/// <param name="Expected">Runs that the figure asks for.</param>
/// <param name="IsComplete">Whether every point has enough seeds.</param>
internal sealed record CheckedFigure(IExperiment Experiment, IReadOnlyList<Row> Rows, int Stored, int Expected, bool IsComplete)
{
    /// <summary>Claims of the paper that no row answers, where all runs are there.</summary>
    public IEnumerable<Claim> Unmet => Experiment.Claims.Where(claim => IsComplete && !Rows.Any(row => row.Claim == claim));

    /// <summary>Whether no claim is missed.</summary>
    public bool Passed => Rows.All(row => row.Verdict != Verdicts.Outside) && !Unmet.Any();

    /// <summary>Reads what is stored of a figure.</summary>
    public static CheckedFigure Read(IExperiment experiment, string root)
    {
        DataIdentity data = experiment.NeedsText ? DataIdentity.WarAndPeace : experiment.NeedsMnist ? DataIdentity.Mnist : DataIdentity.None;
        RunPlan plan = new(experiment, new RunRequest { Profile = Profile.Full, Out = root }, data);
        IReadOnlyList<StoredRun> runs = StoredRuns.All(plan);
        bool complete = Completeness.IsJudged(plan, runs);
        IReadOnlyList<Row> rows = Summarizer.Rows(experiment, Summarizer.Metrics(experiment, runs), complete);
        return new CheckedFigure(experiment, rows, runs.Count, plan.Runs.Count, complete);
    }
}
