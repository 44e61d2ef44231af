using System.Numerics;
using BenchmarkDotNet.Attributes;
using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>Time per cross-point of one row of constant-step devices with hard bounds; the row stays in the first-level cache.</summary>
public class PulsedUpdateBench
{
    private const int Columns = 1_024;
    private const float Step = 0.001f, Bound = 0.6f;
    private readonly uint[] columnTrains = Inputs.Words(Columns, 2016);
    private readonly uint[] row = [0x0000_0355];
    private readonly float[] signs = Inputs.Signals(Columns, 7);
    private readonly float[] weights = Inputs.Signals(Columns, 8);
    private float rowSign = 1;

    [Benchmark(Baseline = true, OperationsPerInvoke = Columns)]
    public void OneAtATime()
    {
        rowSign = -rowSign;
        for (int j = 0; j < Columns; j++)
        {
            int count = BitOperations.PopCount(columnTrains[j] & row[0]);
            if (count > 0)
            {
                float step = rowSign * signs[j] > 0 ? count * Step : -count * Step;
                weights[j] = Math.Clamp(weights[j] + step, -Bound, Bound);
            }
        }
    }

    [Benchmark(OperationsPerInvoke = Columns)]
    public long Row()
    {
        rowSign = -rowSign;
        return PulsedUpdate.Row<ConstantStep, ConstantStep.Parameters>(columnTrains, signs, row, rowSign, new(Step, Bound), weights);
    }
}
