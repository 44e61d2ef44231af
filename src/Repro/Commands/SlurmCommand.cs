using System.CommandLine;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint slurm</c>: scripts that run a figure or a sweep as a job array of Slurm, and then report.</summary>
internal sealed class SlurmCommand
{
    private const string Verb = "slurm";
    private const string OutOption = "--out";
    private const int MostTasks = 1000;
    private const int UsualCores = 4;
    private const double SecondsOfTask = 3600;
    private static readonly string[] Planned = ["run", "sweep"];

    private readonly Argument<string[]> command = new("RUN...") { Description = "the command to run: run PAPER/FIGURE or sweep FILE.json, with its options", Arity = ArgumentArity.OneOrMore };
    private readonly Option<int?> tasks = Options.Whole("--tasks", "N", "Tasks of the array (default: so many that each takes about an hour)", 1, MostTasks);
    private readonly Option<int?> cores = Options.Whole("--cores", "N", $"Cores of a task (default: {UsualCores}, or fewer where a task has fewer runs)", 1, 1024);
    private readonly Option<int?> memory = Options.Whole("--memory", "MB", "Memory of a task (default: twice the estimate)", 1);
    private readonly Option<int?> minutes = Options.Whole("--time", "MINUTES", "Time limit of a task (default: twice the estimate and ten minutes; a task that needs longer goes on)", 1);
    private readonly Option<string?> partition = Options.Name("--partition", "NAME", "Partition of the cluster");
    private readonly Option<string?> account = Options.Name("--account", "NAME", "Account to charge");
    private readonly Option<bool> apart = new("--apart") { Description = "A folder for each task, merged at the end: for file systems without locks" };
    private readonly Option<string?> folder = Options.Text("--scripts", "DIR", "Folder of the scripts and logs (default: slurm)");
    private readonly Host host;

    private SlurmCommand(Host host) => this.host = host;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        SlurmCommand slurm = new(host);
        Command command = new(Verb, "Writes scripts that run a figure or a sweep as a job array of Slurm, then merge and report")
        {
            slurm.command, slurm.tasks, slurm.cores, slurm.memory, slurm.minutes, slurm.partition, slurm.account, slurm.apart, slurm.folder,
        };
        command.SetAction(slurm.Run);
        return command;
    }

    /// <summary>Keeps the options of the planned command from being taken for this verb's own.</summary>
    public static string[] Separate(string[] args)
    {
        int at = args.Length > 0 && args[0] == Verb && !args.Contains("--") ? Array.FindIndex(args, 1, Planned.Contains) : -1;
        return at < 0 ? args : [.. args[..at], "--", .. args[at..]];
    }

    private int Run(ParseResult parsed)
    {
        string[] planned = parsed.GetRequiredValue(command);
        ParseResult inner = CommandLine.Root(host).Parse(planned);
        if (inner.CommandResult.Command is not PlanCommand verb)
        {
            throw CommandException.Usage($"'{planned[0]}': expected {string.Join(" or ", Planned)} and its options");
        }

        if (inner.Action is { ClearsParseErrors: true })
        {
            return CommandLine.Invoke(inner, host); // its help, in place of scripts
        }

        if (CommandLine.Problem(inner) is { } problem)
        {
            throw CommandException.Usage($"{problem}; see {CommandLine.Path(verb)} --help");
        }

        (RunPlan plan, _) = verb.Plan(inner);
        if (plan.Shard is not null || planned.Contains("--dry-run"))
        {
            throw CommandException.Usage("--shard, --dry-run: expected a command without them, as every task of the array takes its own share");
        }

        SlurmJob job = Job(parsed, plan, planned, verb.Output(inner));
        IReadOnlyList<string> files = SlurmScripts.Write(job);
        host.Output.WriteLine($"{plan.Experiment.Id()}: {plan.Runs.Count} runs in {job.Tasks} tasks of {job.Cores} cores, {job.Megabytes} MB and {job.Minutes} min each");
        host.Output.WriteLine("Written: " + string.Join(", ", files));
        host.Output.WriteLine($"Next: sh {files[^1]}");
        return ExitCodes.Success;
    }

    // The scripts say where results go, each task perhaps to a folder of its own.
    private static string[] WithoutOut(string[] planned)
    {
        List<string> kept = [];
        for (int k = 0; k < planned.Length; k++)
        {
            if (planned[k] == OutOption)
            {
                k++;
            }
            else if (!planned[k].StartsWith(OutOption + "=", StringComparison.Ordinal))
            {
                kept.Add(planned[k]);
            }
        }

        return [.. kept];
    }

    private SlurmJob Job(ParseResult parsed, RunPlan plan, string[] planned, string results)
    {
        MachineSpeed speed = MachineSpeed.OfThisMachine(host);
        Estimate one = Estimate.Of(plan, 1, speed, host.Experiments);
        int runs = Math.Max(one.Missing, 1);
        int array = parsed.GetValue(tasks) ?? (int)Math.Clamp(Math.Ceiling(one.CoreSeconds / SecondsOfTask / UsualCores), 1, Math.Min(runs, MostTasks));
        int ofTask = Math.Max((runs + array - 1) / array, 1);
        int width = parsed.GetValue(cores) ?? Math.Min(UsualCores, ofTask);
        double seconds = Math.Max(one.LongestSeconds, one.CoreSeconds / array / Math.Min(width, ofTask));
        long bytes = Estimate.Of(plan, width, speed, host.Experiments).Bytes;
        return new SlurmJob
        {
            Name = plan.Experiment.Id().Replace('/', '-'),
            Command = WithoutOut(planned),
            Results = results,
            Apart = parsed.GetValue(apart),
            Tasks = array,
            Cores = width,
            Megabytes = parsed.GetValue(memory) ?? (int)Math.Ceiling(2 * bytes / 1048576.0),
            Minutes = parsed.GetValue(minutes) ?? (int)Math.Ceiling(10 + (2 * seconds / 60)),
            Partition = parsed.GetValue(partition),
            Account = parsed.GetValue(account),
            Folder = parsed.GetValue(folder) ?? Verb,
        };
    }
}
