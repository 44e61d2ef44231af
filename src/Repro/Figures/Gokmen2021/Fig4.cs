using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 4: test error after 50 epochs against the step, from 20,000 to 8 states, for SGD, Tiki-Taka and TTv2 on non-symmetric devices.</summary>
internal sealed class Fig4 : LstmFigure
{
    private const string Tolerance = "step_ratio_at_equal_error";
    private static readonly string[] Compared = [GokmenArrays.Sgd, GokmenArrays.TikiTaka, GokmenArrays.Ttv2];
    private static readonly double[] QuickSteps = [0.001, 0.01, 0.08];

    /// <summary>The steps: the ends are the paper's, those between them chosen.</summary>
    public static IReadOnlyList<double> Steps { get; } = [6e-5, 2e-4, 6e-4, 1e-3, 3e-3, 0.01, 0.02, 0.04, 0.08, 0.15];

    /// <inheritdoc/>
    public override string Figure => "fig4";

    /// <inheritdoc/>
    public override string Title => "Test error against the size of a step, for three algorithms";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Point.Empty, Tolerance, 100, 30, double.PositiveInfinity, "Fig. 4: TTv2 tolerates steps at least 100 times as large as Tiki-Taka; 30 from a coarse grid"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["epochs"] = 2, ["trainCharacters"] = 300_000, ["testCharacters"] = 40_000 };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) => Rates.OfFigureFour(point, profile);

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from algorithm in Compared
           from step in profile == Profile.Full ? Steps : QuickSteps
           select new Point(("algorithm", algorithm), ("muDw", step)),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        (double Step, double Error)[] tikiTaka = Curve(seed, GokmenArrays.TikiTaka), ttv2 = Curve(seed, GokmenArrays.Ttv2);
        if (tikiTaka.Length < 2 || ttv2.Length < 2)
        {
            yield break;
        }

        // The least error that both reach at some step: up to which step does each keep to it?
        double error = Math.Max(tikiTaka.Min(p => p.Error), ttv2.Min(p => p.Error));
        yield return new Metric(Point.Empty, Tolerance, LargestStep(ttv2, error) / LargestStep(tikiTaka, error));
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "How large may a step be? LSTM2-64-WP on War and Peace";
        Panel panel = sheet.Add("As the arrays are read").LogX().Axes("step / weight (12 states at 0.1, 1,200 at 0.001)", "test error (nats a character)")
            .Legend(ScottPlot.Alignment.UpperLeft);
        foreach ((string algorithm, string label, int colour) in new[]
        {
            (GokmenArrays.Sgd, "SGD", 3), (GokmenArrays.TikiTaka, "Tiki-Taka", 1), (GokmenArrays.Ttv2, "TTv2", 2),
        })
        {
            panel.Means(
                summary.Rows.Where(row => row.Metric == LstmRun.TestError && row.Point.Word("algorithm") == algorithm), "muDw", label, SheetColors.Series(colour));
        }
    }

    private static (double Step, double Error)[] Curve(IReadOnlyList<Metric> seed, string algorithm) =>
    [
        .. from metric in seed
           where metric.Name == LstmRun.TestError && metric.At["algorithm"] is string own && own == algorithm
           orderby metric.At.Number("muDw")
           select (metric.At.Number("muDw"), metric.Value),
    ];

    // Where the curve leaves the error for good, between two points on a logarithmic scale.
    private static double LargestStep((double Step, double Error)[] curve, double error)
    {
        int last = Array.FindLastIndex(curve, p => p.Error <= error);
        if (last < 0 || last == curve.Length - 1)
        {
            return curve[Math.Max(last, 0)].Step;
        }

        (double from, double low) = curve[last];
        (double to, double high) = curve[last + 1];
        return from * Math.Pow(to / from, (error - low) / (high - low));
    }
}
