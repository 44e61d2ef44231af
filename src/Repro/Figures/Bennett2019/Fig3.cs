using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 3: NoProp against training samples with sign Widrow-Hoff and with its L1 and L2 competitors, on both devices and off-chip.</summary>
internal sealed class Fig3 : BennettExperiment
{
    private const string Gap = "gap_points";
    private static readonly string[] Rules = ["sWH", "L1", "L2"];

    /// <inheritdoc/>
    public override string Figure => "fig3";

    /// <inheritdoc/>
    public override string Title => "NoProp accuracy against samples: sign Widrow-Hoff, L1 and L2 rules, and off-chip weights";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Below(BennettSystem.Linear, "offChip-sWH"), Gap, null, -1, 1, "Sec. IV: sign Widrow-Hoff reaches the off-chip result on linear devices; 1.0"),
        .. from device in new[] { BennettSystem.Linear, BennettSystem.Nonlinear }
           from rule in Rules.Skip(1)
           select new Claim(Below(device, $"sWH-{rule}"), Gap, null, 0, 100, "Fig. 3: L1 and L2 stay below sign Widrow-Hoff on both devices"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object> Defaults => new Dictionary<string, object> { ["curve"] = true };

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        NoProp(BennettSystem.OffChip),
        .. from device in new[] { BennettSystem.Linear, BennettSystem.Nonlinear } from rule in Rules select Rule(device, rule),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
    [
        .. Difference(
            seed, Below(BennettSystem.Linear, "offChip-sWH"), Gap, NoProp(BennettSystem.OffChip), Rule(BennettSystem.Linear, "sWH")),
        .. from device in new[] { BennettSystem.Linear, BennettSystem.Nonlinear }
           from rule in Rules.Skip(1)
           from metric in Difference(seed, Below(device, $"sWH-{rule}"), Gap, Rule(device, "sWH"), Rule(device, rule))
           select metric,
    ];

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Learning rules of the output layer: NoProp, M = 3000, g = 256";
        sheet.Width = 1000;
        foreach ((string device, string title) in new[] { (BennettSystem.Linear, "Linear devices"), (BennettSystem.Nonlinear, "Non-linear devices") })
        {
            Panel panel = sheet.Add(title).Axes("training samples", "test accuracy (%)");
            panel.Curves(summary, NoProp(BennettSystem.OffChip), BennettSystem.Accuracy, "off-chip", SheetColors.Grey);
            for (int n = 0; n < Rules.Length; n++)
            {
                string label = Rules[n] == "sWH" ? "sign Widrow-Hoff" : Rules[n];
                panel.Curves(summary, Rule(device, Rules[n]), BennettSystem.Accuracy, label, SheetColors.Series(n));
            }

            panel.YRange(summary.Profile == Profile.Full ? 70 : null, summary.Profile == Profile.Full ? 97 : null);
        }
    }

    private static Point Rule(string device, string rule) => NoProp(device, ("rule", rule));

    private static Point Below(string device, string compare) => new(("device", device), ("compare", compare));
}
