using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Experiments;

/// <summary>Turns stored runs into rows: one for each metric at each point, over seeds.</summary>
internal static class Summarizer
{
    /// <summary>Every metric of every seed: those of the runs in the order of the sweep, then those derived from several points.</summary>
    public static IReadOnlyList<SeedMetric> Metrics(IExperiment experiment, IReadOnlyList<StoredRun> runs)
    {
        List<SeedMetric> own =
        [
            .. from run in runs
               from metric in run.Result.Metrics
               select new SeedMetric(run.Run.Seed, metric with { At = run.Run.Point.With(metric.At) }),
        ];
        IEnumerable<SeedMetric> derived =
            from seed in own.GroupBy(metric => metric.Seed).OrderBy(ofSeed => ofSeed.Key)
            from metric in experiment.Derive([.. seed.Select(metric => metric.Metric)])
            select new SeedMetric(seed.Key, metric);
        return [.. own, .. derived];
    }

    /// <summary>The rows of a table.</summary>
    /// <param name="experiment">The figure with its claims.</param>
    /// <param name="metrics">Metrics of all seeds.</param>
    /// <param name="judged">Whether they can be held against the paper.</param>
    public static IReadOnlyList<Row> Rows(IExperiment experiment, IEnumerable<SeedMetric> metrics, bool judged) =>
    [
        .. from metric in metrics
           group metric.Metric.Value by (metric.Metric.At, metric.Metric.Name) into values
           select RowOf(values.Key.At, values.Key.Name, [.. values], experiment, judged),
    ];

    /// <summary>All that a picture is drawn from.</summary>
    public static Summary Summary(RunPlan plan, IReadOnlyList<StoredRun> runs, IReadOnlyList<Row> rows) =>
        new(plan.Profile, rows, [.. runs.Select(run => (run.Run.Point, run.Run.Seed, run.Result))], plan.Note);

    private static Row RowOf(Point at, string name, double[] values, IExperiment experiment, bool judged)
    {
        Claim? claim = experiment.Claims.FirstOrDefault(claim => claim.Metric == name && claim.At.Equals(at));
        double mean = values.Average();
        double? interval = values.Length > 1 ? Student.Quantile95(values.Length - 1) * StandardError(values, mean) : null;
        return new Row(at, name, values.Length, mean, interval, values.Min(), values.Max(), claim, Verdicts.Of(mean, claim, judged));
    }

    private static double StandardError(double[] values, double mean) =>
        Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
}
