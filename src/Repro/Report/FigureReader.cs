using System.Text.Json;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Report;

/// <summary>Makes figures out of stored results: those that this version knows with their claims, any other as it is.</summary>
/// <param name="experiments">The figures that this version knows.</param>
/// <param name="root">The folder of all results.</param>
internal sealed class FigureReader(IReadOnlyList<IExperiment> experiments, string root)
{
    /// <summary>Reads one variant.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="files">Its results, at least one, all of one figure.</param>
    public FigureReport Read(string folder, IReadOnlyList<StoredFile> files)
    {
        string id = files[0].Experiment;
        string variant = Variant(folder, id);
        IExperiment? known = experiments.FirstOrDefault(experiment => experiment.Id() == id);
        if (known is null)
        {
            StoredFile[] all = [.. files.OrderBy(file => file.Point, PointOrder.Instance).ThenBy(file => file.Seed)];
            (string? description, string? title) = Described(folder);
            return Of(new StoredExperiment(id, title, all), false, variant, all, 0, false, null, [], false) with { Description = description };
        }

        Profile profile = files.Any(file => file.IsFull) ? Profile.Full : Profile.Quick;
        RunPlan plan = new(known, new RunRequest { Profile = profile, Out = root }, ExperimentData.Papers(known));
        Point[] order = [.. plan.AllPoints];
        StoredFile[] sorted = [.. files.OrderBy(file => Place(order, file.Point)).ThenBy(file => file.Point, PointOrder.Instance).ThenBy(file => file.Seed)];
        bool keyed = Path.GetFullPath(folder) == Path.GetFullPath(plan.Folder);
        StoredFile[] current = keyed ? [.. sorted.Where(file => order.Contains(file.Point) && Own(plan, order, file).Key == file.Key)] : sorted;
        bool older = current.Length == 0;
        StoredFile[] shown = older ? sorted : current;
        bool judged = keyed && !older && Completeness.IsJudged(plan, [.. shown.Select(file => new StoredRun(file.Run, file.Result))]);
        return Of(known, true, variant, shown, sorted.Length - shown.Length, older, keyed ? plan.Runs.Count : null, Changed(plan, order, shown), judged);
    }

    private static FigureReport Of(
        IExperiment experiment, bool known, string variant, StoredFile[] files, int leftOut, bool older, int? expected, KeyValuePair<string, object>[] changed, bool judged)
    {
        StoredRun[] runs = [.. files.Select(file => new StoredRun(file.Run, file.Result))];
        IReadOnlyList<Row> rows = Summarizer.Rows(experiment, Summarizer.Metrics(experiment, runs), judged);
        Claim[] unmet = [.. experiment.Claims.Where(claim => judged && !rows.Any(row => row.Claim == claim))];
        Profile profile = files[0].IsFull ? Profile.Full : Profile.Quick;
        Summary summary = new(profile, rows, [.. files.Select(file => (file.Point, file.Seed, file.Result))], string.Empty);
        return new FigureReport(experiment, known, null, variant, files, leftOut, older, expected, changed, rows, unmet, summary);
    }

    // A sweep keeps its description beside its results; one that cannot be read is no reason to leave them out.
    private static (string? Path, string? Title) Described(string folder)
    {
        string path = Path.Combine(folder, FigureFiles.Description);
        try
        {
            using JsonDocument description = JsonDocument.Parse(File.ReadAllBytes(path));
            return (path, description.RootElement.TryGetProperty("title", out JsonElement title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    // What the files have otherwise than the figure would have it at the same points.
    private static KeyValuePair<string, object>[] Changed(RunPlan plan, Point[] order, StoredFile[] files) =>
    [
        .. (from file in files
            where order.Contains(file.Point)
            let own = Own(plan, order, file).Parameters
            from parameter in file.Parameters
            where !own.Has(parameter.Key) || own.All.Any(pair => pair.Key == parameter.Key && Point.Format(pair.Value) != Point.Format(parameter.Value))
            select parameter).DistinctBy(parameter => (parameter.Key, Point.Format(parameter.Value))),
    ];

    // By the figure's own point, whose numbers have the types of its parameters.
    private static PlannedRun Own(RunPlan plan, Point[] order, StoredFile file) => plan.At(order[Place(order, file.Point)], file.Seed);

    private static int Place(Point[] order, Point point) => Array.IndexOf(order, point) is >= 0 and int place ? place : order.Length;

    private string Variant(string folder, string id)
    {
        string relative = Path.GetRelativePath(root, folder).Replace('\\', '/');
        return relative == id ? string.Empty
            : relative.StartsWith(id + "/", StringComparison.Ordinal) ? relative[(id.Length + 1)..]
            : relative;
    }
}
