using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Inputs in [-1, 1], as eq. 5 has them, or in [0, 1]; constant inputs; where learned devices begin.</summary>
internal sealed class InputsStudy : Study
{
    private static readonly string[] Devices = [BennettSystem.Linear, BennettSystem.Nonlinear];

    /// <inheritdoc/>
    public override string Figure => "study-inputs";

    /// <inheritdoc/>
    public override string Title => "Open: range of the inputs, constant inputs and start";

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from device in profile == Profile.Full ? Devices : Devices[..1]
           from inputs in Of("twoSided", "oneSided")
           from start in profile == Profile.Full ? [1, 0.1] : Of(1.0)
           from bias in profile == Profile.Full ? [false, true] : Of(false)
           select NoProp(device, ("inputs", inputs), ("start", start), ("bias", bias)),
        .. from device in profile == Profile.Full ? Devices : Devices[..1]
           from inputs in Of("twoSided", "oneSided")
           from start in profile == Profile.Full ? [1, 0.1] : Of(1.0)
           select inputs == "oneSided"
               ? Tanh(device, ("inputs", inputs), ("start", start), ("gain", 0.2), ("softmaxGain", 0.3))
               : Tanh(device, ("inputs", inputs), ("start", start)),
        .. from levels in profile == Profile.Full ? [16, 32, 64] : Of(32)
           from inputs in Of("twoSided", "oneSided")
           from point in new List<Point>
           {
               NoProp(BennettSystem.Linear, ("inputs", inputs), ("levels", levels)), Tanh(BennettSystem.Linear, ("inputs", inputs), ("levels", levels)),
           }
           select point,
    ];
}
