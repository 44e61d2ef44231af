namespace Crosspoint.Repro.Bench.Rows;

/// <summary>
/// Training steps of a 784-256-128-10 network, one image a step: the first steps, in which errors and so pulses are many, and for pairs
/// those on digits in the middle of an epoch too.
/// </summary>
internal static class TrainingRows
{
    public static IEnumerable<BenchRow> All =>
    [
        Row("floating-point", TrainingCase.FloatingPoint),
        Row("constant-step", TrainingCase.ConstantStep, new Goal(8, Bound.Cache), isPulsed: true, limit: true),
        Row("unidirectional-pair", TrainingCase.UnidirectionalPairs, new Goal(15, Bound.Cache), isPulsed: true),
        new()
        {
            Name = "train/mlp/unidirectional-pair-digits",
            Unit = "us/image",
            Operations = DigitTrainingCase.Digits,
            Goal = new Goal(15, Bound.Cache), // 0.9 s an epoch of 60,000
            Prepare = () =>
            {
                DigitTrainingCase c = new();
                return new BenchCase(c.Train) { Restart = c.Restart };
            },
        },
    ];

    private static BenchRow Row(string name, Func<TrainingCase> make, Goal? goal = null, bool isPulsed = false, bool limit = false) => new()
    {
        Name = $"train/mlp/{name}",
        Unit = "us/image",
        Operations = TrainingCase.Images,
        Goal = goal,
        Prepare = () =>
        {
            TrainingCase c = make();
            return new BenchCase(c.Train)
            {
                Restart = c.Restart,
                Loop = c.Loop,
                Limit = limit ? c.Limit : null,
                Coincidences = isPulsed ? () => c.Coincidences : null,
            };
        },
    };
}
