using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 3: learning curves at 1,200 states, multiplicative pulse noise 0.3: SGD, Tiki-Taka and TTv2 on non-symmetric devices, SGD on symmetric ones.</summary>
internal sealed class Fig3 : LstmFigure
{
    private const string GapToSymmetric = "gap_to_symmetric_sgd_nats";
    private static readonly Point Float = new(("algorithm", GokmenArrays.FloatingPoint));
    private static readonly Point Asymmetric = new(("algorithm", GokmenArrays.Sgd), ("symmetric", false));
    private static readonly Point Symmetric = new(("algorithm", GokmenArrays.Sgd), ("symmetric", true));
    private static readonly Point TikiTaka = new(("algorithm", GokmenArrays.TikiTaka));
    private static readonly Point Ttv2 = new(("algorithm", GokmenArrays.Ttv2));

    /// <inheritdoc/>
    public override string Figure => "fig3";

    /// <inheritdoc/>
    public override string Title => "Test error against epoch at 1,200 states";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Float, LstmRun.TestError, 1.32, 1.30, 1.33, "Table 1's floating-point baseline, 1.315 to 1.332, repeat to repeat 0.01"),
        new(Compare(Ttv2), GapToSymmetric, 0, -0.03, 0.03, "Fig. 3: TTv2 is indistinguishable from SGD on symmetric devices"),
        new(Compare(TikiTaka), GapToSymmetric, null, 0.03, double.PositiveInfinity, "Fig. 3: Tiki-Taka lies above both"),
        new(Compare(Asymmetric), "gap_to_tiki_taka_nats", null, 0.03, double.PositiveInfinity, "Fig. 3: SGD on non-symmetric devices is the worst"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) => [Float, Symmetric, Ttv2, TikiTaka, Asymmetric];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        double? symmetric = Value(seed, Symmetric, LstmRun.TestError), tikiTaka = Value(seed, TikiTaka, LstmRun.TestError);
        foreach (Point point in new[] { Ttv2, TikiTaka })
        {
            if (Value(seed, point, LstmRun.TestError) - symmetric is { } gap)
            {
                yield return new Metric(Compare(point), GapToSymmetric, gap);
            }
        }

        if (Value(seed, Asymmetric, LstmRun.TestError) - tikiTaka is { } above)
        {
            yield return new Metric(Compare(Asymmetric), "gap_to_tiki_taka_nats", above);
        }
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "LSTM2-64-WP on War and Peace: arrays of 1,200 states";
        Panel panel = sheet.Add("As the arrays are read").Axes("epoch", "test error (nats a character)").YRange(high: 3.2).Legend(ScottPlot.Alignment.MiddleRight);
        foreach ((Point point, string label, int colour) in new[]
        {
            (Asymmetric, "SGD, non-symmetric", 3), (TikiTaka, "Tiki-Taka, non-symmetric", 1), (Ttv2, "TTv2, non-symmetric", 2),
            (Symmetric, "SGD, symmetric", 0), (Float, "floating point", 4),
        })
        {
            panel.Curves(summary, point, LstmRun.TestError, label, SheetColors.Series(colour));
        }
    }

    private static Point Compare(Point point) => new(("compare", point.Word("algorithm")));
}
