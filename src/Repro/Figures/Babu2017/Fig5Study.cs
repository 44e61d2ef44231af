using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>
/// What the paper leaves open, settled on held-out training images: which normalisation, weight range, learning rate and reset bring its
/// accuracy and its order under input noise out together.
/// </summary>
/// <remarks>Trains on the first 50,000 images and reads the last 10,000; test images are not touched. Starts from the choices of figure 5.</remarks>
internal sealed class Fig5Study : IExperiment
{
    private static readonly string[] Normalizations = ["global", "none", "perPixel"];
    private static readonly double[] MaxWeights = [0.25, 0.5, 1];

    /// <inheritdoc/>
    public string Paper => "babu2017";

    /// <inheritdoc/>
    public string Figure => "fig5-study";

    /// <inheritdoc/>
    public string Title => "Open choices of Babu 2017 on validation data: accuracy and loss under input noise";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        .. BabuNetwork.Parameters.Select(p => p.Name == "evaluateOn" ? p with { Default = "validation" } : p),
        new("exactPasses", false, "1", "a control: training reads exactly, only updates are pulse trains"),
        new("noisyInputs", "free", "1", "free: noisy inputs as they are; pixelRange: clipped to what a pixel in [0, 1] can be",
            Words: ["free", "pixelRange"]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } = [];

    /// <inheritdoc/>
    public bool NeedsMnist => true;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["epochs"] = 3, ["halveEvery"] = 1 };

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => profile == Profile.Full
        ?
        [
            .. Normalizations.Select(Float),
            new(("network", BabuNetwork.FloatingPoint), ("normalization", "global"), ("eta0", 0.03)),
            new(("network", BabuNetwork.Stochastic), ("normalization", "global"), ("bitLength", 10)),
            .. MaxWeights.Select(maxWeight => Memristive("global", maxWeight)),
            Memristive("none", 0.5),
            Memristive("perPixel", 0.25),
            Memristive("global", 0.25, ("resetSelection", "all"), ("resetWrite", "exact")),
            Memristive("global", 0.25, ("resetSelection", "all"), ("resetWrite", "exact"), ("sigma", 0.3)),
            Memristive("global", 0.25, ("resetSelection", "bothRaised")),
            Memristive("global", 0.25, ("programmingNoise", "perPulse")),
            Memristive("global", 0.25, ("eta0", 0.03)),
            Memristive("global", 0.25, ("updateManagement", true)),
            Memristive("global", 0.25, ("exactPasses", true)),
            Memristive("global", 0.25, ("noisyInputs", "pixelRange")),
        ]
        : [Float("global"), Memristive("global", 0.25), Memristive("none", 0.5)];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => BabuNetwork.ExpectedSeconds(parameters) + 6;

    /// <inheritdoc/>
    public RunResult Run(RunContext context)
    {
        BabuNetwork network = new(context);
        return network.TrainToResult(() => NoiseSweep.Run(network, context));
    }

    /// <inheritdoc/>
    /// <remarks>Every memristive network is held against the floating-point one of its own normalisation.</remarks>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
    [
        .. Normalizations.SelectMany(n => NoiseSweep.Match(seed, Float(n))),
        .. from point in Points(Profile.Full).Concat(Points(Profile.Quick)).Distinct()
           where point.Word("network") == BabuNetwork.Memristive
           from metric in NoiseSweep.Derive(seed, Float(point.Word("normalization")), point)
           select metric,
    ];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Which choices meet the paper's accuracy and losses? w: weight of a full device";
        foreach ((int bits, double paper) in NoiseSweep.PaperLosses)
        {
            Panel panel = sheet.Add($"Read with BL = {bits}")
                .Axes("validation accuracy, best epoch (%)", "loss where floating point loses 14.35 (points)").XRange(93, 97)
                .Legend(ScottPlot.Alignment.UpperLeft);
            int series = 0;
            foreach (string normalization in Normalizations)
            {
                Draw(panel, summary, normalization, bits, SheetColors.Series(series++));
            }

            panel.HorizontalLine(NoiseSweep.PaperLoss, "floating point", SheetColors.Grey).Paper([95.31], [paper]);
        }
    }

    private static void Draw(Panel panel, Summary summary, string normalization, int bits, ScottPlot.Color colour)
    {
        (Row Accuracy, Row Loss)[] points =
        [
            .. from accuracy in summary.Rows
               where accuracy.Metric == BabuNetwork.ValidationAccuracy
                   && accuracy.Point.Word("network") == BabuNetwork.Memristive && accuracy.Point.Word("normalization") == normalization
               let loss = summary.Rows.FirstOrDefault(r => r.Metric == NoiseSweep.Loss && r.Point.Equals(NoiseSweep.AtMatch(accuracy.Point, bits)))
               where loss is not null
               select (accuracy, loss),
        ];
        panel.Points([.. points.Select(p => p.Accuracy.Mean)], [.. points.Select(p => p.Loss.Mean)], $"mean: {normalization}", colour);
        foreach ((Row accuracy, Row loss) in points.Where(p => p.Accuracy.Point.Coordinates.Count == 3))
        {
            panel.Text($"w {accuracy.Point.Word("maxWeight")}", accuracy.Mean, loss.Mean, colour, 12, alignment: ScottPlot.Alignment.LowerLeft);
        }
    }

    private static Point Float(string normalization) => new(("network", BabuNetwork.FloatingPoint), ("normalization", normalization));

    private static Point Memristive(string normalization, double maxWeight, params (string Name, object Value)[] others) =>
        new([("network", BabuNetwork.Memristive), ("normalization", normalization), ("maxWeight", maxWeight), .. others]);
}
