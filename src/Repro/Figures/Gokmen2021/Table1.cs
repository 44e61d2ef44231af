using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using Crosspoint.Training.Extraction;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Table 1: test error of trained, extracted and averaged models on analog and digital hardware, after 50 or after 200 epochs.</summary>
/// <param name="epochs">50 or 200.</param>
internal sealed class Table1(int epochs) : LstmTable
{
    private const string Trained = "analog_trained_nats", Extracted = "analog_extracted_nats", Average = "analog_average_nats";
    private const string DigitalExtracted = "digital_extracted_nats", DigitalAverage = "digital_average_nats";
    private static readonly string[] Rows = [Trained, Extracted, Average, DigitalExtracted, DigitalAverage];
    private static readonly string[] Models = ["I", "II", "III"];
    private static readonly int[] States = [15, 60, 120];

    // The rows of the paper, model by model.
    private static readonly Dictionary<int, double[][]> Paper1 = new()
    {
        [50] = [[1.633, 1.633, 1.560, 1.583, 1.520], [1.454, 1.455, 1.425, 1.403, 1.379], [1.430, 1.430, 1.407, 1.378, 1.359]],
        [200] = [[1.570, 1.571, 1.487, 1.524, 1.454], [1.410, 1.410, 1.377, 1.360, 1.334], [1.403, 1.403, 1.372, 1.350, 1.326]],
    };

    // What the paper says of two rows: one less the other.
    private static readonly (string Name, string Of, string Less)[] Differences =
    [
        ("cost_of_extraction_nats", Extracted, Trained),
        ("gain_of_digital_nats", Extracted, DigitalExtracted),
        ("gain_of_averaging_analog_nats", Extracted, Average),
        ("gain_of_averaging_digital_nats", DigitalExtracted, DigitalAverage),
    ];

    /// <inheritdoc/>
    public override string Figure => epochs == 50 ? "table1" : $"table1-{epochs}";

    /// <inheritdoc/>
    public override string Title => $"Test error of trained, extracted and averaged models after {epochs} epochs";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        .. from model in Models
           from row in Rows
           let paper = Value(epochs, model, row)
           select new Claim(At(model), row, paper, Math.Round(paper - 0.03, 3), Math.Round(paper + 0.03, 3), $"Table 1, Model-{model} after {epochs} epochs; one network, repeat to repeat 0.01"),
        .. from model in Models
           from difference in Differences
           let paper = Math.Round(Value(epochs, model, difference.Of) - Value(epochs, model, difference.Less), 3)
           select new Claim(
               At(model), difference.Name, paper, Math.Round(paper - 0.01, 3), Math.Round(paper + 0.01, 3),
               $"Table 1, Model-{model} after {epochs} epochs: two rows of one model, repeat to repeat 0.01"),
    ];

    /// <inheritdoc/>
    protected override int FullEpochs => epochs;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) => Rates.Model(point.Word("model"));

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) => [.. Models.Select(At)];

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = $"Models trained on noisy devices, after {epochs} epochs";
        Panel panel = sheet.Add("Diamonds: paper").Axes(string.Empty, "test error (nats a character)").NamedX().Legend(ScottPlot.Alignment.UpperRight);
        for (int k = 0; k < Rows.Length; k++)
        {
            Row[] rows = [.. summary.Rows.Where(row => row.Metric == Rows[k])];
            double[] x = [.. rows.Select(row => Array.IndexOf(Models, row.Point.Word("model")) + (0.12 * (k - 2)))];
            panel.Points(x, [.. rows.Select(row => row.Mean)], Rows[k][..^5].Replace('_', ' '), SheetColors.Series(k), 9);
            panel.Paper(x, [.. rows.Select(row => Value(epochs, row.Point.Word("model"), Rows[k]))], k == 0 ? "paper" : string.Empty);
        }

        double low = summary.Rows.Where(row => Rows.Contains(row.Metric)).Min(row => Math.Min(row.Mean, row.Claim?.Paper ?? row.Mean)) - 0.02;
        for (int k = 0; k < Models.Length; k++)
        {
            panel.Text($"Model-{Models[k]}, {States[k]} states", k, low);
        }

        panel.XRange(-0.5, Models.Length - 0.5);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Metric> Look(IReadOnlyList<MatrixIterates> model, LstmInference hardware, RunContext context)
    {
        int passes = context.Parameters.Whole("evaluations");
        Dictionary<string, double> found = [];
        foreach ((string row, Func<MatrixIterates, PaddedMatrix> plane) in new (string, Func<MatrixIterates, PaddedMatrix>)[]
        {
            (Trained, m => m.Trained), (Extracted, m => m.Extracted), (Average, m => m.Average),
        })
        {
            double[] values = hardware.Analog([.. model.Select(plane)], passes);
            yield return new Metric(Point.Empty, row, found[row] = values.Average());
            yield return new Metric(Point.Empty, row[..^5] + "_spread_nats", values.Max() - values.Min());
        }

        foreach ((string row, Func<MatrixIterates, PaddedMatrix> plane) in new (string, Func<MatrixIterates, PaddedMatrix>)[]
        {
            (DigitalExtracted, m => m.Extracted), (DigitalAverage, m => m.Average),
            ("digital_trained_nats", m => m.Trained), ("digital_true_average_nats", m => m.Mean),
        })
        {
            yield return new Metric(Point.Empty, row, found[row] = hardware.Digital([.. model.Select(plane)]));
        }

        foreach ((string name, string of, string less) in Differences)
        {
            yield return new Metric(Point.Empty, name, found[of] - found[less]);
        }

        foreach (Metric metric in Errors(model))
        {
            yield return metric;
        }
    }

    // Errors of extraction over all weights: those that reads predict, and those that they have.
    private static IEnumerable<Metric> Errors(IReadOnlyList<MatrixIterates> model)
    {
        yield return new Metric(Point.Empty, "extraction_error_weight", Rms(m => Error(m.Trained, m.Extracted)));
        yield return new Metric(Point.Empty, "extraction_error_told_by_reads_weight", Rms(m => m.ExtractedError));
        yield return new Metric(Point.Empty, "average_error_weight", Rms(m => Error(m.Mean, m.Average)));
        yield return new Metric(Point.Empty, "average_error_told_by_reads_weight", Rms(m => m.AverageError));

        double Rms(Func<MatrixIterates, double> error) => Math.Sqrt(
            model.Sum(m => error(m) * error(m) * m.Mean.Inputs * m.Mean.Outputs) / model.Sum(m => (double)m.Mean.Inputs * m.Mean.Outputs));

        static double Error(PaddedMatrix truth, PaddedMatrix estimate) => Devices.Extraction.WeightError.Between(truth, estimate).Deviation;
    }

    private static double Value(int epochs, string model, string row) => Paper1[epochs][Array.IndexOf(Models, model)][Array.IndexOf(Rows, row)];

    private static Point At(string model) => new(("model", model));
}
