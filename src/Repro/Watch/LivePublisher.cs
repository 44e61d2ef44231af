using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Watch;

/// <summary>Looks at the progress of a process once a second, from a thread of its own, and tells it to a file and to others.</summary>
/// <remarks>
/// Runs are not disturbed: they hand over their curve and go on; a file that cannot be written is left out, since a result is worth
/// more than the news of it. A living process holds a lock on a second file, which the system takes back however the process ends.
/// Runs of less than a second leave no trace.
/// </remarks>
internal sealed class LivePublisher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly string Prefix = string.Concat(Environment.MachineName.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) + '-';
    private static int count;

    private readonly Lock gate = new();
    private readonly ProgressReporter progress;
    private readonly Action<ProgressSnapshot>[] others;
    private readonly string experiment;
    private readonly string root;
    private readonly string folder;
    private readonly string path;
    private readonly Timer timer;
    private FileStream? alive;
    private byte[] last = [];
    private TimeSpan written;
    private bool ended;

    /// <summary>Begins to look.</summary>
    /// <param name="progress">The progress of the runs.</param>
    /// <param name="experiment">The figure or sweep.</param>
    /// <param name="root">The folder of all results.</param>
    /// <param name="folder">The folder of these results.</param>
    /// <param name="others">Also told once a second, and once more at the end.</param>
    public LivePublisher(ProgressReporter progress, string experiment, string root, string folder, params Action<ProgressSnapshot>[] others)
    {
        this.progress = progress;
        this.experiment = experiment;
        this.root = root;
        this.folder = Path.GetRelativePath(root, folder).Replace('\\', '/');
        this.others = others;
        string name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
        path = Path.Combine(root, LiveStatus.FolderName, name + LiveStatus.Suffix);
        timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Tells the last state to the others and removes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            timer.Dispose();
            ended = true;
            TellOthers(progress.Snapshot());
            if (alive is not null)
            {
                Quietly(() => File.Delete(path));
                alive.Dispose();
                Quietly(() => Directory.Delete(Path.GetDirectoryName(path)!));
            }
        }
    }

    private void Look()
    {
        // Where a slow disk takes longer than a second, the next look is the one that counts.
        if (!gate.TryEnter())
        {
            return;
        }

        try
        {
            ProgressSnapshot now = progress.Snapshot();
            if (!ended && now.Total > 0)
            {
                Quietly(() => Write(now));
                TellOthers(now);
            }
        }
        finally
        {
            gate.Exit();
        }
    }

    private void TellOthers(ProgressSnapshot now)
    {
        foreach (Action<ProgressSnapshot> other in others)
        {
            Quietly(() => other(now));
        }
    }

    private void Write(ProgressSnapshot now)
    {
        alive ??= Begin();
        byte[] json = LiveStatus.Of(experiment, folder, now).ToJson();
        if (json.AsSpan().SequenceEqual(last) && now.Elapsed - written < Heartbeat)
        {
            return;
        }

        // Not flushed to the disk, unlike results: the next second brings a newer one.
        string temporary = path + AtomicFile.TemporarySuffix;
        File.WriteAllBytes(temporary, json);
        File.Move(temporary, path, overwrite: true);
        (last, written) = (json, now.Elapsed);
    }

    private FileStream Begin()
    {
        string live = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        LiveFile.RemoveKilled(root, Prefix);
        return new FileStream(
            Path.Combine(live, Path.GetFileNameWithoutExtension(path) + LiveStatus.LockSuffix),
            FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CommandException)
        {
            // News that cannot be told are no reason to stop a run.
        }
    }
}
