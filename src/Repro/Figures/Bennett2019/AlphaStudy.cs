using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>The strength of non-linear steps, with and without clipping, for NoProp and the MLP: can one choice meet both claims, 93.5 and 91.5?</summary>
/// <remarks>4.248 and 3.246 are the literal fit: g levels between a tenth and nine tenths of the range. 3.297 makes both steps linear-sized at mid-range.</remarks>
internal sealed class AlphaStudy : Study
{
    private const string Distance = "distance_to_both_claims_points";
    private static readonly (double Set, double Reset)[] Strengths =
    [
        (0.05, 0.05), (0.1, 0.1), (0.15, 0.15), (0.2, 0.2), (0.25, 0.25), (0.3, 0.3), (0.5, 0.5), (1, 1), (2, 2), (3.297, 3.297), (4.248, 3.246),
        (0.196, 0.15), (0.655, 0.5),
    ];

    /// <inheritdoc/>
    public override string Figure => "study-alpha";

    /// <inheritdoc/>
    public override string Title => "Open: strength and clipping of non-linear steps";

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from strength in profile == Profile.Full ? Strengths : [Strengths[2], Strengths[10]]
           from clip in profile == Profile.Full ? [0, 0.1] : Of(0.1)
           from isMlp in Of(false, true)
           select At(isMlp, strength, clip),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
        from strength in Strengths
        from clip in Of(0, 0.1)
        let noprop = Accuracy(seed, At(false, strength, clip))
        let mlp = Accuracy(seed, At(true, strength, clip))
        where noprop is not null && mlp is not null
        select new Metric(
            new Point(("compare", "(93.5, 91.5)"), ("alphaSet", strength.Set), ("alphaReset", strength.Reset), ("clip", clip)), Distance,
            Math.Max(Math.Abs(noprop.Value - 93.5), Math.Abs(mlp.Value - 91.5)));

    private static Point At(bool isMlp, (double Set, double Reset) strength, double clip)
    {
        (string, object)[] more = [("alphaSet", strength.Set), ("alphaReset", strength.Reset), ("clip", clip)];
        return isMlp ? Tanh(BennettSystem.Nonlinear, more) : NoProp(BennettSystem.Nonlinear, more);
    }
}
