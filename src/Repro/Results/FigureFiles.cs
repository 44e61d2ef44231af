using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Results;

/// <summary>Writes table and picture of all that is stored of one variant of a figure.</summary>
internal static class FigureFiles
{
    /// <summary>Name of the file that describes an experiment that is no paper's figure.</summary>
    public const string Description = "description.json";

    private static readonly TimeSpan WaitForAnother = TimeSpan.FromMilliseconds(20);

    /// <summary>Writes <c>summary.csv</c>, <c>FIGURE.png</c> and <c>FIGURE.svg</c> into the plan's folder; one process after the other.</summary>
    /// <returns>Their paths; the table alone where no run is stored yet.</returns>
    public static IReadOnlyList<string> Write(RunPlan plan)
    {
        using Claims claims = new(plan.ClaimsFolder);
        while (!claims.TryTake(RunKey.OfFolder(plan.Folder)))
        {
            Thread.Sleep(WaitForAnother);
        }

        IReadOnlyList<string> files = [.. WriteDescription(plan), .. WriteAll(plan)];
        foreach (string file in files)
        {
            AtomicFile.RemoveLeftovers(file);
        }

        return files;
    }

    /// <summary>Writes the description of an experiment that has one, unless it is there already.</summary>
    public static IEnumerable<string> WriteDescription(RunPlan plan)
    {
        if (plan.Experiment.Describe() is not { } description)
        {
            return [];
        }

        string path = Path.Combine(plan.Folder, Description);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(description))
        {
            AtomicFile.Write(path, stream => stream.Write(description));
        }

        return [path];
    }

    private static string[] WriteAll(RunPlan plan)
    {
        IReadOnlyList<StoredRun> runs = StoredRuns.All(plan);
        IReadOnlyList<SeedMetric> metrics = Summarizer.Metrics(plan.Experiment, runs);
        string csv = Path.Combine(plan.Folder, "summary.csv");
        SummaryCsv.Write(csv, plan, metrics);
        if (runs.Count == 0)
        {
            return [csv];
        }

        using Sheet sheet = new() { Title = $"{plan.Experiment.Paper}, {plan.Experiment.Figure}: {plan.Experiment.Title}", Note = plan.Note };
        IReadOnlyList<Row> rows = Summarizer.Rows(plan.Experiment, metrics, Completeness.IsJudged(plan, runs));
        plan.Experiment.Draw(sheet, Summarizer.Summary(plan, runs, rows));
        string png = Path.Combine(plan.Folder, plan.Experiment.Figure + ".png");
        string svg = Path.Combine(plan.Folder, plan.Experiment.Figure + ".svg");
        sheet.Save(png, svg);
        return [csv, png, svg];
    }
}
