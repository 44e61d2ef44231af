using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 9: the system with several hidden layers, drawn.</summary>
internal sealed class Fig9 : BennettExperiment
{
    /// <inheritdoc/>
    public override string Figure => "fig9";

    /// <inheritdoc/>
    public override string Title => "The extreme learning machine with an auto-encoder in front, drawn";

    /// <inheritdoc/>
    public override bool NeedsMnist => false;

    /// <inheritdoc/>
    protected override int FullSeeds => 1;

    /// <inheritdoc/>
    public override string? Trains => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) => [new(("drawing", "architecture"))];

    /// <inheritdoc/>
    public override double ExpectedSeconds(Point point, ParameterValues parameters) => 0.1;

    /// <inheritdoc/>
    public override RunResult Run(RunContext context) => new() { Metrics = [] };

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Multi-hidden-layer ELM: one auto-encoder, then a random layer and a trained output layer";
        sheet.Width = 1000;
        sheet.Height = 430;
        Panel panel = sheet.Add().Schematic(20, 8.6);
        (double X, string Name, string Size, double Height)[] layers =
        [
            (1.6, "image", "784", 5), (6, "features", "M_ae", 3.6), (11.5, "hidden signs", "M_elm", 6), (17.5, "classes", "10", 2),
        ];
        (string Words, Color Colour)[] links =
        [
            ("auto-encoder weights,\nlearned without labels, written once", SheetColors.Orange), ("random OFF-state pairs,\nnever written", SheetColors.Grey),
            ("trained pairs,\nsign Widrow-Hoff", SheetColors.Blue),
        ];
        for (int k = 0; k < layers.Length; k++)
        {
            (double x, string name, string size, double height) = layers[k];
            double low = 4.6 - (height / 2);
            panel.Box(x - 0.35, low, x + 0.35, low + height, SheetColors.Ink, SheetColors.Mist);
            panel.Text(name, x, low + height + 0.4, bold: true).Text(size, x, low - 0.35, SheetColors.Grey);
            for (int n = 0; n < 6; n++)
            {
                panel.Circle(x, low + (height * (n + 0.5) / 6), 11);
            }

            if (k > 0)
            {
                (double from, double fromHeight) = (layers[k - 1].X + 0.4, layers[k - 1].Height);
                foreach (double part in new List<double> { 0.08, 0.5, 0.92 })
                {
                    panel.Arrow(from, 4.6 + (fromHeight * (part - 0.5)), x - 0.45, 4.6 + (height * (part - 0.5)), links[k - 1].Colour);
                }

                panel.Text(links[k - 1].Words, (from + x - 0.4) / 2, 0.75, links[k - 1].Colour, 12);
            }
        }
    }
}
