using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>
/// A question that the paper leaves open, on held-out training images: trains on the first 50,000 and reads the last 10,000; test images are
/// not touched.
/// </summary>
internal abstract class Study : BennettExperiment
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object> Defaults => new Dictionary<string, object> { ["evaluateOn"] = "validation" };

    /// <inheritdoc/>
    protected override int FullSeeds => 3;

    /// <summary>Draws one row of the table a line: its coordinates, and its accuracy beside the value of the paper.</summary>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = Title;
        Row[] rows = [.. Rows(summary, Point.Empty)];
        sheet.Width = 1000;
        sheet.Height = 140 + (22 * rows.Length);
        Panel panel = sheet.Add("Mean over seeds with 95 % interval").Axes("validation accuracy (%)", string.Empty).NamedY();
        double low = Math.Max(0, rows.Min(r => r.Mean - (r.Ci95 ?? 0)) - 2), high = 98, wide = high - low;
        panel.Box(low - (1.6 * wide), 0, low - (0.01 * wide), rows.Length + 1, ScottPlot.Colors.White, ScottPlot.Colors.White);
        for (int n = 0; n < rows.Length; n++)
        {
            double y = rows.Length - n, half = rows[n].Ci95 ?? 0;
            ScottPlot.Color colour = SheetColors.Series(rows[n].Point.Word("system") == BennettSystem.NoProp ? 0 : 1);
            panel.Text(Words(rows[n].Point), low - (0.02 * wide), y, colour, 12, alignment: ScottPlot.Alignment.MiddleRight)
                .Segment(rows[n].Mean - half, y, rows[n].Mean + half, y, colour, 1.4f)
                .Points([rows[n].Mean], [y], color: colour)
                .Text($"{rows[n].Mean:F2}", high + (0.01 * wide), y, colour, 12, alignment: ScottPlot.Alignment.MiddleLeft);
        }

        panel.XRange(low - (1.5 * wide), high + (0.16 * wide)).YRange(0.3, rows.Length + 0.7);
    }

    // Strengths that are the same both ways are told once, and the 300 units of every tanh network not at all.
    private static string Words(Point point) => string.Join(", ", point.Coordinates
        .Where(c => c.Name != "hidden" && (c.Name != "alphaReset" || !c.Value.Equals(point["alphaSet"])))
        .Select(c => c.Name is "system" or "device" ? Point.Format(c.Value)
            : c.Name == "alphaSet" && c.Value.Equals(point["alphaReset"]) ? $"alpha {Point.Format(c.Value)}"
            : $"{c.Name} {Point.Format(c.Value)}"));
}
