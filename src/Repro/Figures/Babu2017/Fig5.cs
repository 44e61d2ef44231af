using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>Figure 5: test accuracy on noisy inputs of the floating-point network and of the memristive one read with 10 and 100 bits.</summary>
/// <remarks>
/// The paper does not name its noise levels. Its strongest one costs the floating-point network 14.35 points; the variance at which ours
/// loses as much is found between the points of the sweep, and the other losses are read there.
/// </remarks>
internal sealed class Fig5 : IExperiment
{
    private const string Gap = "loss_to_floating_point_points";
    private static readonly Point Behind = new(("network", BabuNetwork.Memristive), ("difference", "floatingPoint-memristive"));
    private static readonly Point Float = new(("network", BabuNetwork.FloatingPoint));
    private static readonly Point Memristive = new(("network", BabuNetwork.Memristive));

    /// <inheritdoc/>
    public string Paper => "babu2017";

    /// <inheritdoc/>
    public string Figure => "fig5";

    /// <inheritdoc/>
    public string Title => "Accuracy on noisy inputs: floating point, and memristive read with BL = 10 and 100";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => BabuNetwork.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(Behind, Gap, 2.73, 0, 3, "Sec. III: 2.7 points below floating point, and within 3 % of it"),
        new(NoiseSweep.AtMatch(Memristive, 10), NoiseSweep.Loss, NoiseSweep.PaperLosses[10], 10.23, 14.23, "Sec. III, where floating point loses 14.35; 2 points"),
        new(NoiseSweep.AtMatch(Memristive, 100), NoiseSweep.Loss, NoiseSweep.PaperLosses[100], 7.2, 11.2, "Sec. III, where floating point loses 14.35; 2 points"),
        new(NoiseSweep.Order(Memristive, "floatingPoint-10"), NoiseSweep.Loss, 2.12, 0, 100, "Fig. 5: BL = 10 loses less than floating point"),
        new(NoiseSweep.Order(Memristive, "10-100"), NoiseSweep.Loss, 3.03, 0, 100, "Fig. 5: BL = 100 loses less than BL = 10"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => true;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["epochs"] = 12, ["halveEvery"] = 4 };

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [Float, Memristive];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => profile == Profile.Full ? 5 : 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => BabuNetwork.ExpectedSeconds(parameters) + 6;

    /// <inheritdoc/>
    public RunResult Run(RunContext context)
    {
        BabuNetwork network = new(context);
        return network.TrainToResult(() => NoiseSweep.Run(network, context));
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
        [.. AccuracyGap(seed), .. NoiseSweep.Match(seed, Float), .. NoiseSweep.Derive(seed, Float, Memristive)];

    private static IEnumerable<Metric> AccuracyGap(IReadOnlyList<Metric> seed) =>
        from reference in seed
        where reference.Name == BabuNetwork.Accuracy && reference.At.Equals(Float)
        from own in seed
        where own.Name == BabuNetwork.Accuracy && own.At.Equals(Memristive)
        select new Metric(Behind, Gap, reference.Value - own.Value);

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Inference on noisy inputs: MNIST, weights of the last epoch";
        Panel accuracy = sheet.Add("Accuracy").Axes("variance of the noise on the inputs", "test accuracy (%)");
        Panel loss = sheet.Add("Loss against the same network without noise").Axes("variance of the noise on the inputs", "loss of accuracy (points)")
            .Legend(ScottPlot.Alignment.UpperLeft);
        int series = 0;
        foreach ((Point curve, string label) in new[]
        {
            (NoiseSweep.Read(Float, 0), "floating point"),
            (NoiseSweep.Read(Memristive, 10), "memristive, BL = 10"),
            (NoiseSweep.Read(Memristive, 100), "memristive, BL = 100"),
        })
        {
            Row[] rows = [.. summary.Rows.Where(r => r.Metric == NoiseSweep.Accuracy && r.Point.Contains(curve)).OrderBy(r => r.Point.Number("variance"))];
            if (rows.Length == 0)
            {
                continue;
            }

            double[] x = [.. rows.Select(r => r.Point.Number("variance"))], y = [.. rows.Select(r => r.Mean)];
            ScottPlot.Color colour = SheetColors.Series(series++);
            accuracy.Means(rows, "variance", label, colour);
            loss.Line(x, [.. y.Select(v => y[0] - v)], label, colour, markers: true);
        }

        if (summary.Rows.FirstOrDefault(r => r.Metric == NoiseSweep.MatchedVariance) is { } matched)
        {
            loss.VerticalLine(matched.Mean, "floating point loses 14.35", SheetColors.Grey)
                .Paper([matched.Mean, matched.Mean, matched.Mean], [NoiseSweep.PaperLoss, .. NoiseSweep.PaperLosses.Values]);
        }
    }
}
