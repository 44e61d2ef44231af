using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>Time per cross-point of both products and the rank-1 update, 512 x 512: a megabyte of weights.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class MatVec512x512Bench
{
    private const int CrossPoints = 512 * 512;
    private readonly MatVecCase c = new(512, 512);

    [BenchmarkCategory("forward"), Benchmark(Baseline = true, OperationsPerInvoke = CrossPoints)]
    public void ForwardLoop() => c.ForwardLoop();

    [BenchmarkCategory("forward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void ForwardTensors() => c.ForwardTensors();

    [BenchmarkCategory("forward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void Forward() => c.Forward();

    [BenchmarkCategory("backward"), Benchmark(Baseline = true, OperationsPerInvoke = CrossPoints)]
    public void BackwardLoop() => c.BackwardLoop();

    [BenchmarkCategory("backward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void BackwardTensors() => c.BackwardTensors();

    [BenchmarkCategory("backward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void Backward() => c.Backward();

    [BenchmarkCategory("outer"), Benchmark(Baseline = true, OperationsPerInvoke = CrossPoints)]
    public void OuterLoop() => c.OuterLoop();

    [BenchmarkCategory("outer"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void OuterTensors() => c.OuterTensors();

    [BenchmarkCategory("outer"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void AddOuter() => c.AddOuter();
}

/// <summary>Time per cross-point of both products and the rank-1 update, 785 x 256: the first layer of a network for MNIST.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class MatVec785x256Bench
{
    private const int CrossPoints = 785 * 256;
    private readonly MatVecCase c = new(785, 256);

    [BenchmarkCategory("forward"), Benchmark(Baseline = true, OperationsPerInvoke = CrossPoints)]
    public void ForwardLoop() => c.ForwardLoop();

    [BenchmarkCategory("forward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void ForwardTensors() => c.ForwardTensors();

    [BenchmarkCategory("forward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void Forward() => c.Forward();

    [BenchmarkCategory("backward"), Benchmark(Baseline = true, OperationsPerInvoke = CrossPoints)]
    public void BackwardLoop() => c.BackwardLoop();

    [BenchmarkCategory("backward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void BackwardTensors() => c.BackwardTensors();

    [BenchmarkCategory("backward"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void Backward() => c.Backward();

    [BenchmarkCategory("outer"), Benchmark(Baseline = true, OperationsPerInvoke = CrossPoints)]
    public void OuterLoop() => c.OuterLoop();

    [BenchmarkCategory("outer"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void OuterTensors() => c.OuterTensors();

    [BenchmarkCategory("outer"), Benchmark(OperationsPerInvoke = CrossPoints)]
    public void AddOuter() => c.AddOuter();
}
