using System.Text.Json;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Watch;

/// <summary>What one process tells of its runs while it works on them: a small file that others read and that goes away with it.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="ProcessId">Number of the process.</param>
/// <param name="Experiment">The figure or sweep.</param>
/// <param name="Folder">The folder of its results, relative to the folder of all results, with slashes.</param>
/// <param name="Total">Runs to compute.</param>
/// <param name="Finished">Those that are finished.</param>
/// <param name="Fraction">Share of the work that is done, in 0..1.</param>
/// <param name="RunsPerMinute">Speed so far, if there is one.</param>
/// <param name="SecondsLeft">Seconds for all the rest at that speed.</param>
/// <param name="Runs">The runs that are being computed.</param>
internal sealed record LiveStatus(
    string Host, int ProcessId, string Experiment, string Folder, int Total, int Finished, double Fraction, double? RunsPerMinute,
    double? SecondsLeft, IReadOnlyList<LiveRun> Runs)
{
    /// <summary>The folder of these files, in the folder of all results.</summary>
    public const string FolderName = ".live";

    /// <summary>What the names of the files end with.</summary>
    public const string Suffix = ".json";

    /// <summary>What the name of the lock ends with that a living process holds.</summary>
    public const string LockSuffix = ".lock";

    private const int MostRuns = 256;
    private const int MostBytes = 4 << 20;

    /// <summary>Takes the state of a process.</summary>
    public static LiveStatus Of(string experiment, string folder, ProgressSnapshot progress) => new(
        Environment.MachineName, Environment.ProcessId, experiment, folder, progress.Total, progress.Finished, progress.Fraction,
        progress.RunsPerMinute, progress.SecondsLeft, [.. progress.Runs.Take(MostRuns).Select(run => LiveRun.Of(run, progress.Elapsed))]);

    /// <summary>The text of the file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LiveJson.Default.LiveStatus);

    /// <summary>Reads a file; <see langword="null"/> where it is gone or is none.</summary>
    public static LiveStatus? TryRead(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes || JsonSerializer.Deserialize(File.ReadAllBytes(path), LiveJson.Default.LiveStatus) is not { } status)
            {
                return null;
            }

            bool whole = status is { Host: not null, Experiment: not null, Folder: not null, Runs: not null } && status.Runs.All(run => run is { IsWhole: true });
            return whole ? status : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
