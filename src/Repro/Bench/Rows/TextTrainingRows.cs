using Crosspoint.Repro.Figures.Gokmen2021;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Training steps of LSTM2-64-WP, one character a step; the last part of a name is the number of states of a device.</summary>
/// <remarks>Each has seen so much text that it meets about as many coincidences a character as a long run does: 500 to 20,000.</remarks>
internal static class TextTrainingRows
{
    public static IEnumerable<BenchRow> All =>
    [
        Row("fp", TextTrainingCase.FloatingPoint, new Goal(4, Bound.Cache), isPulsed: false),
        Analog("sgd-symmetric-1200", 4, seen: 20_000, new()
        {
            ["algorithm"] = GokmenArrays.Sgd, ["symmetric"] = true, ["eta"] = Rates.Sgd,
        }),
        Analog("ttv2-15", 4, seen: 60_000, new()
        {
            ["muDw"] = 0.08, ["additiveNoise"] = true, ["sigmaCycle"] = 1.0, ["hysteresis"] = 0.6,
            ["fastRate"] = 0.4, ["transferRate"] = 0.1,
        }),
        Analog("ttv2-120", 9, seen: 80_000, new()
        {
            ["muDw"] = 0.01, ["additiveNoise"] = true, ["turnedFast"] = true,
            ["fastRate"] = 0.2, ["fastRateOfOutput"] = 0.5, ["transferRate"] = 1.5,
        }),
        Analog("ttv2-1200", 15, seen: 100_000, new()
        {
            ["fastRate"] = 0.05, ["fastRateOfOutput"] = 0.3, ["transferRate"] = 4.0, ["transferEvery"] = 1, ["turnedFast"] = true,
        }),
    ];

    private static BenchRow Analog(string name, double goal, int seen, Dictionary<string, object> set) =>
        Row(name, () => TextTrainingCase.Analog(seen, set), new Goal(goal, Bound.Compute));

    private static BenchRow Row(string name, Func<TextTrainingCase> make, Goal goal, bool isPulsed = true) => new()
    {
        Name = $"train/lstm/{name}",
        Unit = "us/character",
        Operations = TextTrainingCase.Characters,
        Goal = goal,
        Prepare = () =>
        {
            TextTrainingCase c = make();
            return new BenchCase(c.Train)
            {
                Restart = c.Restart,
                Coincidences = isPulsed ? () => c.Coincidences : null,
                Limit = isPulsed ? c.Limit : null,
            };
        },
    };
}
