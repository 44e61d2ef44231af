using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Kernels;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>Time per vector of reads of 512 x 512 with a 7-bit DAC, noise and a 9-bit ADC, beside the bare products.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class AnalogRead512x512Bench
{
    private const int Size = 512;
    private const int Batch = 64;

    private static readonly ReadParameters Periphery = new()
    {
        Dac = new Quantizer(1, Quantizer.ResolutionOfBits(7)),
        Adc = new Quantizer(12, Quantizer.ResolutionOfBits(9)),
        OutputNoise = 0.06f,
        NoiseManagement = NoiseManagement.AbsoluteMaximum,
        BoundManagement = BoundManagement.Iterative,
    };

    private readonly PaddedMatrix weights = Inputs.Matrix(Size, Size, 2016);
    private readonly PaddedMatrix x = Inputs.Matrix(Batch, Size, 1);
    private readonly PaddedMatrix y = new(Batch, Size);
    private readonly ReadOutcome[] outcomes = new ReadOutcome[Batch];
    private readonly AnalogReader reader = new(Size, Size, Periphery, Periphery with { BoundManagement = BoundManagement.None });
    private ulong step;

    [BenchmarkCategory("forward"), Benchmark(Baseline = true)]
    public void ForwardProduct() => MatVec.Forward(weights, x.Row(0), y.Row(0));

    [BenchmarkCategory("forward"), Benchmark]
    public ReadOutcome Forward() => reader.Forward(weights, x.Row(0), new RandomAddress(1, 1, step++), y.Row(0));

    [BenchmarkCategory("forward"), Benchmark]
    public ReadOutcome ForwardOneHot() => reader.ForwardOneHot(weights, 7, 1, new RandomAddress(1, 1, step++), y.Row(0));

    [BenchmarkCategory("backward"), Benchmark(Baseline = true)]
    public void BackwardProduct() => MatVec.Backward(weights, x.Row(0), y.Row(0));

    [BenchmarkCategory("backward"), Benchmark]
    public ReadOutcome Backward() => reader.Backward(weights, x.Row(0), new RandomAddress(1, 2, step++), y.Row(0));

    [BenchmarkCategory("forward batch of 64"), Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public void ForwardBatchProduct() => MatMul.Forward(weights, x, y);

    [BenchmarkCategory("forward batch of 64"), Benchmark(OperationsPerInvoke = Batch)]
    public void ForwardBatch() => reader.Forward(weights, x, new RandomAddress(1, 3, step += Batch), y, outcomes);

    [BenchmarkCategory("backward batch of 64"), Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public void BackwardBatchProduct() => MatMul.Backward(weights, x, y);

    [BenchmarkCategory("backward batch of 64"), Benchmark(OperationsPerInvoke = Batch)]
    public void BackwardBatch() => reader.Backward(weights, x, new RandomAddress(1, 4, step += Batch), y, outcomes);
}
