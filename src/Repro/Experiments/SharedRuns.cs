using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Experiments;

/// <summary>Runs of a plan that other figures of the paper have stored, because they train the same: see <see cref="IExperiment.Trains"/>.</summary>
internal sealed class SharedRuns
{
    private readonly RunPlan plan;
    private readonly ILookup<string, (RunPlan Plan, Point Point)> others;

    /// <summary>Finds the points of other figures that train what points of this one train.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="figures">All figures there are.</param>
    public SharedRuns(RunPlan plan, IEnumerable<IExperiment> figures)
    {
        this.plan = plan;
        IExperiment own = plan.Experiment;
        others = (
            from figure in own.Trains is null ? [] : figures
            where figure.Paper == own.Paper && figure.Trains == own.Trains && figure.Figure != own.Figure
            let other = Of(figure)
            where other is not null
            from point in other.AllPoints
            select (Plan: other, Point: point)).ToLookup(pair => KeyOf(pair.Plan, pair.Plan.At(pair.Point, 1).Parameters));
    }

    /// <summary>Whether another figure has a run.</summary>
    public bool Has(PlannedRun run) => Find(run) is not null;

    /// <summary>Stores what another figure has of a run.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool TryTake(PlannedRun run)
    {
        if (Find(run) is not { } stored)
        {
            return false;
        }

        ResultFile.Write(plan, run, plan.Experiment.Keep(run.Parameters, stored.Result), stored.Seconds, stored.Origin);
        return true;
    }

    private StoredResult? Find(PlannedRun run)
    {
        foreach ((RunPlan other, Point point) in others[KeyOf(plan, run.Parameters)])
        {
            PlannedRun there = other.At(point, run.Seed);
            if (RecordsEnough(there.Parameters, run.Parameters) && Stored(there) is { } stored)
            {
                return stored with { Origin = stored.Origin with { TakenFrom = stored.Origin.TakenFrom ?? other.Experiment.Id() } };
            }
        }

        return null;
    }

    // The same request to another figure; there is none where it has no such parameter, or points that set it.
    private RunPlan? Of(IExperiment figure)
    {
        try
        {
            return plan.Of(figure);
        }
        catch (CommandException)
        {
            return null;
        }
    }

    private string KeyOf(RunPlan of, ParameterValues parameters) => RunKey.OfTraining(
        plan.Experiment.Paper,
        plan.Experiment.Trains!,
        new(parameters.All.Where(pair => !of.Experiment.Parameters.First(p => p.Name == pair.Key).Records).OrderBy(pair => pair.Key, StringComparer.Ordinal)),
        plan.Data.Text);

    private bool RecordsEnough(ParameterValues there, ParameterValues here) =>
        plan.Experiment.Parameters.Where(parameter => parameter.Records).All(parameter => there.Flag(parameter.Name) || !here.Flag(parameter.Name));

    // A file that cannot be read is the other figure's to complain of.
    private static StoredResult? Stored(PlannedRun run)
    {
        try
        {
            return ResultFile.TryRead(run.ResultPath) is { } stored && stored.Key == run.Key ? stored : null;
        }
        catch (CommandException)
        {
            return null;
        }
    }
}
