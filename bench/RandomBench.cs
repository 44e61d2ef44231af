using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Kernels;

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
    public void SystemRandom()
    {
        for (int n = 0; n < words.Length; n++)
        {
            words[n] = (uint)random.NextInt64(1L << 32);
        }
    }

    [BenchmarkCategory("words"), Benchmark(OperationsPerInvoke = Count)]
    public void RandomWordsFill() => RandomWords.Fill(new RandomAddress(1, 2, step++), words);

    [BenchmarkCategory("normal numbers"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void BoxMuller()
    {
        for (int n = 0; n < numbers.Length; n += 2)
        {
            float radius = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle()));
            (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * random.NextSingle());
            numbers[n] = radius * cosine;
            numbers[n + 1] = radius * sine;
        }
    }

    [BenchmarkCategory("normal numbers"), Benchmark(OperationsPerInvoke = Count)]
    public void GaussianFill() => Gaussian.Fill(new RandomAddress(1, 3, step++), numbers);
}
