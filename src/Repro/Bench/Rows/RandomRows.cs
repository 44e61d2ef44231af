using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Random words, normal numbers, and the bits of pulse trains.</summary>
internal static class RandomRows
{
    private const int Count = 4_096;
    private const int Lines = 512, BitLength = 31;
    private const float Probability = 0.3f;

    public static IEnumerable<BenchRow> All =>
    [
        Row("words", "ns/word", Count, 0.14, Words),
        Row("gaussian", "ns/number", Count, 0.25, Gaussians),
        Row("bernoulli", "ns/bit", 32 * Count, 0.02, Bernoulli),
        Row("trains", "ns/bit", Lines * BitLength, null, Trains),
    ];

    private static BenchRow Row(string name, string unit, int operations, double? goal, Func<BenchCase> prepare) => new()
    {
        Name = $"random/{name}",
        Unit = unit,
        Operations = operations,
        Goal = goal is { } limit ? new Goal(limit, Bound.Compute) : null,
        Prepare = prepare,
    };

    private static BenchCase Words()
    {
        uint[] words = new uint[Count];
        Random random = new(1);
        ulong step = 0;
        return new(() => RandomWords.Fill(new RandomAddress(1, 2, step++), words))
        {
            Limit = () => PeakKernels.Mix(Count, out _),
            Loop = () => PlainRandom.Words(random, words),
        };
    }

    private static BenchCase Gaussians()
    {
        float[] numbers = new float[Count];
        Action law = NormalLawCase.Of(Count);
        Random random = new(1);
        ulong step = 0;
        return new(() => Gaussian.Fill(new RandomAddress(1, 3, step++), numbers))
        {
            Limit = () =>
            {
                PeakKernels.Mix(Count, out _); // a word for each number
                law();
            },
            Loop = () => PlainRandom.Gaussians(random, numbers),
        };
    }

    // One probability for all bits.
    private static BenchCase Bernoulli()
    {
        uint[] bits = new uint[Count], words = new uint[8 * Count / 3]; // 8/3 random bits for each
        DepositCase deposits = new();
        Random random = new(1);
        ulong step = 0;
        return new(() => BernoulliBits.Fill(new RandomAddress(1, 5, step++), Probability, bits))
        {
            Limit = () =>
            {
                RandomWords.Fill(new RandomAddress(1, 5, step), words);
                deposits.Run(2 * Count / 3); // 4/3 numbers of 64 for each of the result
            },
            Loop = () => PlainRandom.Bits(random, Probability, bits),
        };
    }

    // Every line has a probability of its own.
    private static BenchCase Trains()
    {
        float[] values = Inputs.Signals(Lines, 1);
        uint[] trains = new uint[Lines * PulseTrains.Planes(BitLength)], words = new uint[Lines * BitLength / sizeof(uint)]; // a byte for each bit
        Random random = new(1);
        ulong step = 0;
        return new(() => PulseTrains.Draw(new RandomAddress(1, 4, step++), values, 1, BitLength, trains))
        {
            Limit = () => RandomWords.Fill(new RandomAddress(1, 4, step), words),
            Loop = () => PlainRandom.Trains(random, values, BitLength, trains),
        };
    }
}
