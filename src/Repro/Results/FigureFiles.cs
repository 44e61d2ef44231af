using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Results;

/// <summary>Writes table and picture of all that is stored of one variant of a figure.</summary>
internal static class FigureFiles
{
    /// <summary>Writes <c>summary.csv</c>, <c>FIGURE.png</c> and <c>FIGURE.svg</c> into the plan's folder.</summary>
    /// <returns>Their paths; the table alone where no run is stored yet.</returns>
    public static IReadOnlyList<string> Write(RunPlan plan)
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
