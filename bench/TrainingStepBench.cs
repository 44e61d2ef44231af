using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>
/// Time per training image of the 784-256-128-10 network of Babu and Rajendran (2017): floating point, and pairs of unidirectional
/// devices with trains of 10 slots and a reset at every 15th image.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class TrainingStepBench
{
    private readonly TrainingCase digital = TrainingCase.FloatingPoint();
    private readonly TrainingCase pairs = TrainingCase.UnidirectionalPairs();

    [BenchmarkCategory("floating point"), Benchmark(Baseline = true, OperationsPerInvoke = TrainingCase.Images)]
    public void DigitalLoops() => digital.Loops();

    [BenchmarkCategory("floating point"), Benchmark(OperationsPerInvoke = TrainingCase.Images)]
    public void Digital() => digital.Train();

    [BenchmarkCategory("pairs, BL 10"), Benchmark(Baseline = true, OperationsPerInvoke = TrainingCase.Images)]
    public void PairLoops() => pairs.Loops();

    [BenchmarkCategory("pairs, BL 10"), Benchmark(OperationsPerInvoke = TrainingCase.Images)]
    public void Pairs() => pairs.Train();
}
