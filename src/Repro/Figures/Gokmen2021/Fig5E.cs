using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 5E: learning curves on devices of 15 states and additive pulse noise 1 (Model-I), with the plain and the hysteretic threshold.</summary>
internal sealed class Fig5E : LstmFigure
{
    private const string Gain = "gain_of_hysteresis_nats";
    private static readonly Point Plain = new(("hysteresis", 0.0));
    private static readonly Point Hysteretic = new(("hysteresis", 0.6));

    /// <inheritdoc/>
    public override string Figure => "fig5e";

    /// <inheritdoc/>
    public override string Title => "Test error against epoch at 15 states, plain and hysteretic threshold";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Hysteretic, LstmRun.TestError, 1.633, 1.593, 1.673, "Table 1, Model-I after 50 epochs; one network, repeat to repeat 0.01"),
        new(Point.Empty, Gain, null, 0, double.PositiveInfinity, "Fig. 5E: the hysteretic threshold lies below the plain one"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) =>
        Rates.ModelOne;

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) => [Plain, Hysteretic];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        if (Value(seed, Plain, LstmRun.TestError) - Value(seed, Hysteretic, LstmRun.TestError) is { } gain)
        {
            yield return new Metric(Point.Empty, Gain, gain);
        }
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "TTv2 on devices of 15 states with pulse noise as large as a step";
        Panel panel = sheet.Add("As the arrays are read; dashed: paper, hysteretic, epoch 50")
            .Axes("epoch", "test error (nats a character)").Legend(ScottPlot.Alignment.UpperRight);
        panel.Curves(summary, Plain, LstmRun.TestError, "TTv2", SheetColors.Series(1));
        panel.Curves(summary, Hysteretic, LstmRun.TestError, "TTv2, hysteretic threshold", SheetColors.Series(2));
        panel.HorizontalLine(1.633);
    }
}
