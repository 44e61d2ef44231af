namespace Crosspoint.Repro.Data;

/// <summary>Fetches data sets into the cache folder, whole and checked or not at all.</summary>
internal sealed class DataFetcher
{
    private readonly IReadOnlyList<IDataSource> sources;
    private readonly string cacheFolder;

    /// <summary>Knows sources and destination.</summary>
    public DataFetcher(IReadOnlyList<IDataSource> sources, string cacheFolder)
    {
        this.sources = sources;
        this.cacheFolder = cacheFolder;
    }

    /// <summary>Tries one source after the other.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="tell">Told in words what is tried.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The folder of the files.</returns>
    /// <exception cref="CommandException">No source has it.</exception>
    public string Fetch(DataSet set, Action<string> tell, CancellationToken cancellation)
    {
        List<string> failures = [];
        foreach (IDataSource source in sources.Where(source => source.Offers(set)))
        {
            cancellation.ThrowIfCancellationRequested();
            tell($"{set.Name}: fetching from {source.Name}");
            try
            {
                return FetchFrom(source, set, cancellation);
            }
            catch (Exception failure) when (failure is CommandException or IOException or UnauthorizedAccessException or InvalidDataException
                || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                failures.Add($"{source.Name}: {failure.Message}");
            }
        }

        string reasons = failures.Count == 0 ? "no public source of it is known" : string.Join("; ", failures);
        string files = string.Join(", ", set.Files.Select(file => file.Name));
        throw CommandException.Failure(
            $"{set.Name}: cannot be fetched ({reasons}); put {files} into {Path.Combine(cacheFolder, set.Name)} or name their folder with --data or {DataLocator.FolderVariable}");
    }

    private string FetchFrom(IDataSource source, DataSet set, CancellationToken cancellation)
    {
        string folder = Path.Combine(cacheFolder, set.Name);
        string temporary = Path.Combine(cacheFolder, $".{set.Name}-{Environment.ProcessId}.tmp");
        Directory.CreateDirectory(temporary);
        try
        {
            source.Fetch(set, temporary, cancellation);
            foreach (DataFile file in set.Files)
            {
                file.Read(Path.Combine(temporary, file.Name));
            }

            // An incomplete or wrong copy makes room; a folder is renamed at once.
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Move(temporary, folder);
            return folder;
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
