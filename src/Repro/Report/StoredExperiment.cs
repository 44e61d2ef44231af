using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Report;

/// <summary>A figure that this version of the program does not know, such as a sweep of the user's own, from its results alone.</summary>
/// <param name="id">Its name.</param>
/// <param name="title">What it shows; <see langword="null"/> where nothing tells.</param>
/// <param name="files">Its results, at least one.</param>
internal sealed class StoredExperiment(string id, string? title, IReadOnlyList<StoredFile> files) : IExperiment
{
    /// <inheritdoc/>
    public string Paper => id.Split('/', 2)[0];

    /// <inheritdoc/>
    public string Figure => id.Split('/', 2)[^1];

    /// <inheritdoc/>
    public string Title => title ?? "Results without a declaration in this version: no claims, units or sources";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims => [];

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [.. files.Select(file => file.Point).Distinct().Order(PointOrder.Instance)];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => files.GroupBy(file => file.Point).Max(point => point.Count());

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => files.Average(file => file.Seconds);

    /// <inheritdoc/>
    public RunResult Run(RunContext context) =>
        throw new NotSupportedException($"{id}: its results are stored, but this version does not know how to compute them");

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary) => SweepDrawing.Metrics(sheet, summary.Rows);
}
