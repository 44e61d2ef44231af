using Crosspoint.Repro.Report;

namespace Crosspoint.Repro.Watch;

/// <summary>Reads what goes on in a folder of results: the processes at work there, and the runs that ended last.</summary>
internal sealed class WatchedFolder
{
    private const int MostFinished = 8;
    private const int ParentsOfVariant = 3;
    private static readonly TimeSpan ListingInterval = TimeSpan.FromSeconds(5);

    private readonly string folder;
    private readonly string root;
    private readonly Dictionary<string, (DateTime Written, StoredFile? File)> read = [];
    private long listedAt;
    private (int Count, string[] Latest) listing;

    /// <summary>Takes a folder of all results, or that of one paper or figure in it.</summary>
    /// <exception cref="CommandException">It does not exist.</exception>
    public WatchedFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw CommandException.Failure($"{folder}: expected a folder of results, as --out of crosspoint run names it");
        }

        this.folder = Path.GetFullPath(folder);
        root = Root(this.folder);
    }

    /// <summary>The processes that work or worked below the folder.</summary>
    public IReadOnlyList<LiveFile> Processes() =>
        [.. LiveFile.All(root).Where(file => IsBelow(Path.GetFullPath(Path.Combine(root, file.Status.Folder))))];

    /// <summary>How many results are stored, and the latest of them, the newest first.</summary>
    public (int Count, IReadOnlyList<StoredFile> Latest) Finished()
    {
        if (listing.Latest is null || TimeProvider.System.GetElapsedTime(listedAt) > ListingInterval)
        {
            string[] all = [.. StoredFileReader.Files(folder)];
            listing = (all.Length, [.. all.OrderByDescending(File.GetLastWriteTimeUtc).Take(MostFinished)]);
            listedAt = TimeProvider.System.GetTimestamp();
        }

        return (listing.Count, [.. listing.Latest.Select(Read).OfType<StoredFile>()]);
    }

    private StoredFile? Read(string path)
    {
        DateTime written = File.GetLastWriteTimeUtc(path);
        if (!read.TryGetValue(path, out (DateTime Written, StoredFile? File) known) || known.Written != written)
        {
            known = (written, StoredFileReader.Read(path).File);
            read[path] = known;
        }

        return known.File;
    }

    private bool IsBelow(string other) => other == folder || other.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || folder.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Root(string folder)
    {
        string? at = folder;
        for (int parents = 0; parents <= ParentsOfVariant && at is not null; parents++, at = Path.GetDirectoryName(at))
        {
            if (Directory.Exists(Path.Combine(at, LiveStatus.FolderName)))
            {
                return at;
            }
        }

        return folder;
    }
}
