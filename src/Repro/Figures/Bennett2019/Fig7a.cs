using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 7a: accuracy against the asymmetry of RESET and SET.</summary>
internal sealed class Fig7a() : DispersionFigure(
    "fig7a", "Asymmetry of RESET against SET", "asymmetry", [1, 1.05, 1.1, 1.25, 1.5, 2], [1, 1.25], "zeta, RESET step / SET step")
{
    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Tanh(BennettSystem.Nonlinear, ("asymmetry", 1.25)), BennettSystem.Accuracy, null, 0, 78, "Sec. IV: below 75 at zeta = 1.25; 3"),
        new(NoProp(BennettSystem.Linear, ("asymmetry", 1.25)), BennettSystem.Accuracy, 91, 88, 94, "Sec. IV: about 91 at zeta = 1.25; 3"),
        new(Referenced(1.25), BennettSystem.Accuracy, 91, 88, 94, "The same where a synapse is one device beside a reference"),
        .. from system in new[] { BennettSystem.NoProp, BennettSystem.Mlp }
           from device in Devices
           select new Claim(AboveOneLayer(system, device, 1.5), Loss, null, -100, 0, "Sec. IV: at zeta = 1.5 all are below the one-layer network"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
        [.. base.Points(profile), .. from zeta in profile == Profile.Full ? Of(1, 1.05, 1.1, 1.25, 1.5, 2) : Of(1, 1.25) select Referenced(zeta)];

    /// <inheritdoc/>
    protected override void DrawFurther(Panel panel, Summary summary) => panel.Means(
        Rows(summary, NoProp(BennettSystem.Linear, ("pair", "reference"))), "asymmetry", "NoProp, linear, device and reference", SheetColors.Series(4), "");

    private static Point Referenced(double zeta) => NoProp(BennettSystem.Linear, ("asymmetry", zeta), ("pair", "reference"));
}
