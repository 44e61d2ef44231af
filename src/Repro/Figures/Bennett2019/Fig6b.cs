using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 6b: accuracy against the spread of the extrema of conductance.</summary>
internal sealed class Fig6b() : DispersionFigure(
    "fig6b", "Spread of the largest and smallest conductance from device to device", "extremaDeviation", [0, 0.05, 0.1, 0.2, 0.3, 0.4], [0, 0.3],
    "deviation of G_max and G_min, as a part of the range")
{
    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
        [.. Devices.Select(device => new Claim(MoreThanNoProp(device, 0.3), Loss, null, 0, 100, "Fig. 6b: NoProp is more resilient, the MLP strongly harmed"))];
}
