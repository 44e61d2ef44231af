using System.CommandLine;
using System.Diagnostics;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;
using Crosspoint.Repro.TensorBoard;
using Crosspoint.Repro.Watch;

namespace Crosspoint.Repro.Commands;

/// <summary>A verb that plans runs, computes what is missing of them, prints their table and draws them: <c>run</c> and <c>sweep</c>.</summary>
/// <remarks>
/// The table holds the points and seeds that were asked for; <c>summary.csv</c> and the picture hold all that is stored of the variant,
/// so that a run of one point never shrinks them.
/// </remarks>
internal abstract class PlanCommand : Command
{
    private readonly Option<ulong> seed = Commands.Options.Seed("The first seed");
    private readonly Option<int?> seeds = Commands.Options.Whole("--seeds", "N", "Number of seeds a point: S, S + 1, ...", minimum: 1, maximum: 1_000_000);
    private readonly Option<Setting[]> points = Commands.Options.Settings(
        "--points", "NAME=VALUE[,NAME=VALUE...]", "Only the points with these values; several values of one name are alternatives", several: true);
    private readonly Option<int?> threads = Commands.Options.Whole(
        "--threads", "N", "Worker threads, one run each (default: one a core, within Slurm one a core that it gave)", minimum: 1, maximum: 1_024);
    private readonly Option<string> output = Commands.Options.Out();
    private readonly Option<string?> data = Commands.Options.Text("--data", "DIR", $"Folder of the data sets (default: {DataLocator.FolderVariable}, then the cache)");
    private readonly Option<string?> text = Commands.Options.Text("--text", "FILE", "Another text than War and Peace, for what reads one; such results lie apart");
    private readonly Option<Shard?> shard = Commands.Options.Shard();
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Tell runs, what is stored, expected time and memory, and compute nothing" };
    private readonly Option<bool> tensorBoard = Commands.Options.TensorBoard();
    private readonly Option<bool> json = Commands.Options.Json();
    private readonly Option<bool> quiet = new("--quiet") { Description = "No progress on standard error" };

    /// <summary>Makes a verb without options of its own.</summary>
    protected PlanCommand(string name, string description, Host host)
        : base(name, description)
    {
        Host = host;
        SetAction(Run);
    }

    /// <summary>What the verb needs from outside.</summary>
    protected Host Host { get; }

    /// <summary>The plan of a command line, and the data it needs.</summary>
    /// <exception cref="CommandException">The command line asks for something that does not exist or cannot be.</exception>
    public (RunPlan Plan, ExperimentData Data) Plan(ParseResult parsed)
    {
        IExperiment experiment = Experiment(parsed);
        ExperimentData found = ExperimentData.Find(experiment, new DataLocator(parsed.GetValue(data), Host.Variable), parsed.GetValue(text) ?? TextOf(parsed, experiment));
        RunRequest request = Request(parsed, experiment) with
        {
            FirstSeed = parsed.GetValue(seed),
            Seeds = parsed.GetValue(seeds),
            Points = parsed.GetValue(points) ?? [],
            Shard = parsed.GetValue(shard) ?? SlurmTask.Shard(Host.Variable),
            Out = parsed.GetRequiredValue(output),
        };
        return (new RunPlan(experiment, request, found.Identity), found);
    }

    /// <summary>The folder of results that a command line names.</summary>
    public string Output(ParseResult parsed) => parsed.GetRequiredValue(output);

    /// <summary>Adds the options that all such verbs have.</summary>
    protected void AddCommonOptions()
    {
        foreach (Option option in new Option[] { seed, seeds, points, threads, output, data, text, shard, dryRun, tensorBoard, json, quiet })
        {
            Add(option);
        }
    }

    /// <summary>The experiment that a command line asks for.</summary>
    protected abstract IExperiment Experiment(ParseResult parsed);

    /// <summary>Profile and parameters that a command line asks for.</summary>
    protected abstract RunRequest Request(ParseResult parsed, IExperiment experiment);

    /// <summary>The text that the experiment itself names, if any.</summary>
    protected virtual string? TextOf(ParseResult parsed, IExperiment experiment) => null;

    /// <summary>Runs the verb.</summary>
    protected virtual int Run(ParseResult parsed)
    {
        Stopwatch time = Stopwatch.StartNew();
        (RunPlan plan, ExperimentData found) = Plan(parsed);
        int workers = parsed.GetValue(threads) ?? SlurmTask.Cores(Host.Variable);
        if (parsed.GetValue(dryRun))
        {
            EstimateReport.Write(Host.Output, plan, Estimate.Of(plan, workers, MachineSpeed.OfThisMachine(Host), Host.Experiments), parsed.GetValue(json));
            return ExitCodes.Success;
        }

        TextWriter progressLines = parsed.GetValue(quiet) ? TextWriter.Null : Host.Error;
        if (parsed.GetValue(shard) is null && plan.Shard is { } share)
        {
            progressLines.WriteLine($"{plan.Experiment.Id()}: share {share.Index} of {share.Count}, from Slurm's job array (--shard 1/1 computes all)");
        }

        ProgressReporter progress = new(progressLines, Host.ErrorWidth, plan.Experiment.Id());
        EventLogs? events = parsed.GetValue(tensorBoard) ? new EventLogs(Output(parsed), plan) : null;
        int computed;
        using (new LivePublisher(progress, plan.Experiment.Id(), Output(parsed), plan.Folder, snapshot => events?.Append(snapshot)))
        {
            computed = new Runner(plan, found, progress, Host).Run(workers);
        }

        events?.Complete(StoredRuns.Requested(plan));
        RunReport report = Report(plan, computed, time);
        if (parsed.GetValue(json))
        {
            report.WriteJson(Host.Output);
        }
        else
        {
            report.WriteText(Host.Output);
        }

        // A share that happens to end last is no judge of the whole.
        return plan.Shard is null && report.Rows.Any(row => row.Verdict == Verdicts.Outside) ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static RunReport Report(RunPlan plan, int computed, Stopwatch time)
    {
        IReadOnlyList<StoredRun> requested = StoredRuns.Requested(plan);
        bool judged = plan.IsPaperScale && plan.IsComplete && requested.Count == plan.Runs.Count;
        IReadOnlyList<Row> rows = Summarizer.Rows(
            plan.Experiment, Summarizer.Metrics(plan.Experiment, requested), judged);
        IReadOnlyList<string> files = FigureFiles.Write(plan);
        return new RunReport(plan, rows, requested.Count, computed, time.Elapsed.TotalSeconds, files);
    }
}
