namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Training by sign pulses (C. H. Bennett et al., 2019) on digits: an output layer behind random units, and a network of two layers.</summary>
internal static class SignPulseRows
{
    public static IEnumerable<BenchRow> All =>
    [
        // 0.5 s for three epochs of 60,000 digits.
        Row("noprop/3000", new Goal(2.78, Bound.Cache), () => Trained(SignPulseCase.NoProp())),

        // 2 s for all 70,000 digits.
        Row("noprop/hidden-bits-3000", new Goal(28.6, Bound.Compute), () => new BenchCase(SignPulseCase.HiddenBits())),

        // 4 s for eight epochs of 60,000 digits.
        Row("mlp/sign-pulses-300", new Goal(8.33, Bound.Cache), () => Trained(SignPulseCase.Mlp())),
    ];

    private static BenchRow Row(string name, Goal goal, Func<BenchCase> prepare) => new()
    {
        Name = $"train/{name}",
        Unit = "us/image",
        Operations = SignPulseCase.Digits,
        Goal = goal,
        Prepare = prepare,
    };

    private static BenchCase Trained(SignPulseCase c) => new(c.Train) { Restart = c.Restart };
}
