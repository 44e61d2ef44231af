using System.Text;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>The tidy table of a figure: one row a point, metric and seed.</summary>
internal static class SummaryCsv
{
    /// <summary>Writes the table, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The plan, for the head of the file.</param>
    /// <param name="metrics">Metrics of all seeds.</param>
    public static void Write(string path, RunPlan plan, IReadOnlyList<SeedMetric> metrics)
    {
        string[] names = [.. metrics.SelectMany(metric => metric.Metric.At.Coordinates).Select(coordinate => coordinate.Name).Distinct()];
        StringBuilder text = new();
        AppendHead(text, plan, metrics);
        text.AppendJoin(',', names.Select(name => Quote(Header(plan.Experiment, name))).Concat(["metric", "seed", "value"])).Append('\n');
        foreach (SeedMetric metric in metrics)
        {
            IEnumerable<string> coordinates = names.Select(name => metric.Metric.At[name] is { } value ? Quote(Point.Format(value)) : string.Empty);
            text.AppendJoin(',', [.. coordinates, Quote(metric.Metric.Name), $"{metric.Seed}", Point.Format(metric.Metric.Value)]).Append('\n');
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    private static void AppendHead(StringBuilder text, RunPlan plan, IReadOnlyList<SeedMetric> metrics)
    {
        text.Append("# ").Append(plan.Experiment.Id()).Append(": ").Append(plan.Experiment.Title).Append('\n');
        text.Append("# profile: ").Append(plan.Profile == Profile.Quick ? "quick" : "full").Append('\n');
        text.Append("# seeds: ").AppendJoin(' ', metrics.Select(metric => metric.Seed).Distinct().Order()).Append('\n');
        text.Append("# data: ").Append(plan.Data.Text).Append('\n');
        foreach ((Parameter parameter, object value) in plan.CommonParameters())
        {
            string unit = parameter.Unit == "1" ? string.Empty : " " + parameter.Unit;
            text.Append($"# {parameter.Name}: {Point.Format(value)}{unit} ({parameter.Source.ReplaceLineEndings(" ")})\n");
        }

        text.Append("# crosspoint version: ").Append(BuildInfo.Version).Append('\n');
    }

    private static string Header(IExperiment experiment, string name) =>
        experiment.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { Unit: not "1" } parameter
            ? $"{name} [{parameter.Unit}]"
            : name;

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
