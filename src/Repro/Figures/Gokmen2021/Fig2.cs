using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 2: what flows where in SGD, Tiki-Taka and TTv2, drawn.</summary>
internal sealed class Fig2 : IExperiment
{
    private static readonly Color Reads = SheetColors.Blue, Errors = SheetColors.Vermilion, Updates = SheetColors.Green, Transfers = SheetColors.Purple;

    /// <inheritdoc/>
    public string Paper => "gokmen2021";

    /// <inheritdoc/>
    public string Figure => "fig2";

    /// <inheritdoc/>
    public string Title => "The data flow of SGD, Tiki-Taka and TTv2, drawn";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims => [];

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [new(("drawing", "dataFlow"))];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => 0.1;

    /// <inheritdoc/>
    public RunResult Run(RunContext context) => new() { Metrics = [] };

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "What flows where: SGD, Tiki-Taka and TTv2";
        sheet.Note = "Grids are arrays of devices, read and pulsed in place; the plain box is digital memory. u is one-hot at line t, which moves on with every transfer; a prime transposes.";
        (sheet.Width, sheet.Height) = (1200, 600);
        DrawSgd(new Schematic(sheet.Add("SGD")));
        DrawTikiTaka(new Schematic(sheet.Add("Tiki-Taka")));
        DrawTtv2(new Schematic(sheet.Add("TTv2")));
    }

    private static void DrawSgd(Schematic drawing)
    {
        drawing.Array("W", 4.6, 6.2, SheetColors.Ink);
        DrawPasses(drawing, 4.6, 6.2, "y = W x", "z = W' δ");
        DrawUpdate(drawing, 4.6, 6.2, "W += η δ x'\nby pulses");
        drawing.Words("every update lands\nin what is read", 4.6, 9.6, SheetColors.Grey);
    }

    private static void DrawTikiTaka(Schematic drawing)
    {
        drawing.Group(2.75, 1.9, 6.45, 10.95);
        drawing.Array("A", 4.6, 9.1, SheetColors.Ink);
        drawing.Array("C", 4.6, 3.75, SheetColors.Ink);
        DrawPasses(drawing, 4.6, 3.75, "y = (γA + C) x", "z = (γA + C)' δ");
        DrawUpdate(drawing, 4.6, 9.1, "A += η_a δ x'\nby pulses");
        drawing.Flow(4.6, 7.6, 4.6, 5.3, "every n_s updates:\nv = A u,\n0 where |v| < T;\nC += η_c v u'\nby pulses", 8.1, 6.4, Transfers);
    }

    private static void DrawTtv2(Schematic drawing)
    {
        drawing.Array("A", 4.6, 9.9, SheetColors.Ink);
        drawing.Store("H", 4.6, 6.65, SheetColors.Ink);
        drawing.Array("C", 4.6, 3.3, SheetColors.Ink);
        DrawPasses(drawing, 4.6, 3.3, "y = C x", "z = C' δ");
        DrawUpdate(drawing, 4.6, 9.9, "A += η_a δ x'\nby pulses");
        drawing.Flow(4.6, 8.4, 4.6, 7.45, "every n_s updates: v = A u,\nH[t] += η_c v", 7.9, 7.75, Transfers);
        drawing.Flow(4.6, 5.85, 4.6, 4.85, "where |H[t]| > 1: one pulse\nof its sign, and H back to 0\n(hysteretic: to ± 0.6)", 7.9, 5.7, Transfers);
    }

    // Both reads of an array: inputs at its left, outputs below.
    private static void DrawPasses(Schematic drawing, double x, double y, string forward, string backward)
    {
        drawing.Flow(0.4, y + 0.7, x - 1.5, y + 0.7, "x", 0.9, y + 1.15, Reads);
        drawing.Flow(x - 0.6, y - 1.5, x - 0.6, y - 2.6, forward, x - 2.4, y - 2.3, Reads);
        drawing.Flow(x + 0.6, y - 2.6, x + 0.6, y - 1.5, "δ", x + 1.05, y - 2.3, Errors);
        drawing.Flow(x - 1.5, y - 0.7, 0.4, y - 0.7, backward, 1.2, y - 0.25, Errors);
    }

    // The pulses of an update, which come along both sides of the array at once.
    private static void DrawUpdate(Schematic drawing, double x, double y, string what)
    {
        drawing.Flow(x + 2.6, y, x + 1.5, y, what, x + 3.9, y, Updates);
    }
}
