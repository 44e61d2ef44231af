using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>One row of 1,024 tabulated devices, SET and RESET in turn, with one pulse a cross-point or about eight.</summary>
internal static class LookUpRows
{
    private const int Columns = 1024, Knots = 64;

    public static IEnumerable<BenchRow> All =>
        from pulses in (int[])[1, 8]
        from row in (IEnumerable<BenchRow>)
        [
            Jumps("jumps-shared-32", 32, pulses, own: false),
            Jumps("jumps-shared-1024", 1024, pulses, own: false),
            Jumps("jumps-own-32", 32, pulses, own: true),
            Steps("steps-64-knots", pulses),
        ]
        select row;

    private static BenchRow Row(string name, int pulses, Func<BenchCase> prepare) => new()
    {
        Name = $"look-up/{name}/pulses{pulses}",
        Unit = "ns/cross-point",
        Operations = Columns,
        CrossPoints = 1,
        Prepare = prepare,
    };

    private static BenchRow Jumps(string name, int states, int pulses, bool own) => Row(name, pulses, () =>
    {
        ushort[] up = Ladder(states, own ? Columns : 1, true), down = Ladder(states, own ? Columns : 1, false);
        JumpTables tables = new(states, up, down);
        uint[] counts = Counts(pulses);
        float[] signs = Inputs.Signals(Columns, 7);
        ushort[] atStates = new ushort[Columns], walked = new ushort[Columns];
        float sign = 1, other = 1;
        return new BenchCase(() => JumpUpdate.Row(counts, signs, sign = -sign, tables, own ? TableChoice.PerCrosspoint(0) : TableChoice.Shared, atStates))
        {
            Loop = () => Walk(counts, signs, other = -other, up, down, own ? states : 0, walked),
        };
    });

    private static BenchRow Steps(string name, int pulses) => Row(name, pulses, () =>
    {
        float[] up = [.. Enumerable.Range(0, Knots).Select(k => 0.02f * (1 - ((float)k / Knots)))];
        StepTables tables = StepTables.Interpolated(0, 1, Knots, up, [.. Enumerable.Range(0, Knots).Select(k => -0.02f * k / Knots)]);
        uint[] counts = Counts(pulses);
        float[] signs = Inputs.Signals(Columns, 7), weights = [.. Inputs.Signals(Columns, 8).Select(Math.Abs)];
        float sign = 1;
        return new BenchCase(() => StepUpdate.Row(counts, signs, sign = -sign, tables, TableChoice.Shared, weights));
    });

    // One pulse, or 31 slots with probability 1/4.
    private static uint[] Counts(int pulses)
    {
        Random random = new(2019);
        return [.. Enumerable.Range(0, Columns).Select(_ => pulses == 1 ? 1 : (uint)Enumerable.Range(0, 31).Count(_ => random.Next(4) == 0))];
    }

    private static ushort[] Ladder(int states, int tables, bool up)
    {
        Random random = new(states + tables);
        return [.. Enumerable.Range(0, states * tables).Select(k =>
            (ushort)Math.Clamp((k % states) + (up ? random.Next(1, 3) : -random.Next(1, 3)), 0, states - 1))];
    }

    // Pulse by pulse.
    private static void Walk(uint[] counts, float[] signs, float rowSign, ushort[] up, ushort[] down, int tableStep, ushort[] states)
    {
        for (int j = 0; j < states.Length; j++)
        {
            ushort[] map = rowSign * signs[j] < 0 ? down : up;
            int state = states[j];
            for (uint left = counts[j]; left > 0; left--)
            {
                state = map[(j * tableStep) + state];
            }

            states[j] = (ushort)state;
        }
    }
}
