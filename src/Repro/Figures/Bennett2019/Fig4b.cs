using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 4b: accuracy against the resolution of the devices.</summary>
internal sealed class Fig4b : BennettExperiment
{
    private const string Bits = "bits_needed";
    private static readonly int[] Levels = [2, 4, 8, 16, 32, 64, 128, 256, 512];

    /// <inheritdoc/>
    public override string Figure => "fig4b";

    /// <inheritdoc/>
    public override string Title => "Accuracy against bits: NoProp and MLP on both devices";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Needs(BennettSystem.NoProp, BennettSystem.Linear, "80 %"), Bits, 4, 3, 5, "Sec. IV: 4 bits approach 80; one bit"),
        new(Needs(BennettSystem.NoProp, BennettSystem.Linear, "maximum - 5"), Bits, 5, 4, 6, "Sec. IV: 5 bits are within 5 of the maximum; one bit"),
        new(Needs(BennettSystem.NoProp, BennettSystem.Linear, "maximum - 2"), Bits, 6, 5, 7, "Sec. IV: 6 bits are within 1 to 2; one bit"),
        new(Needs(BennettSystem.NoProp, BennettSystem.Nonlinear, "maximum - 2"), Bits, 6, 5, 7, "Sec. IV: also on non-linear devices; one bit"),
        new(Needs(BennettSystem.Mlp, BennettSystem.Linear, "80 %"), Bits, 5, 4, 6, "Sec. IV: at 5 bits the MLP misses 20 % of the digits; one bit"),
        new(Needs(BennettSystem.Mlp, BennettSystem.Linear, "maximum - 2"), Bits, 8, 7, 9, "Sec. IV: the MLP needs 8 bits for the same; one bit"),
        new(Needs(BennettSystem.Mlp, BennettSystem.Nonlinear, "maximum - 2"), Bits, 9, 8, 10, "Sec. IV: or 9 on non-linear devices; one bit"),
    ];

    /// <inheritdoc/>
    protected override int FullSeeds => 10;

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
        [.. from levels in profile == Profile.Full ? Levels : [16, 64, 256] from point in FourSystems(("levels", levels)) select point];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        foreach (Point system in FourSystems())
        {
            (double Bits, double Accuracy)[] curve =
            [
                .. from metric in seed
                   where metric.Name == BennettSystem.Accuracy && metric.At.Contains(system) && metric.At["levels"] is not null
                   orderby metric.At.Number("levels")
                   select (Math.Log2(metric.At.Number("levels")), metric.Value),
            ];
            if (curve.Length < 2)
            {
                continue;
            }

            double most = curve.Max(c => c.Accuracy);
            foreach ((string goal, double value) in new[] { ("80 %", 80), ("maximum - 5", most - 5), ("maximum - 2", most - 2) })
            {
                if (Crossing(curve, value) is { } bits)
                {
                    yield return new Metric(Needs(system.Word("system"), system.Word("device"), goal), Bits, bits);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Resolution of the devices";
        Panel panel = sheet.Add("Mean over seeds with 95 % interval").Axes("log2 g, bits of a device", "test accuracy (%)");
        DrawFour(panel, summary with { Rows = [.. summary.Rows.Where(row => row.Point["levels"] is not null).Select(WithBits)] }, "bits");
        panel.HorizontalLine(80).YRange(0, 100);
    }

    private static Row WithBits(Row row) => row with { Point = row.Point.With(new Point(("bits", Math.Log2(row.Point.Number("levels"))))) };

    private static Point Needs(string system, string device, string goal) => new(("system", system), ("device", device), ("reaches", goal));

    // Where the curve first passes a value, between two points in proportion.
    private static double? Crossing((double Bits, double Accuracy)[] curve, double value)
    {
        for (int k = 0; k < curve.Length; k++)
        {
            if (curve[k].Accuracy >= value)
            {
                return k == 0
                    ? curve[0].Bits
                    : curve[k - 1].Bits + ((value - curve[k - 1].Accuracy) / (curve[k].Accuracy - curve[k - 1].Accuracy) * (curve[k].Bits - curve[k - 1].Bits));
            }
        }

        return null;
    }
}
