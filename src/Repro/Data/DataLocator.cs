namespace Crosspoint.Repro.Data;

/// <summary>Looks for data sets: in <c>--data</c>, then in <c>CROSSPOINT_DATA</c>, then in the user's cache folder.</summary>
internal sealed class DataLocator
{
    /// <summary>Names a folder of data sets.</summary>
    public const string FolderVariable = "CROSSPOINT_DATA";

    private readonly string? chosen;
    private readonly string? fromEnvironment;

    /// <summary>Knows where to look.</summary>
    /// <param name="chosen">The folder of <c>--data</c>, if given; then data must be there.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public DataLocator(string? chosen, Func<string, string?> variable)
    {
        this.chosen = chosen;
        fromEnvironment = variable(FolderVariable) is { Length: > 0 } folder ? folder : null;
        CacheFolder = FindCacheFolder(variable);
    }

    /// <summary>The folder into which data sets are fetched.</summary>
    public string CacheFolder { get; }

    /// <summary>Finds the files of a data set: in a folder of its name, or directly.</summary>
    /// <returns>Where it is; <see langword="null"/> if it is nowhere.</returns>
    /// <exception cref="CommandException">A folder holds only some of its files, or the chosen folder holds none.</exception>
    public LocatedData? Find(DataSet set)
    {
        if (chosen is not null)
        {
            return FindBelow(chosen, set) ?? throw CommandException.Failure(
                $"{chosen}: {set.Name} is not there; expected {set.Files[0].Name}, plain or with .gz, in it or in its folder {set.Name}");
        }

        return (fromEnvironment is null ? null : FindBelow(fromEnvironment, set)) ?? FindBelow(CacheFolder, set);
    }

    private static LocatedData? FindBelow(string root, DataSet set) =>
        FindIn(Path.Combine(root, set.Name), set) ?? FindIn(root, set);

    private static LocatedData? FindIn(string folder, DataSet set)
    {
        string?[] paths = [.. set.Files.Select(file => file.PathIn(folder))];
        if (paths.All(path => path is null))
        {
            return null;
        }

        int missing = Array.IndexOf(paths, null);
        return missing < 0
            ? new LocatedData(set, folder, paths!)
            : throw CommandException.Failure(
                $"{folder}: {set.Files[missing].Name} is missing, plain or with .gz; expected all {set.Files.Count} files of {set.Name}");
    }

    private static string FindCacheFolder(Func<string, string?> variable)
    {
        string root = variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache)
            ? cache
            : OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(root, "crosspoint");
    }
}
