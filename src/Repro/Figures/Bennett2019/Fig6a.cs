using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 6a: accuracy against the spread of the number of levels around 256.</summary>
internal sealed class Fig6a() : DispersionFigure(
    "fig6a", "Spread of the number of levels from device to device", "levelsDeviation", [0, 0.05, 0.1, 0.2, 0.3, 0.4], [0, 0.3],
    "deviation of g, as a part of 256")
{
    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
        [.. Devices.Select(device => new Claim(MoreThanNoProp(device, 0.3), Loss, null, 0, 100, "Fig. 6a: NoProp is resilient, the MLP mildly harmed"))];
}
