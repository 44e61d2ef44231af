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

    /// <summary>Removes the status of a process that has gone, with its lock.</summary>
    public void Remove()
    {
        File.Delete(Path);
        File.Delete(LockOf(Path));
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
