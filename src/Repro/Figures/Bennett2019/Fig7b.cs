using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 7b: accuracy against the noise of a write.</summary>
internal sealed class Fig7b() : DispersionFigure(
    "fig7b", "Write noise from cycle to cycle", "writeNoise", [0, 0.25, 0.5, 1, 2, 4], [0, 2], "deviation of a step, as a part of it")
{
    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(AboveOneLayer(BennettSystem.Mlp, BennettSystem.Nonlinear, 4), Loss, null, -100, 0, "Sec. IV: only the MLP on non-linear devices falls below one layer"),
        new(AboveOneLayer(BennettSystem.Mlp, BennettSystem.Linear, 4), Loss, null, 0, 100, "Sec. IV: the others stay above one layer"),
        .. Devices.Select(device => new Claim(
            AboveOneLayer(BennettSystem.NoProp, device, 4), Loss, null, 0, 100, "Sec. IV: the others stay above one layer")),
    ];
}
