using System.Text.Json.Nodes;

namespace Crosspoint.Repro.Results;

/// <summary>Joins folders of results: what is the same but for times is taken once, what differs is refused before anything is written.</summary>
internal sealed class ResultMerge
{
    private const string ResultPattern = "seed-*.json";
    private const string StatePattern = "*.state";

    // What the same run may have on another machine: none of them is a result.
    private static readonly string[] NotCompared = ["seconds", "version", "processor", "vectorBits", "takenFrom"];

    private readonly string target;
    private readonly SortedDictionary<string, string> taken = new(StringComparer.Ordinal);

    /// <summary>Compares the folders with each other and with what the target holds already.</summary>
    /// <param name="sources">Folders of results, as <c>--out</c> names them.</param>
    /// <param name="target">The folder to join them in.</param>
    /// <exception cref="CommandException">A folder is not there, a file is no result, or two of them contradict each other.</exception>
    public ResultMerge(IReadOnlyList<string> sources, string target)
    {
        this.target = target;
        foreach (string source in sources.Where(source => Path.GetFullPath(source) != Path.GetFullPath(target)))
        {
            if (!Directory.Exists(source))
            {
                throw CommandException.Usage($"{source}: expected a folder of results, got nothing of that name");
            }

            foreach (string path in Files(source, ResultPattern).Concat(Files(source, FigureFiles.Description)))
            {
                Take(source, path, Compare);
            }

            foreach (string path in Files(source, StatePattern))
            {
                Take(source, path, KeepLonger);
            }
        }
    }

    /// <summary>Results and descriptions found in the target already.</summary>
    public int Known { get; private set; }

    /// <summary>Copies what the target does not have.</summary>
    /// <returns>The relative paths of the results that were copied.</returns>
    public IReadOnlyList<string> Write()
    {
        foreach ((string relative, string source) in taken)
        {
            byte[] bytes = File.ReadAllBytes(source);
            AtomicFile.Write(Path.Combine(target, relative), stream => stream.Write(bytes));
        }

        return [.. taken.Keys.Where(path => Path.GetFileName(path).StartsWith("seed-", StringComparison.Ordinal))];
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains(".stale-", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private void Take(string source, string path, Func<string, string, bool> keepsOther)
    {
        string relative = Path.GetRelativePath(source, path);
        string here = Path.Combine(target, relative);
        string? other = taken.TryGetValue(relative, out string? before) ? before : File.Exists(here) ? here : null;
        if (other is null || !keepsOther(other, path))
        {
            _ = other ?? Checked(path);
            taken[relative] = path;
        }
        else if (before is null)
        {
            Known++;
        }
    }

    private static string Checked(string path)
    {
        if (Path.GetFileName(path) != FigureFiles.Description && path.EndsWith(".json", StringComparison.Ordinal))
        {
            ResultFile.TryRead(path);
        }

        return path;
    }

    private static bool Compare(string known, string path)
    {
        JsonNode? a = WithoutTimes(known), b = WithoutTimes(path);
        return JsonNode.DeepEquals(a, b) ? true : throw CommandException.Failure(
            $"{path}: contradicts {known} in {Difference(a, b)}; expected the same result but for times. Nothing was merged");
    }

    // A state of more epochs holds that of fewer.
    private static bool KeepLonger(string known, string path) => new FileInfo(known).Length >= new FileInfo(path).Length;

    private static JsonNode? WithoutTimes(string path)
    {
        Checked(path);
        JsonNode? root = JsonNode.Parse(File.ReadAllBytes(path));
        foreach (string name in NotCompared)
        {
            (root as JsonObject)?.Remove(name);
        }

        return root;
    }

    private static string Difference(JsonNode? a, JsonNode? b) => a is JsonObject left && b is JsonObject right
        ? string.Join(", ", left.Select(field => field.Key).Union(right.Select(field => field.Key))
            .Where(name => !JsonNode.DeepEquals(left[name], right[name])).Select(name => $"'{name}'"))
        : "kind";
}
