namespace Crosspoint.Repro.Experiments;

/// <summary>What a row can be when it is held against the paper.</summary>
internal static class Verdicts
{
    /// <summary>The mean lies in the band.</summary>
    public const string Inside = "inside";

    /// <summary>The mean lies outside the band.</summary>
    public const string Outside = "outside";

    /// <summary>The paper says nothing of this row.</summary>
    public const string NoReference = "no-reference";

    /// <summary>The runs are not at the paper's scale, or some of them are missing.</summary>
    public const string NotJudged = "not-judged";

    /// <summary>Holds a mean against a claim.</summary>
    public static string Of(double mean, Claim? claim, bool judged) =>
        claim is null ? NoReference
        : !judged ? NotJudged
        : mean >= claim.Low && mean <= claim.High ? Inside : Outside;
}
