using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Watch;

/// <summary>A status file of a process, and whether the process lives.</summary>
/// <param name="Path">The file.</param>
/// <param name="Status">What it says.</param>
/// <param name="State">Whether its process is at work.</param>
/// <param name="Written">When it was written.</param>
internal sealed record LiveFile(string Path, LiveStatus Status, LiveState State, DateTime Written)
{
    // Processes write at least every ten seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    /// <summary>The status files in a folder of results, the latest last.</summary>
    public static IReadOnlyList<LiveFile> All(string root)
    {
        string folder = System.IO.Path.Combine(root, LiveStatus.FolderName);
        return Directory.Exists(folder)
            ?
            [
                .. from path in Directory.EnumerateFiles(folder, "*" + LiveStatus.Suffix).Order(StringComparer.Ordinal)
                   let status = LiveStatus.TryRead(path)
                   where status is not null
                   let written = File.GetLastWriteTimeUtc(path)
                   select new LiveFile(path, status, StateOf(path, status, written), written),
            ]
            : [];
    }

    /// <summary>Removes what processes of this machine have left behind that were killed.</summary>
    /// <param name="root">The folder of all results.</param>
    /// <param name="prefix">What the names of the files of this machine begin with.</param>
    public static void RemoveKilled(string root, string prefix)
    {
        string folder = System.IO.Path.Combine(root, LiveStatus.FolderName);
        IEnumerable<string> killed = All(root).Where(file => file.State == LiveState.Killed).Select(file => file.Path);
        IEnumerable<string> before = Directory.EnumerateFiles(folder, prefix + "*" + LiveStatus.LockSuffix).Where(path => !IsHeld(path));
        foreach (string path in killed.Concat(before).ToArray())
        {
            string status = System.IO.Path.ChangeExtension(path, LiveStatus.Suffix);
            File.Delete(status);
            File.Delete(status + AtomicFile.TemporarySuffix);
            File.Delete(LockOf(path));
        }
    }

    // On this machine the lock tells, whatever the clocks do; on another one, locks may not reach.
    private static LiveState StateOf(string path, LiveStatus status, DateTime written) =>
        status.Host == Environment.MachineName ? IsHeld(LockOf(path)) ? LiveState.Working : LiveState.Killed
        : DateTime.UtcNow - written > LongestSilence ? LiveState.Silent : LiveState.Working;

    private static string LockOf(string path) => System.IO.Path.ChangeExtension(path, LiveStatus.LockSuffix);

    private static bool IsHeld(string path)
    {
        try
        {
            using FileStream probe = new(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
