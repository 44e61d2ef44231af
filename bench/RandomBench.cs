using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Kernels;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>Time per random word and per normal number; the buffer stays in the first-level cache.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class RandomBench
{
    private const int Count = 4_096;
    private readonly uint[] words = new uint[Count];
    private readonly float[] numbers = new float[Count];
    private readonly Random random = new();
    private ulong step;

    [BenchmarkCategory("words"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void SystemRandom() => PlainRandom.Words(random, words);

    [BenchmarkCategory("words"), Benchmark(OperationsPerInvoke = Count)]
    public void RandomWordsFill() => RandomWords.Fill(new RandomAddress(1, 2, step++), words);

    [BenchmarkCategory("normal numbers"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void BoxMuller() => PlainRandom.Gaussians(random, numbers);

    [BenchmarkCategory("normal numbers"), Benchmark(OperationsPerInvoke = Count)]
    public void GaussianFill() => Gaussian.Fill(new RandomAddress(1, 3, step++), numbers);
}
