using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using Crosspoint.Training.Extraction;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Table 3: Model-III on analog hardware, every weight disturbed as much as it moved in training, or the same amounts given to other weights.</summary>
internal sealed class Table3 : LstmTable
{
    private const string Error = "test_error_nats";
    private static readonly Point Undisturbed = new(("disturbance", "none")), Matched = new(("disturbance", "matched")), Random = new(("disturbance", "random"));

    /// <inheritdoc/>
    public override string Figure => "table3";

    /// <inheritdoc/>
    public override string Title => "Test error of Model-III under matched and random disturbances, analog";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Undisturbed, Error, 1.370, 1.340, 1.400, "Table 3; one network"),
        new(Matched, Error, 1.493, 1.463, 1.523, "Table 3; one network"),
        new(Random, Error, 3.54, 3.14, 3.94, "Table 3; mean of draws of deviation 0.15; how the equal amount was dealt out is not told"),
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
        sheet.Title = "Model-III with disturbed weights";
        Panel panel = sheet.Add("Squares: paper").Axes("none, as each weight moved, the same amounts at random", "test error (nats a character)").NamedX();
        Point[] order = [Undisturbed, Matched, Random];
        Row[] rows = [.. summary.Rows.Where(row => row.Metric == Error)];
        double[] x = [.. rows.Select(row => (double)Array.IndexOf(order, row.Point))];
        panel.Points(x, [.. rows.Select(row => row.Mean)], "Crosspoint", SheetColors.Series(0), 9);
        panel.Paper([0, 1, 2], [1.370, 1.493, 3.54]).XRange(-0.5, 2.5);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Metric> Look(IReadOnlyList<MatrixIterates> model, LstmInference hardware, RunContext context)
    {
        PaddedMatrix[] means = [.. model.Select(m => m.Average)], deviations = [.. model.Select(m => m.Deviation)];
        yield return new Metric(Undisturbed, Error, hardware.Analog(means, context.Parameters.Whole("evaluations")).Average());
        foreach ((Point point, Func<int, IReadOnlyList<PaddedMatrix>> draw) in new (Point, Func<int, IReadOnlyList<PaddedMatrix>>)[]
        {
            (Matched, draw => Disturbance.Matched(means, deviations, context.Seed, draw)),
            (Random, draw => Disturbance.Permuted(means, deviations, context.Seed, draw)),
        })
        {
            double[] errors = [.. Enumerable.Range(0, context.Parameters.Whole("draws")).Select(n => hardware.Analog(draw(n), 1)[0])];
            yield return new Metric(point, Error, errors.Average());
            yield return new Metric(point, "test_error_deviation_nats", Table2.Deviation(errors));
        }
    }
}
