using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Commands;

/// <summary>Tells what a plan will take, as text or as one JSON object.</summary>
internal static class EstimateReport
{
    /// <summary>Writes an estimate.</summary>
    public static void Write(TextWriter output, RunPlan plan, Estimate estimate, bool asJson)
    {
        if (asJson)
        {
            WriteJson(output, plan, estimate);
        }
        else
        {
            WriteText(output, plan, estimate);
        }
    }

    /// <summary>Memory in words.</summary>
    public static string Memory(long bytes) => bytes < 10L << 30
        ? FormattableString.Invariant($"{Math.Ceiling(bytes / 1048576.0 / 10) * 10:0} MB")
        : FormattableString.Invariant($"{bytes / 1073741824.0:0} GB");

    private static void WriteText(TextWriter output, RunPlan plan, Estimate estimate)
    {
        string share = plan.Shard is { } part ? $"; share {part.Index} of {part.Count} of them" : string.Empty;
        output.WriteLine($"{plan.Experiment.Id()}: {plan.Experiment.Title}");
        output.WriteLine($"{plan.Points.Count} points x {plan.SeedsInWords} seeds: {plan.Runs.Count} runs{share}");
        output.WriteLine($"{estimate.Stored} stored, {estimate.Missing} to compute");
        output.WriteLine(
            $"about {Duration.Text(estimate.Seconds)} with {estimate.Threads} at a time ({Duration.Text(estimate.CoreSeconds)} of one core), {estimate.Basis}");
        output.WriteLine($"about {Memory(estimate.Bytes)} of memory");
        output.WriteLine($"results: {plan.Folder}");
    }

    private static void WriteJson(TextWriter output, RunPlan plan, Estimate estimate) => JsonOutput.Write(output, json =>
    {
        json.WriteString("experiment", plan.Experiment.Id());
        json.WriteNumber("points", plan.Points.Count);
        json.WriteNumber("seeds", plan.Seeds);
        json.WriteNumber("runs", plan.Runs.Count);
        json.WriteNumber("stored", estimate.Stored);
        json.WriteNumber("missing", estimate.Missing);
        json.WriteNumber("seconds", Math.Round(estimate.Seconds, 3));
        json.WriteNumber("coreSeconds", Math.Round(estimate.CoreSeconds, 3));
        json.WriteNumber("threads", estimate.Threads);
        json.WriteNumber("bytes", estimate.Bytes);
        json.WriteString("basis", estimate.Basis);
        json.WriteString("folder", plan.Folder);
    });
}
