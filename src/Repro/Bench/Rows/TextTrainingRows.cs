namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Training steps of LSTM2-64-WP, one character a step.</summary>
internal static class TextTrainingRows
{
    public static IEnumerable<BenchRow> All => [Row("fp", TextTrainingCase.FloatingPoint, new Goal(4, Bound.Cache))];

    private static BenchRow Row(string name, Func<TextTrainingCase> make, Goal? goal = null) => new()
    {
        Name = $"train/lstm/{name}",
        Unit = "us/character",
        Operations = TextTrainingCase.Characters,
        Goal = goal,
        Prepare = () =>
        {
            TextTrainingCase c = make();
            return new BenchCase(c.Train) { Restart = c.Restart };
        },
    };
}
