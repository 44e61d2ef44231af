using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Table 1: accuracy of every system in software, on linear and on non-linear devices.</summary>
internal sealed class Table1 : BennettExperiment
{
    private const string Variant = "The same under another reading of inputs and start: study-inputs";
    private const string Loss = "loss_to_software_points";
    private static readonly string[] Devices = [BennettSystem.Software, BennettSystem.Linear, BennettSystem.Nonlinear];
    private static readonly Point ReluLoss = new(("activation", "relu"), ("compare", "software-linear"));
    private static readonly Point RectifierLoss = new(("activation", "rectifier"), ("compare", "software-linear"));

    /// <inheritdoc/>
    public override string Figure => "table1";

    /// <inheritdoc/>
    public override string Title => "Accuracy of NoProp and MLPs in software, on linear and on non-linear devices";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(NoProp(BennettSystem.Software), BennettSystem.Accuracy, 94.3, 93.9, 94.7, "Sec. IV, off-chip NoProp at its maximum; 0.4"),
        new(NoProp(BennettSystem.Linear), BennettSystem.Accuracy, 94.5, 93.8, 95.2, "Sec. IV, on-chip NoProp after 3 epochs; 0.7"),
        new(NoProp(BennettSystem.Nonlinear), BennettSystem.Accuracy, 93.5, 92.5, 94.5, "Fig. 5b at M = 3L; 1.0"),
        new(NoProp(BennettSystem.Linear), BennettSystem.BestAccuracy, 94.5, 93.8, 95.2, "The best look: the paper does not say which it reports; 0.7"),
        new(NoProp(BennettSystem.Nonlinear), BennettSystem.BestAccuracy, 93.5, 92.5, 94.5, "The best look: the paper does not say which it reports; 1.0"),
        new(Tanh(BennettSystem.Software), BennettSystem.Accuracy, 96.5, 95.8, 97.2, "Sec. IV: linear devices are within 0.2 of software; 0.7"),
        new(Tanh(BennettSystem.Linear), BennettSystem.Accuracy, 96.3, 95.9, 96.7, "Sec. IV; 0.4"),
        new(Tanh(BennettSystem.Nonlinear), BennettSystem.Accuracy, 91.5, 90.5, 92.5, "Sec. IV: loses nearly 5 to software; 1.0"),
        new(Rectifier(BennettSystem.Linear, "rectifier", 800), BennettSystem.Accuracy, null, 92.5, 94.5, "Sec. IV: slightly below NoProp, 94.5"),
        new(Rectifier(BennettSystem.Linear, "relu", 800), BennettSystem.Accuracy, null, 92.5, 94.5, "Sec. IV: slightly below NoProp, 94.5"),
        new(Rectifier(BennettSystem.Nonlinear, "rectifier", 800), BennettSystem.Accuracy, null, 0, 93.5, "Sec. IV: below NoProp, about 93.5"),
        new(Rectifier(BennettSystem.Nonlinear, "relu", 800), BennettSystem.Accuracy, null, 0, 93.5, "Sec. IV: below NoProp, about 93.5"),
        .. from point in new List<(Point NoProp, Point Tanh)>
           {
               (LiteralNoProp(BennettSystem.Linear), LiteralTanh(BennettSystem.Linear)), (OneSidedNoProp(BennettSystem.Linear), OneSidedTanh(BennettSystem.Linear)),
           }
           from claim in new List<Claim>
           {
               new(point.NoProp, BennettSystem.Accuracy, 94.5, 93.8, 95.2, Variant), new(point.NoProp, BennettSystem.BestAccuracy, 94.5, 93.8, 95.2, Variant),
               new(point.Tanh, BennettSystem.Accuracy, 96.3, 95.9, 96.7, Variant),
           }
           select claim,
        .. from point in new List<(Point NoProp, Point Tanh)>
           {
               (LiteralNoProp(BennettSystem.Nonlinear), LiteralTanh(BennettSystem.Nonlinear)),
               (OneSidedNoProp(BennettSystem.Nonlinear), OneSidedTanh(BennettSystem.Nonlinear)),
           }
           from claim in new List<Claim>
           {
               new(point.NoProp, BennettSystem.Accuracy, 93.5, 92.5, 94.5, Variant), new(point.NoProp, BennettSystem.BestAccuracy, 93.5, 92.5, 94.5, Variant),
               new(point.Tanh, BennettSystem.Accuracy, 91.5, 90.5, 92.5, Variant),
           }
           select claim,
        new(ReluLoss, Loss, null, -0.8, 0.8, "Sec. IV: rectifiers on linear devices are within 0.8 of software"),
        new(RectifierLoss, Loss, null, -0.8, 0.8, "Sec. IV: rectifiers on linear devices are within 0.8 of software"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object> Defaults => new Dictionary<string, object> { ["curve"] = true };

    /// <inheritdoc/>
    protected override int FullSeeds => 10;

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. Devices.Select(device => NoProp(device)),
        NoProp(BennettSystem.OffChip),
        .. Devices.Select(device => Tanh(device)),
        .. Devices.Select(device => Rectifier(device, "rectifier", 800)),
        .. Devices.Select(device => Rectifier(device, "relu", 800)),
        .. Devices.Skip(1).Select(device => OneLayer(device)),
        .. Devices.Skip(1).Select(LiteralNoProp),
        .. Devices.Skip(1).Select(LiteralTanh),
        .. Devices.Skip(1).Select(OneSidedNoProp),
        .. Devices.Skip(1).Select(OneSidedTanh),
    ];

    // Devices that begin anywhere between their extrema, as the paper says.
    private static Point LiteralNoProp(string device) => NoProp(device, ("start", 1.0));

    private static Point LiteralTanh(string device) => Tanh(device, ("start", 1.0));

    // Inputs in [0, 1], with gains chosen anew.
    private static Point OneSidedNoProp(string device) => NoProp(device, ("inputs", "oneSided"));

    private static Point OneSidedTanh(string device) => Tanh(device, ("inputs", "oneSided"), ("gain", 0.2), ("softmaxGain", 0.3));

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
    [
        .. Difference(seed, ReluLoss, Loss, Rectifier(BennettSystem.Software, "relu", 800), Rectifier(BennettSystem.Linear, "relu", 800)),
        .. Difference(
            seed, RectifierLoss, Loss, Rectifier(BennettSystem.Software, "rectifier", 800), Rectifier(BennettSystem.Linear, "rectifier", 800)),
    ];

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Accuracy on MNIST: software, linear and non-linear devices";
        sheet.Width = 900;
        Panel panel = sheet.Add("Mean over seeds with 95 % interval").Axes(string.Empty, "test accuracy (%)").NamedX();
        (string Name, Func<string, Point> Point)[] rows =
        [
            ("NoProp, M = 3000", device => NoProp(device)),
            ("tanh, M = 300", device => Tanh(device)),
            ("rectifier, M = 800", device => Rectifier(device, "rectifier", 800)),
            ("ReLU, M = 800", device => Rectifier(device, "relu", 800)),
            ("one layer", device => OneLayer(device)),
        ];
        for (int d = 0; d < Devices.Length; d++)
        {
            (double X, Row Row)[] points =
            [
                .. from n in Enumerable.Range(0, rows.Length)
                   let row = summary.Rows.FirstOrDefault(r => r.Metric == BennettSystem.Accuracy && r.Point.Equals(rows[n].Point(Devices[d])))
                   where row is not null
                   select (n + (0.2 * (d - 1)), row),
            ];
            double[] x = [.. points.Select(p => p.X)], y = [.. points.Select(p => p.Row.Mean)];
            foreach ((double at, Row row) in points.Where(p => p.Row.Claim is not null))
            {
                panel.Tolerance(at, Math.Max(row.Claim!.Low, 80), row.Claim.High);
            }

            panel.Errors(x, y, [.. points.Select(p => p.Row.Ci95 ?? 0)], SheetColors.Series(d)).Points(x, y, Devices[d], SheetColors.Series(d), 9);
            panel.Paper(
                [.. points.Where(p => p.Row.Claim?.Paper is not null).Select(p => p.X)],
                [.. points.Where(p => p.Row.Claim?.Paper is not null).Select(p => p.Row.Claim!.Paper!.Value)], d == 0 ? "paper" : string.Empty);
        }

        for (int n = 0; n < rows.Length; n++)
        {
            panel.Text(rows[n].Name, n, 99);
        }

        panel.XRange(-0.5, rows.Length - 0.5).YRange(80, 100);
    }
}
