using System.Globalization;

namespace Crosspoint.Repro.Experiments;

/// <summary>What Slurm tells a task through its environment: its place in a job array, and the cores that it was given.</summary>
internal static class SlurmTask
{
    private const string Job = "SLURM_JOB_ID", CoresOfTask = "SLURM_CPUS_PER_TASK", Prefix = "SLURM_ARRAY_TASK_";

    /// <summary>The share of a task of a job array; <see langword="null"/> outside of one.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="CommandException">The variables contradict each other.</exception>
    public static Shard? Shard(Func<string, string?> variable)
    {
        if (variable(Prefix + "ID") is not { Length: > 0 })
        {
            return null;
        }

        int task = Number(variable, Prefix + "ID", null), count = Number(variable, Prefix + "COUNT", null);
        int first = Number(variable, Prefix + "MIN", null), step = Math.Max(Number(variable, Prefix + "STEP", 1), 1);
        int place = (task - first) / step;
        return place >= 0 && place < count && (task - first) % step == 0
            ? new Shard(place + 1, count)
            : throw CommandException.Usage(
                $"{Prefix}ID={task}: expected one of {count} evenly spaced tasks from {Prefix}MIN={first} on; give the share by --shard I/N");
    }

    /// <summary>Cores to use: those that this process may run on, and within a job no more than its task was given.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static int Cores(Func<string, string?> variable)
    {
        int own = Environment.ProcessorCount;
        return variable(Job) is { Length: > 0 } ? Math.Clamp(Number(variable, CoresOfTask, own), 1, own) : own;
    }

    private static int Number(Func<string, string?> variable, string name, int? usual) =>
        variable(name) is not { Length: > 0 } text ? usual ?? throw CommandException.Usage($"{name} is missing; expected it beside {Prefix}ID; give the share by --shard I/N")
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw CommandException.Usage($"{name}: expected a whole number, got '{text}'");
}
