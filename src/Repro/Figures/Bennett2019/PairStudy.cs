using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Which devices of a synapse a write moves, under asymmetry: both, one in turn or at random, or one beside a reference.</summary>
internal sealed class PairStudy : Study
{
    /// <inheritdoc/>
    public override string Figure => "study-pair";

    /// <inheritdoc/>
    public override string Title => "Open: the pair scheme under asymmetry";

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from pair in Of("both", "random", "alternating", "reference")
           from zeta in profile == Profile.Full ? [1, 1.25, 1.5] : Of(1, 1.25)
           from device in profile == Profile.Full ? [BennettSystem.Linear, BennettSystem.Nonlinear] : Of(BennettSystem.Linear)
           from point in profile == Profile.Full
               ? [NoProp(device, ("pair", pair), ("asymmetry", zeta)), Tanh(device, ("pair", pair), ("asymmetry", zeta))]
               : Of(NoProp(device, ("pair", pair), ("asymmetry", zeta)))
           select point,
    ];
}
