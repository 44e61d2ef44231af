using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.TensorBoard;

/// <summary>The event files of a figure or sweep, below <c>OUT/tensorboard</c>: a folder for each point and seed.</summary>
/// <param name="root">The folder of all results.</param>
/// <param name="plan">The runs.</param>
internal sealed class EventLogs(string root, RunPlan plan)
{
    /// <summary>The folder of all event files, in the folder of all results.</summary>
    public const string FolderName = "tensorboard";

    private readonly Dictionary<string, EventLog> logs = [];

    /// <summary>The folder of all event files.</summary>
    public string Folder { get; } = Path.Combine(root, FolderName);

    /// <summary>Writes what is new in the curves of the runs that are being computed, and what is missing of those that have ended since.</summary>
    public void Append(ProgressSnapshot progress)
    {
        HashSet<string> computed = [.. progress.Runs.Select(run => run.Run.Key)];
        if (!logs.Keys.All(computed.Contains))
        {
            Complete(StoredRuns.Requested(plan));
        }

        foreach (RunProgress run in progress.Runs.Where(run => run.Curve.Count > 0))
        {
            Log(run.Run).Append(run.Columns, run.Curve);
        }
    }

    /// <summary>Writes what is missing of finished runs, those from before included.</summary>
    /// <exception cref="CommandException">A file cannot be written.</exception>
    public void Complete(IEnumerable<StoredRun> runs)
    {
        foreach (StoredRun stored in runs)
        {
            Log(stored.Run).Complete(stored.Result);
            logs.Remove(stored.Run.Key);
        }
    }

    private EventLog Log(PlannedRun run)
    {
        if (!logs.TryGetValue(run.Key, out EventLog? log))
        {
            string relative = Path.GetRelativePath(root, Path.ChangeExtension(run.ResultPath, null));
            logs[run.Key] = log = new EventLog(Path.Combine(Folder, relative), plan.Experiment.Id(), run);
        }

        return log;
    }
}
