using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>The rates of each point, chosen on validation text.</summary>
internal static class Rates
{
    /// <summary>The rates of a point.</summary>
    public static IReadOnlyDictionary<string, object> Of(Point point, Profile profile) => point.Word("algorithm") switch
    {
        GokmenArrays.FloatingPoint => new Dictionary<string, object> { ["eta"] = 0.03, ["rateFactor"] = 0.75 },
        GokmenArrays.Sgd => new Dictionary<string, object> { ["eta"] = 0.02, ["rateFactor"] = 0.6 },
        GokmenArrays.TikiTaka => new Dictionary<string, object> { ["fastRate"] = 0.02, ["transferRate"] = 0.02 },
        _ => new Dictionary<string, object> { ["fastRate"] = 0.05, ["fastRateOfOutput"] = 0.3, ["transferRate"] = 4.0, ["transferEvery"] = 1, ["rateFactor"] = 0.5 },
    };

    /// <summary>Model-I: 15 states, additive pulse noise of a step.</summary>
    public static IReadOnlyDictionary<string, object> ModelOne { get; } = new Dictionary<string, object>
    {
        ["muDw"] = 0.08,
        ["sigmaCycle"] = 1.0,
        ["additiveNoise"] = true,
        ["fastRate"] = 0.4,
        ["transferRate"] = 0.1,
        ["rateFactor"] = 0.85,
    };
}
