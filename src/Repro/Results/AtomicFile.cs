namespace Crosspoint.Repro.Results;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>What is added to a file's name while it is being written.</summary>
    public const string TemporarySuffix = ".tmp";

    // The number of the process alone would be the same on two machines that share a folder.
    private static readonly string Writer = $"{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk and renames it over <paramref name="path"/>.</summary>
    /// <remarks>The temporary name is another one for each process and machine, so that two of them in one folder do not meet.</remarks>
    /// <exception cref="CommandException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Writer}{TemporarySuffix}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure)
        {
            TryDelete(temporary);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw CommandException.Failure($"{path}: cannot be written ({failure.Message})", failure);
            }

            throw;
        }
    }

    /// <summary>Makes sure that a folder exists and takes new files.</summary>
    /// <exception cref="CommandException">It does not.</exception>
    public static void RequireWritable(string folder)
    {
        string probe = Path.Combine(folder, $".write-test.{Writer}{TemporarySuffix}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"{folder}: results cannot be written there ({failure.Message}); expected a folder that exists or can be made", failure);
        }
    }

    /// <summary>Removes what a process left behind that was killed while it wrote a file; only for who alone may write it.</summary>
    public static void RemoveLeftovers(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Directory.Exists(folder))
        {
            foreach (string temporary in Directory.EnumerateFiles(folder, $"{Path.GetFileName(path)}.*{TemporarySuffix}"))
            {
                TryDelete(temporary);
            }
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
