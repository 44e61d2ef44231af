using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>Figure 4: best test accuracy of the memristive network, BL = 10, against the programming noise.</summary>
internal sealed class Fig4 : IExperiment
{
    private const string Drop = "drop_points";
    private const string SmallestDrop = "smallest_drop_points";

    /// <inheritdoc/>
    public string Paper => "babu2017";

    /// <inheritdoc/>
    public string Figure => "fig4";

    /// <inheritdoc/>
    public string Title => "Accuracy of the memristive network against programming noise, BL = 10";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => BabuNetwork.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(At(0.1), BabuNetwork.Accuracy, 95.31, 94.31, 96.31, "Sec. III: 95.31 at sigma = 0.1 B; reset and weight range are not in the paper, hence 1 point"),
        new(Between(0.1, 0.3), Drop, 0, -0.5, 0.5, "Sec. III: negligible drop up to sigma = 0.3 B"),
        new(Between(0.3, 1), Drop, null, 0.5, 100, "Sec. III: the accuracy falls fast beyond about B/3"),
        new(Between(0.3, 2), SmallestDrop, null, -0.15, 100, "Fig. 4: a monotone fall, from each noise to the next; 0.15 for the scatter of a seed"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => true;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["epochs"] = 12, ["halveEvery"] = 4 };

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from sigma in profile == Profile.Full ? [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2] : new[] { 0.1, 0.3, 0.5, 1, 1.5 }
           select At(sigma),
    ];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => profile == Profile.Full ? 5 : 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => BabuNetwork.ExpectedSeconds(parameters);

    /// <inheritdoc/>
    public RunResult Run(RunContext context) => new BabuNetwork(context).TrainToResult();

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => Drops(seed).Concat(Fall(seed));

    private static IEnumerable<Metric> Drops(IReadOnlyList<Metric> seed) =>
        from pair in new[] { (Low: 0.1, High: 0.3), (Low: 0.3, High: 1) }
        let low = seed.FirstOrDefault(m => m.Name == BabuNetwork.Accuracy && m.At.Equals(At(pair.Low)))
        let high = seed.FirstOrDefault(m => m.Name == BabuNetwork.Accuracy && m.At.Equals(At(pair.High)))
        where low is not null && high is not null
        select new Metric(Between(pair.Low, pair.High), Drop, low.Value - high.Value);

    private static IEnumerable<Metric> Fall(IReadOnlyList<Metric> seed)
    {
        double[] beyond =
        [
            .. from metric in seed
               where metric.Name == BabuNetwork.Accuracy && metric.At.Number("sigma") >= 0.3
               orderby metric.At.Number("sigma")
               select metric.Value,
        ];
        if (beyond.Length > 1)
        {
            yield return new Metric(Between(0.3, 2), SmallestDrop, beyond.Zip(beyond.Skip(1), (here, next) => here - next).Min());
        }
    }

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Memristive network under programming noise: MNIST, BL = 10, 32 states, on-off ratio 15";
        Panel panel = sheet.Add("Best epoch and last epoch; bars: 95 % interval of the mean over seeds")
            .Axes("σ / B", "test accuracy (%)");
        foreach ((string metric, string label, int colour) in new[]
        {
            (BabuNetwork.Accuracy, "best epoch", 0), (BabuNetwork.LastAccuracy, "last epoch", 4),
        })
        {
            panel.Means(summary.Rows.Where(row => row.Metric == metric), "sigma", label, SheetColors.Series(colour));
        }

        panel.VerticalLine(1 / 3.0, "σ = B/3, the paper's limit", SheetColors.Grey);
    }

    private static Point At(double sigma) => new(("sigma", sigma));

    private static Point Between(double low, double high) => new(("fromSigma", low), ("toSigma", high));
}
