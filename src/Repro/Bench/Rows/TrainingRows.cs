namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Training steps of a 784-256-128-10 network, one image a step: the first steps, in which errors and so pulses are many.</summary>
internal static class TrainingRows
{
    public static IEnumerable<BenchRow> All =>
    [
        Row("floating-point", TrainingCase.FloatingPoint),
        Row("constant-step", TrainingCase.ConstantStep, new Goal(8, Bound.Cache), plain: false),
        Row("unidirectional-pair", TrainingCase.UnidirectionalPairs),
    ];

    private static BenchRow Row(string name, Func<TrainingCase> make, Goal? goal = null, bool plain = true) => new()
    {
        Name = $"train/mlp/{name}",
        Unit = "us/image",
        Operations = TrainingCase.Images,
        Goal = goal,
        Prepare = () =>
        {
            TrainingCase c = make();
            return new BenchCase(c.Train) { Restart = c.Restart, Loop = plain ? c.Loops : null };
        },
    };
}
