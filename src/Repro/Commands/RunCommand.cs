using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;
using Crosspoint.Repro.TensorBoard;
using Crosspoint.Repro.Watch;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint run</c>: computes what is missing of a figure, prints the table against the paper and draws it.</summary>
/// <remarks>
/// The table holds the points and seeds that were asked for; <c>summary.csv</c> and the picture hold all that is stored of the variant,
/// so that a run of one point never shrinks them.
/// </remarks>
internal sealed class RunCommand
{
    private const string EpochsParameter = "epochs";

    private readonly Argument<string> figure = new("PAPER/FIGURE") { Description = "a figure, as crosspoint list names it" };
    private readonly Option<Profile> profile = Options.Profile();
    private readonly Option<ulong> seed = Options.Seed("The first seed");
    private readonly Option<int?> seeds = Options.Whole("--seeds", "N", "Number of seeds a point: S, S + 1, ...", minimum: 1, maximum: 1_000_000);
    private readonly Option<Setting[]> points = Options.Settings(
        "--points", "NAME=VALUE[,NAME=VALUE...]", "Only the points with these values; several values of one name are alternatives", several: true);
    private readonly Option<Setting[]> settings = Options.Settings(
        "--set", "NAME=VALUE", "Change a parameter; such results lie apart and are not held against the paper", several: false);
    private readonly Option<int?> epochs = Options.Whole("--epochs", "N", "The same as --set epochs=N", minimum: 1);
    private readonly Option<string?> device = Options.Text(
        "--device", "NAME|FILE", "A preset instead of the paper's device, for figures that run on any; such results lie apart");
    private readonly Option<int?> threads = Options.Whole("--threads", "N", "Worker threads, one run each (default: one a core)", minimum: 1, maximum: 1_024);
    private readonly Option<string> output = Options.Out();
    private readonly Option<string?> data = Options.Text("--data", "DIR", $"Folder of the data sets (default: {DataLocator.FolderVariable}, then the cache)");
    private readonly Option<string?> text = Options.Text("--text", "FILE", "Another text than War and Peace, for figures that read one; such results lie apart");
    private readonly Option<Shard?> shard = Options.Shard();
    private readonly Option<bool> tensorBoard = Options.TensorBoard();
    private readonly Option<bool> json = Options.Json();
    private readonly Option<bool> quiet = new("--quiet") { Description = "No progress on standard error" };
    private readonly Host host;

    private RunCommand(Host host) => this.host = host;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        RunCommand run = new(host);
        Command command = new("run", "Runs what is missing of a figure, then prints the table against the paper and draws it")
        {
            run.figure, run.profile, run.seed, run.seeds, run.points, run.settings, run.epochs, run.device,
            run.threads, run.output, run.data, run.text, run.shard, run.tensorBoard, run.json, run.quiet,
        };
        command.SetAction(run.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Stopwatch time = Stopwatch.StartNew();
        IExperiment experiment = Catalogue.Find(host.Experiments, parsed.GetRequiredValue(figure));
        ExperimentData found = ExperimentData.Find(experiment, new DataLocator(parsed.GetValue(data), host.Variable), parsed.GetValue(text));
        RunPlan plan = new(experiment, Request(parsed, experiment), found.Identity);
        TextWriter progressLines = parsed.GetValue(quiet) ? TextWriter.Null : host.Error;
        ProgressReporter progress = new(progressLines, host.ErrorWidth, experiment.Id());
        string root = parsed.GetRequiredValue(output);
        EventLogs? events = parsed.GetValue(tensorBoard) ? new EventLogs(root, plan) : null;
        int computed;
        using (new LivePublisher(progress, experiment.Id(), root, plan.Folder, snapshot => events?.Append(snapshot)))
        {
            computed = new Runner(plan, found, progress, host).Run(parsed.GetValue(threads) ?? Environment.ProcessorCount);
        }

        events?.Complete(StoredRuns.Requested(plan));
        RunReport report = Report(plan, computed, time);
        if (parsed.GetValue(json))
        {
            report.WriteJson(host.Output);
        }
        else
        {
            report.WriteText(host.Output);
        }

        return report.Rows.Any(row => row.Verdict == Verdicts.Outside) ? ExitCodes.Failure : ExitCodes.Success;
    }

    private RunRequest Request(ParseResult parsed, IExperiment experiment)
    {
        List<Setting> changed = [.. parsed.GetValue(settings) ?? []];
        if (parsed.GetValue(epochs) is { } count)
        {
            changed.Add(new Setting(EpochsParameter, count.ToString(CultureInfo.InvariantCulture)));
        }

        if (parsed.GetValue(device) is { } preset)
        {
            if (experiment.Parameters.All(parameter => parameter.Name != DeviceParameter.Name))
            {
                throw CommandException.Usage($"--device: {experiment.Id()} runs on the device of its paper alone");
            }

            changed.Add(new Setting(DeviceParameter.Name, DeviceParameter.Encode(DeviceFinder.Find(host, preset))));
        }

        if (changed.GroupBy(setting => setting.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw CommandException.Usage($"{experiment.Id()}: parameter {twice.Key} is set twice; expected one value");
        }

        return new RunRequest
        {
            Profile = parsed.GetValue(profile),
            FirstSeed = parsed.GetValue(seed),
            Seeds = parsed.GetValue(seeds),
            Points = parsed.GetValue(points) ?? [],
            Settings = changed,
            Shard = parsed.GetValue(shard),
            Out = parsed.GetRequiredValue(output),
        };
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
