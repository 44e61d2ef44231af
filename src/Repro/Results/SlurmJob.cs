namespace Crosspoint.Repro.Results;

/// <summary>A job array of Slurm that computes the runs of one command.</summary>
internal sealed record SlurmJob
{
    /// <summary>Name of the job.</summary>
    public required string Name { get; init; }

    /// <summary>The command, without the program.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Folder of the results.</summary>
    public required string Results { get; init; }

    /// <summary>Whether each task has a folder of its own, to be merged.</summary>
    public bool Apart { get; init; }

    /// <summary>Tasks of the array.</summary>
    public required int Tasks { get; init; }

    /// <summary>Cores of a task.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory of a task.</summary>
    public required int Megabytes { get; init; }

    /// <summary>Time limit of a task.</summary>
    public required int Minutes { get; init; }

    /// <summary>Partition; <see langword="null"/> for the cluster's own choice.</summary>
    public string? Partition { get; init; }

    /// <summary>Account; <see langword="null"/> for the user's own.</summary>
    public string? Account { get; init; }

    /// <summary>Folder of scripts and logs.</summary>
    public required string Folder { get; init; }
}
