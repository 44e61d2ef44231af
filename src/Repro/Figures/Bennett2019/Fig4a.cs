using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 4a: accuracy against training samples of NoProp and the tanh MLP on both devices and in software.</summary>
internal sealed class Fig4a : BennettExperiment
{
    /// <inheritdoc/>
    public override string Figure => "fig4a";

    /// <inheritdoc/>
    public override string Title => "Accuracy against training samples: NoProp and MLP on both devices and in software";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(NoProp(BennettSystem.Software), BennettSystem.BestAccuracy, 94.3, 93.3, 95.3, "Sec. IV: the maximum, at about 50,000 samples; 1.0"),
        new(NoProp(BennettSystem.Linear), BennettSystem.Accuracy, 94.5, 93.5, 95.5, "Sec. IV: at 180,000 samples; 1.0"),
        new(NoProp(BennettSystem.Linear), BennettSystem.BestAccuracy, 94.5, 93.5, 95.5, "Sec. IV: within 180,000 samples; 1.0"),
        new(Tanh(BennettSystem.Linear), BennettSystem.Accuracy, 96.3, 95.6, 97.0, "Sec. IV: after 6 to 7 epochs near software; 0.7"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object> Defaults => new Dictionary<string, object> { ["curve"] = true };

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
        [.. FourSystems(), NoProp(BennettSystem.Software), Tanh(BennettSystem.Software)];

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Learning on and off the chip, g = 256";
        Panel panel = sheet.Add("Mean over seeds; shaded: lowest to highest").Axes("training samples", "test accuracy (%)");
        int series = 0;
        foreach ((Point point, string label) in new[]
        {
            (NoProp(BennettSystem.Linear), "NoProp, linear"),
            (NoProp(BennettSystem.Nonlinear), "NoProp, non-linear"),
            (Tanh(BennettSystem.Linear), "MLP tanh, linear"),
            (Tanh(BennettSystem.Nonlinear), "MLP tanh, non-linear"),
            (NoProp(BennettSystem.Software), "NoProp, software"),
            (Tanh(BennettSystem.Software), "MLP tanh, software"),
        })
        {
            panel.Curves(summary, point, BennettSystem.Accuracy, label, SheetColors.Series(series++));
        }

        if (summary.Profile == Profile.Full)
        {
            panel.Paper([50_000, 180_000, 480_000], [94.3, 94.5, 96.3]).YRange(78, 98.5);
        }
    }
}
