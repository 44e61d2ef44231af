using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>
/// The search for the rates of figure 4: each algorithm and step with several rates, on held-out training text; and SGD on the symmetric devices of
/// figure 3.
/// </summary>
internal sealed class Fig4Search : LstmFigure
{
    private const double Symmetric = 0.001; // the step of figure 3
    private static readonly double[] Factors = [1 / 3.0, 1, 3];

    /// <inheritdoc/>
    public override string Figure => "fig4-search";

    /// <inheritdoc/>
    public override string Title => "Rates of figure 4, chosen on held-out training text";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } = [];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>
    {
        ["evaluateOn"] = "validation",
        ["epochs"] = 2,
        ["trainCharacters"] = profile == Profile.Full ? 600_000 : 60_000,
        ["testCharacters"] = profile == Profile.Full ? 60_000 : 20_000,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile)
    {
        IEnumerable<double> steps = profile == Profile.Full ? Fig4.Steps : [0.01];
        return
        [
            .. from step in steps
               from factor in Factors
               select new Point(("algorithm", GokmenArrays.Sgd), ("muDw", step), ("eta", Rounded(Rates.Sgd * factor))),
            .. from factor in Factors
               select new Point(("algorithm", GokmenArrays.Sgd), ("symmetric", true), ("muDw", Symmetric), ("eta", Rounded(Rates.Sgd * factor))),
            .. from algorithm in new[] { GokmenArrays.TikiTaka, GokmenArrays.Ttv2 }
               from step in steps
               let rates = Rates.Transfer(algorithm, step)
               from fast in Factors
               from transfer in Factors
               select new Point(
                   ("algorithm", algorithm), ("muDw", step), ("fastRate", Rounded(rates.Fast * fast)), ("transferRate", Rounded(rates.Transfer * transfer))),
        ];
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Held-out error of every rate tried, and the best";
        foreach ((string algorithm, string label) in new[]
        {
            (GokmenArrays.Sgd, "SGD"), (GokmenArrays.TikiTaka, "Tiki-Taka"), (GokmenArrays.Ttv2, "TTv2"),
        })
        {
            ILookup<bool, Row> found = summary.Rows
                .Where(row => row.Metric == LstmRun.ValidationError && row.Point.Word("algorithm") == algorithm)
                .ToLookup(row => row.Point["symmetric"] is not null);
            Row[] rows = [.. found[false]], symmetric = [.. found[true]];
            Row[] best = [.. rows.GroupBy(row => row.Point.Number("muDw")).OrderBy(group => group.Key).Select(group => group.MinBy(row => row.Mean)!)];
            Panel panel = sheet.Add(label).LogX().Axes("step / weight", "held-out error (nats a character)").Legend(ScottPlot.Alignment.UpperLeft)
                .Points([.. rows.Select(row => row.Point.Number("muDw"))], [.. rows.Select(row => row.Mean)])
                .Line([.. best.Select(row => row.Point.Number("muDw"))], [.. best.Select(row => row.Mean)], "best", SheetColors.Series(2));
            if (symmetric.Length > 0)
            {
                panel.Points([.. symmetric.Select(_ => Symmetric)], [.. symmetric.Select(row => row.Mean)], "symmetric", SheetColors.Series(3), hollow: true);
            }
        }
    }

    private static double Rounded(double rate) => double.Parse(rate.ToString("G2", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
