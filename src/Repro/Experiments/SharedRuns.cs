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

    /// <summary>What the figure keeps of a run that another one has stored; <see langword="null"/> where none has.</summary>
    public StoredResult? Find(PlannedRun run)
    {
        foreach ((RunPlan other, Point point) in others[KeyOf(plan, run.Parameters)])
        {
            PlannedRun there = other.At(point, run.Seed);
            if (RecordsEnough(there.Parameters, run.Parameters) && Stored(there) is { } stored)
            {
                return stored with
                {
                    Result = plan.Experiment.Keep(run.Parameters, stored.Result),
                    Origin = stored.Origin with { TakenFrom = stored.Origin.TakenFrom ?? other.Experiment.Id() },
                };
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

    // All parameters but those that only say what is recorded; paper, training and data are the same anyway.
    private static string KeyOf(RunPlan of, ParameterValues parameters) => string.Join(
        '\n',
        from pair in parameters.All.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        where !of.Experiment.Parameters.First(parameter => parameter.Name == pair.Key).Records
        select $"{pair.Key}={Point.Format(pair.Value)}");

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
