using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>
/// Can one set of choices meet the claims for linear and non-linear devices together? NoProp and the tanh MLP on both, for inputs of either
/// range, constant inputs, strengths of non-linear steps, gains and a dead zone.
/// </summary>
internal sealed class TogetherStudy : Study
{
    private const string Distance = "distance_to_four_claims_bands";

    // What the paper reports, and half the width of its band.
    private static readonly (double Value, double Half) NoPropLinear = (94.5, 0.7), NoPropNonlinear = (93.5, 1), MlpLinear = (96.3, 0.4), MlpNonlinear = (91.5, 1);
    private static readonly double[] Strengths = [0.1, 0.15, 0.2];

    // Units in [0, 1] see half the signal.
    private static readonly Network[] Networks =
    [
        new("twoSided", 0.1, 0.15), new("twoSided", 0.1, 0.15, 0.003), new("oneSided", 0.2, 0.3, 0.001), new("oneSided", 0.2, 0.3, 0.003),
        .. from gain in new[] { 0.1, 0.2, 0.4 } from softmax in new[] { 0.15, 0.3 } select new Network("oneSided", gain, softmax),
    ];

    /// <inheritdoc/>
    public override string Figure => "study-together";

    /// <inheritdoc/>
    public override string Title => "Open: one set of choices for linear and non-linear devices";

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile)
    {
        IReadOnlyList<double> strengths = profile == Profile.Full ? Strengths : Of(0.15);
        Network[] networks = profile == Profile.Full ? Networks : [Networks[0], Networks[2]];
        return
        [
            .. from inputs in Of("twoSided", "oneSided")
               from bias in profile == Profile.Full ? [false, true] : Of(false)
               from point in (IEnumerable<Point>)[Linear(inputs, bias), .. strengths.Select(alpha => Nonlinear(inputs, bias, alpha))]
               select point,
            .. from network in networks
               from point in (IEnumerable<Point>)[Linear(network), .. strengths.Select(alpha => Nonlinear(network, alpha))]
               select point,
        ];
    }

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
        from network in Networks
        from bias in Of(false, true)
        from alpha in Strengths
        let misses = new[]
        {
            Miss(seed, Linear(network.Inputs, bias), NoPropLinear), Miss(seed, Nonlinear(network.Inputs, bias, alpha), NoPropNonlinear),
            Miss(seed, Linear(network), MlpLinear), Miss(seed, Nonlinear(network, alpha), MlpNonlinear),
        }
        where misses.All(miss => miss is not null)
        select new Metric(
            new Point(
                ("compare", "four claims"), ("inputs", network.Inputs), ("bias", bias), ("alphaSet", alpha), ("alphaReset", alpha),
                ("gain", network.Gain), ("softmaxGain", network.Softmax), ("deadZone", network.DeadZone)),
            Distance, misses.Max()!.Value);

    // How far a system is from its claim: 1 at the edge of the band.
    private static double? Miss(IReadOnlyList<Metric> seed, Point at, (double Value, double Half) claim) =>
        Accuracy(seed, at) is { } accuracy ? Math.Abs(accuracy - claim.Value) / claim.Half : null;

    private static Point Linear(string inputs, bool bias) => NoProp(BennettSystem.Linear, ("inputs", inputs), ("bias", bias));

    private static Point Nonlinear(string inputs, bool bias, double alpha) =>
        NoProp(BennettSystem.Nonlinear, ("inputs", inputs), ("bias", bias), ("alphaSet", alpha), ("alphaReset", alpha));

    private static Point Linear(Network network) => Tanh(BennettSystem.Linear, network.Choices);

    private static Point Nonlinear(Network network, double alpha) =>
        Tanh(BennettSystem.Nonlinear, [.. network.Choices, ("alphaSet", alpha), ("alphaReset", alpha)]);

    // A network that has no dead zone does not say so: its runs are those of the other studies.
    private sealed record Network(string Inputs, double Gain, double Softmax, double DeadZone = 0)
    {
        public (string Name, object Value)[] Choices =>
        [
            ("inputs", Inputs), ("gain", Gain), ("softmaxGain", Softmax), .. DeadZone > 0 ? [("deadZone", (object)DeadZone)] : Array.Empty<(string, object)>(),
        ];
    }
}
