using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Kernels;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>Time per line, of all slots of its train.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class PulseTrainsBench
{
    private const int Lines = 784;
    private readonly float[] values = Inputs.Signals(Lines, 2016);
    private readonly float[] decoded = new float[Lines];
    private readonly Random random = new();
    private uint[] trains = [];
    private ulong step;

    [Params(10, 100)]
    public int BitLength { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        trains = new uint[PulseTrains.Planes(BitLength) * Lines];
        PulseTrains.Draw(new RandomAddress(1, 1, 1), values, 1, BitLength, trains);
    }

    [BenchmarkCategory("draw"), Benchmark(Baseline = true, OperationsPerInvoke = Lines)]
    public void SlotBySlot() => PlainRandom.Trains(random, values, BitLength, trains);

    [BenchmarkCategory("draw"), Benchmark(OperationsPerInvoke = Lines)]
    public void Draw() => PulseTrains.Draw(new RandomAddress(1, 2, step++), values, 1, BitLength, trains);

    [BenchmarkCategory("decode"), Benchmark(Baseline = true, OperationsPerInvoke = Lines)]
    public void LineByLine()
    {
        for (int l = 0; l < Lines; l++)
        {
            int pulses = 0;
            for (int place = l; place < trains.Length; place += Lines)
            {
                pulses += System.Numerics.BitOperations.PopCount(trains[place]);
            }

            decoded[l] = MathF.Sign(values[l]) * pulses / (float)BitLength;
        }
    }

    [BenchmarkCategory("decode"), Benchmark(OperationsPerInvoke = Lines)]
    public void Decode() => PulseTrains.Decode(trains, values, 1f / BitLength, decoded);
}
