using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>The gain factors of the hidden units and of the softmax, which the paper gives without a unit or not at all.</summary>
internal sealed class GainStudy : Study
{
    /// <inheritdoc/>
    public override string Figure => "study-gain";

    /// <inheritdoc/>
    public override string Title => "Open: gain of hidden units and softmax";

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from gain in profile == Profile.Full ? [0.05, 0.1, 0.2, 0.46] : Of(0.1)
           from softmax in profile == Profile.Full ? [0.05, 0.15, 0.3, 0.5] : Of(0.15, 0.3)
           select Tanh(BennettSystem.Linear, ("gain", gain), ("softmaxGain", softmax)),
        .. from kind in Of("rectifier", "relu")
           from softmax in profile == Profile.Full ? [0.01, 0.02, 0.03, 0.05, 0.1] : Of(0.04)
           select new Point(
               ("system", BennettSystem.Mlp), ("device", BennettSystem.Linear), ("activation", kind), ("hidden", 800), ("softmaxGain", softmax)),
    ];
}
