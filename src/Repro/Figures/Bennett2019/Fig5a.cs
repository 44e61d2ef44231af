using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 5a: the tanh MLP on linear devices of different resolution in its two layers.</summary>
internal sealed class Fig5a : BennettExperiment
{
    private const string Gap = "gap_points";
    private static readonly int[] Levels = [16, 32, 64, 128, 256, 512];
    private static readonly Point FirstNeedsMore = new(("compare", "(512,64)-(64,512)"));
    private static readonly Point SecondIsEnough = new(("compare", "(512,512)-(512,64)"));

    /// <inheritdoc/>
    public override string Figure => "fig5a";

    /// <inheritdoc/>
    public override string Title => "MLP on linear devices: resolution of the first against that of the second layer";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(FirstNeedsMore, Gap, null, 0, 100, "Fig. 5a: low resolution of the first layer is always poor, that of the second is not"),
        new(SecondIsEnough, Gap, null, -2, 2, "Sec. IV: g2 below 100 is enough if g1 is high; 2 points"),
    ];

    /// <inheritdoc/>
    protected override int FullSeeds => 10;

    /// <inheritdoc/>
    /// <remarks>Few levels spread more from seed to seed.</remarks>
    public override int Seeds(Profile profile, Point point) =>
        profile == Profile.Full && Math.Min(point.Number("levels"), point.Number("secondLevels")) > 32 ? 5 : Seeds(profile);

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile)
    {
        int[] levels = profile == Profile.Full ? Levels : [64, 512];
        return [.. from first in levels from second in levels select At(first, second)];
    }

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
    [
        .. Difference(seed, FirstNeedsMore, Gap, At(512, 64), At(64, 512)),
        .. Difference(seed, SecondIsEnough, Gap, At(512, 512), At(512, 64)),
    ];

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "MLP tanh, linear devices: accuracy (%) against levels of either layer";
        sheet.Width = 640;
        sheet.Height = 560;
        Panel panel = sheet.Add().Schematic(7.2, 7.5);
        Row[] rows = [.. Rows(summary, Tanh(BennettSystem.Linear)).Where(r => r.Point["secondLevels"] is not null)];
        for (int n = 0; n < Levels.Length; n++)
        {
            panel.Text($"{Levels[n]}", n + 1.5, 0.75).Text($"{Levels[n]}", 0.7, n + 1.5);
        }

        panel.Text("g1, levels of the first layer", 4, 0.3).Text("g2, levels of the second layer", 0.1, 7.4, alignment: Alignment.UpperLeft);
        foreach (Row row in rows)
        {
            int x = Array.IndexOf(Levels, (int)row.Point.Number("levels")), y = Array.IndexOf(Levels, (int)row.Point.Number("secondLevels"));
            double part = Math.Clamp((row.Mean - 10) / 87, 0, 1);
            Color fill = SheetColors.Mist.MixedWith(SheetColors.Blue, part * part);
            panel.Box(x + 1, y + 1, x + 2, y + 2, Colors.White, fill)
                .Text($"{row.Mean:F1}", x + 1.5, y + 1.5, part > 0.75 ? Colors.White : SheetColors.Ink, 14);
        }
    }

    private static Point At(int first, int second) => Tanh(BennettSystem.Linear, ("levels", first), ("secondLevels", second));
}
