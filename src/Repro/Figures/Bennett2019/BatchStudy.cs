using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>What a mini-batch accumulates for a weight: the gradient, or signs; and NoProp in batches.</summary>
internal sealed class BatchStudy : Study
{
    private static readonly string[] Sums = ["gradient", "signOfInput", "signOfBoth"];

    /// <inheritdoc/>
    public override string Figure => "study-batch";

    /// <inheritdoc/>
    public override string Title => "Open: what the mini-batch accumulates";

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from first in profile == Profile.Full ? Sums : Sums[..2]
           from second in profile == Profile.Full ? Sums : Sums[..1]
           select Tanh(BennettSystem.Linear, ("firstSum", first), ("secondSum", second)),
        .. from batch in profile == Profile.Full ? [1, 10, 30, 100] : Of(1, 100) select NoProp(BennettSystem.Linear, ("nopropBatch", batch)),
    ];
}
