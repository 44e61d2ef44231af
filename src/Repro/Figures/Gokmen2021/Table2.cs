using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using Crosspoint.Training.Extraction;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Table 2: Model-III on digital hardware without the weights whose signal-to-noise ratio is low, and without as many at random.</summary>
internal sealed class Table2 : LstmTable
{
    private const string Removed = "removed_percent", BySignal = "pruned_by_signal_nats", AtRandom = "pruned_at_random_nats";
    private static readonly (double Threshold, double Removed, double BySignal, double AtRandom)[] Paper2 =
        [(0, 0, 1.326, 1.326), (1, 16.7, 1.331, 3.42), (2, 30.2, 1.371, 4.09), (3, 40.8, 1.466, 4.40)];

    /// <inheritdoc/>
    public override string Figure => "table2";

    /// <inheritdoc/>
    public override string Title => "Test error of Model-III without weights of low signal-to-noise ratio, digital";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        .. from row in Paper2 select new Claim(Below(row.Threshold), BySignal, row.BySignal, Math.Round(row.BySignal - 0.03, 3), Math.Round(row.BySignal + 0.03, 3), "Table 2; one network"),
        .. from row in Paper2.Skip(1) select new Claim(Below(row.Threshold), Removed, row.Removed, Math.Round(row.Removed - 4, 3), Math.Round(row.Removed + 4, 3), "Table 2; how deviations were sampled is not told"),
        .. from row in Paper2.Skip(1) select new Claim(Below(row.Threshold), AtRandom, row.AtRandom, Math.Round(row.AtRandom - 0.4, 3), Math.Round(row.AtRandom + 0.4, 3), "Table 2; mean of 10 draws of deviation 0.3"),
    ];

    /// <inheritdoc/>
    protected override int FullEpochs => 200;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) => Rates.Model("III");

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) => [Point.Empty];

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Model-III without some of its weights";
        Panel panel = sheet.Add("Squares: paper").Axes("removed weights (%)", "test error (nats a character)").Legend(ScottPlot.Alignment.UpperLeft);
        foreach ((string metric, string label, int colour) in new[] { (BySignal, "those of low signal-to-noise ratio", 0), (AtRandom, "as many at random", 1) })
        {
            Row[] rows = [.. summary.Rows.Where(row => row.Metric == metric)];
            double[] x = [.. rows.Select(row => summary.Rows.First(r => r.Metric == Removed && r.Point.Equals(row.Point)).Mean)];
            panel.Line(x, [.. rows.Select(row => row.Mean)], label, SheetColors.Series(colour), markers: true);
        }

        panel.Paper([.. Paper2.Select(row => row.Removed)], [.. Paper2.Select(row => row.BySignal)]);
        panel.Paper([.. Paper2.Select(row => row.Removed)], [.. Paper2.Select(row => row.AtRandom)], string.Empty);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Metric> Look(IReadOnlyList<MatrixIterates> model, LstmInference hardware, RunContext context)
    {
        PaddedMatrix[] means = [.. model.Select(m => m.Average)], deviations = [.. model.Select(m => m.Deviation)];
        double all = means.Sum(m => (double)m.Inputs * m.Outputs);
        foreach ((double threshold, _, _, _) in Paper2)
        {
            (IReadOnlyList<PaddedMatrix> kept, int removed) = Pruning.BySignal(means, deviations, threshold);
            yield return new Metric(Below(threshold), Removed, 100 * removed / all);
            yield return new Metric(Below(threshold), BySignal, hardware.Digital(kept));
            if (removed > 0)
            {
                double[] random =
                    [.. Enumerable.Range(0, context.Parameters.Whole("draws")).Select(draw => hardware.Digital(Pruning.AtRandom(means, removed, context.Seed, draw)))];
                yield return new Metric(Below(threshold), AtRandom, random.Average());
                yield return new Metric(Below(threshold), "pruned_at_random_deviation_nats", Deviation(random));
            }
        }
    }

    /// <summary>Standard deviation of a sample; 0 of one.</summary>
    internal static double Deviation(double[] values) =>
        values.Length < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1));

    private static Point Below(double threshold) => new(("signalToNoiseBelow", threshold));
}
