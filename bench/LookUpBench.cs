using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Kernels;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>
/// Time per cross-point of one row of tabulated devices, SET and RESET in turn, with one pulse a cross-point or about eight; the row and
/// shared tables stay in the first two cache levels. The baseline walks through the table pulse by pulse.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
[CategoriesColumn]
public class LookUpBench
{
    private const int Columns = 1_024, Knots = 64;
    private readonly float[] signs = Inputs.Signals(Columns, 7);
    private readonly uint[] counts = new uint[Columns];
    private readonly ushort[] states = new ushort[Columns];
    private readonly float[] weights = [.. Inputs.Signals(Columns, 8).Select(Math.Abs)];
    private readonly ushort[] up32 = Ladder(32, 1, true), down32 = Ladder(32, 1, false);
    private readonly ushort[] up1024 = Ladder(1_024, 1, true), down1024 = Ladder(1_024, 1, false);
    private readonly ushort[] ownUp = Ladder(32, Columns, true), ownDown = Ladder(32, Columns, false);
    private readonly float[] stepUp = [.. Enumerable.Range(0, Knots).Select(k => 0.02f * (1 - ((float)k / Knots)))];
    private readonly float[] stepDown = [.. Enumerable.Range(0, Knots).Select(k => -0.02f * k / Knots)];
    private readonly float[] noise = [.. Enumerable.Repeat(0.01f, Knots)];
    private JumpTables shared32 = null!, shared1024 = null!, own = null!;
    private StepTables steps = null!, noisySteps = null!;
    private StepDistribution distribution = null!;
    private float rowSign = 1;
    private ulong update;

    /// <summary>The mean number of pulses a cross-point: 1 is exactly one, 8 is 31 slots with probability 1/4.</summary>
    [Params(1, 8)]
    public int Pulses { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(2019);
        foreach (ref uint count in counts.AsSpan())
        {
            count = Pulses == 1 ? 1 : (uint)Enumerable.Range(0, 31).Count(_ => random.Next(4) == 0);
        }

        shared32 = new JumpTables(32, up32, down32);
        shared1024 = new JumpTables(1_024, up1024, down1024);
        own = new JumpTables(32, ownUp, ownDown);
        steps = StepTables.Interpolated(0, 1, Knots, stepUp, stepDown);
        noisySteps = StepTables.Interpolated(0, 1, Knots, stepUp, stepDown, noise, noise);
        float[] rising = [.. Enumerable.Range(0, Knots * Knots).Select(k => 0.02f * (k % Knots) / Knots)];
        distribution = new StepDistribution(0, 1, Knots, Knots, rising, [.. rising.Select(q => q - 0.02f)]);
    }

    [BenchmarkCategory("shared, 32 states"), Benchmark(Baseline = true, OperationsPerInvoke = Columns)]
    public void PlainShared32() => Walk(up32, down32, 0);

    [BenchmarkCategory("shared, 32 states"), Benchmark(OperationsPerInvoke = Columns)]
    public void Shared32() => JumpUpdate.Row(counts, signs, Turn(), shared32, TableChoice.Shared, states);

    [BenchmarkCategory("shared, 1024 states"), Benchmark(Baseline = true, OperationsPerInvoke = Columns)]
    public void PlainShared1024() => Walk(up1024, down1024, 0);

    [BenchmarkCategory("shared, 1024 states"), Benchmark(OperationsPerInvoke = Columns)]
    public void Shared1024() => JumpUpdate.Row(counts, signs, Turn(), shared1024, TableChoice.Shared, states);

    [BenchmarkCategory("own, 32 states"), Benchmark(Baseline = true, OperationsPerInvoke = Columns)]
    public void PlainOwn32() => Walk(ownUp, ownDown, 32);

    [BenchmarkCategory("own, 32 states"), Benchmark(OperationsPerInvoke = Columns)]
    public void Own32() => JumpUpdate.Row(counts, signs, Turn(), own, TableChoice.PerCrosspoint(0), states);

    [BenchmarkCategory("interpolated, 64 knots"), Benchmark(Baseline = true, OperationsPerInvoke = Columns)]
    public void PlainInterpolated()
    {
        float sign = Turn();
        for (int j = 0; j < Columns; j++)
        {
            float[] table = sign * signs[j] < 0 ? stepDown : stepUp;
            float w = weights[j];
            for (uint left = counts[j]; left > 0; left--)
            {
                float place = w * (Knots - 1);
                int cell = Math.Min((int)place, Knots - 2);
                w += table[cell] + ((place - cell) * (table[cell + 1] - table[cell]));
                w = w < 0 ? 0 : w > 1 ? 1 : w;
            }

            weights[j] = w;
        }
    }

    [BenchmarkCategory("interpolated, 64 knots"), Benchmark(OperationsPerInvoke = Columns)]
    public void Interpolated() => StepUpdate.Row(counts, signs, Turn(), steps, TableChoice.Shared, weights);

    [BenchmarkCategory("with noise"), Benchmark(OperationsPerInvoke = Columns)]
    public void InterpolatedWithNoise() =>
        StepUpdate.Row(counts, signs, Turn(), noisySteps, TableChoice.Shared, new(1, 2, update++), 0, weights);

    [BenchmarkCategory("distribution"), Benchmark(OperationsPerInvoke = Columns)]
    public void Distribution() => StepUpdate.Row(counts, signs, Turn(), distribution, TableChoice.Shared, new(1, 2, update++), 0, weights);

    private static ushort[] Ladder(int states, int tables, bool up)
    {
        Random random = new(states + tables);
        return [.. Enumerable.Range(0, states * tables).Select(k =>
            (ushort)Math.Clamp((k % states) + (up ? random.Next(1, 3) : -random.Next(1, 3)), 0, states - 1))];
    }

    private float Turn() => rowSign = -rowSign;

    private void Walk(ushort[] up, ushort[] down, int tableStep)
    {
        float sign = Turn();
        for (int j = 0; j < Columns; j++)
        {
            ushort[] map = sign * signs[j] < 0 ? down : up;
            int state = states[j];
            for (uint left = counts[j]; left > 0; left--)
            {
                state = map[(j * tableStep) + state];
            }

            states[j] = (ushort)state;
        }
    }
}
