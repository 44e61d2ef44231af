using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>Figure 3: test accuracy against epoch for the floating-point network and the stochastic one with 10 and 100 bits.</summary>
internal sealed class Fig3 : IExperiment
{
    private static readonly Point Float = new(("network", BabuNetwork.FloatingPoint));
    private static readonly Point Bits10 = new(("network", BabuNetwork.Stochastic), ("bitLength", 10));
    private static readonly Point Bits100 = new(("network", BabuNetwork.Stochastic), ("bitLength", 100));

    /// <inheritdoc/>
    public string Paper => "babu2017";

    /// <inheritdoc/>
    public string Figure => "fig3";

    /// <inheritdoc/>
    public string Title => "Accuracy against epoch: floating point, and stochastic with BL = 10 and 100";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => BabuNetwork.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(Float, BabuNetwork.Accuracy, 98.04, 97.89, 98.19, "Sec. III, best of 30 epochs; spread between seeds about 0.1"),
        new(Bits100, BabuNetwork.Accuracy, 98.07, 97.87, 98.27, "Sec. III, best of 30 epochs"),
        new(Bits10, BabuNetwork.Accuracy, 97.48, 97.18, 97.78, "Sec. III, best of 30 epochs"),
        new(Gap(100), "loss_to_floating_point_points", -0.03, -0.3, 0.3, "Fig. 3: BL = 100 and floating point agree within noise"),
        new(Gap(10), "loss_to_floating_point_points", 0.56, 0.3, 0.9, "Fig. 3: BL = 10 lies a little below"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => true;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["epochs"] = 12, ["halveEvery"] = 4 };

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [Float, Bits10, Bits100];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => profile == Profile.Full ? 5 : 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => BabuNetwork.ExpectedSeconds(parameters);

    /// <inheritdoc/>
    public RunResult Run(RunContext context) => new BabuNetwork(context).TrainToResult();

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
        from bits in new[] { Bits10, Bits100 }
        let reference = seed.FirstOrDefault(m => m.Name == BabuNetwork.Accuracy && m.At.Equals(Float))
        let own = seed.FirstOrDefault(m => m.Name == BabuNetwork.Accuracy && m.At.Equals(bits))
        where reference is not null && own is not null
        select new Metric(Gap((int)bits.Number("bitLength")), "loss_to_floating_point_points", reference.Value - own.Value);

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Learning with pulse trains: MNIST, 784-256-128-10";
        Panel panel = sheet.Add("Mean over seeds; shaded: lowest to highest").Axes("epoch", "test accuracy (%)");
        foreach ((Point point, string label, int colour) in new[] { (Float, "floating point", 0), (Bits100, "stochastic, BL = 100", 2), (Bits10, "stochastic, BL = 10", 1) })
        {
            panel.Curves(summary, point, BabuNetwork.Accuracy, label, SheetColors.Series(colour));
        }

        Claim[] values = [.. Claims.Where(c => c.Metric == BabuNetwork.Accuracy)];
        double last = summary.Runs.Max(run => run.Result.Curve.Count);
        panel.Paper([.. values.Select(_ => last)], [.. values.Select(c => c.Paper!.Value)], "paper, best of 30 epochs");
        panel.YRange(summary.Profile == Profile.Full ? 91 : null, summary.Profile == Profile.Full ? 99 : null);
    }

    private static Point Gap(int bitLength) => new(("compare", "floatingPoint"), ("bitLength", bitLength));
}
