using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Whether weights whose mean gradient is small are spared their pulse, and from where on.</summary>
internal sealed class DeadZoneStudy : Study
{
    /// <inheritdoc/>
    public override string Figure => "study-deadzone";

    /// <inheritdoc/>
    public override string Title => "Open: the dead zone of the mini-batch";

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from device in Of(BennettSystem.Linear, BennettSystem.Nonlinear)
           from zeta in profile == Profile.Full ? [1, 1.25] : Of(1.0)
           from dead in profile == Profile.Full ? [0, 0.001, 0.003, 0.01, 0.03] : Of(0, 0.003)
           select Tanh(device, ("asymmetry", zeta), ("deadZone", dead)),
    ];
}
