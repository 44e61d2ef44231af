using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class JumpUpdateTests
{
    [Property(MaxTest = 400)]
    public void Each_pulse_moves_its_cross_point_through_its_table_once(Length columns, DataSeed data)
    {
        Case c = new(columns.Value, data.Random());
        Guarded<ushort> states = new(c.States);
        JumpUpdate.Row(c.Counts.Span, c.Signs.Span, c.RowSign, c.Tables, c.Choice, states.Span);
        Assert.Equal(c.Walked(), states.ToArray());
        states.AssertGuardsIntact();
    }

    [Property]
    public void Trains_give_the_pulses_in_which_both_lines_fire(Length columns, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        Case c = new(columns.Value, random);
        int planes = PulseTrains.Planes(slots.Value);
        Guarded<uint> trains = new(random.Words(planes * columns.Value)), row = new(random.Words(planes)), counts = new(columns.Value);
        Guarded<ushort> states = new(c.States);
        JumpUpdate.Row(trains.Span, c.Signs.Span, row.Span, c.RowSign, c.Tables, c.Choice, counts.Span, states.Span);
        for (int j = 0; j < columns.Value; j++)
        {
            uint met = 0;
            for (int slot = 0; slot < 32 * planes; slot++)
            {
                met += (trains.Span[(slot / 32 * columns.Value) + j] >> (slot % 32)) & (row.Span[slot / 32] >> (slot % 32)) & 1;
            }

            c.Counts.Span[j] = met;
        }

        Assert.Equal(c.Counts.ToArray(), counts.ToArray());
        Assert.Equal(c.Walked(), states.ToArray());
        counts.AssertGuardsIntact();
        states.AssertGuardsIntact();
    }

    [Property]
    public void A_row_cut_in_two_moves_like_the_whole(Length columns, Length at, DataSeed data)
    {
        int cut = Math.Min(at.Value, columns.Value);
        Case c = new(columns.Value, data.Random());
        ushort[] parts = [.. c.States];
        JumpUpdate.Row(c.Counts.Span[..cut], c.Signs.Span[..cut], c.RowSign, c.Tables, c.ChoiceOf(0, cut), parts.AsSpan(0, cut));
        JumpUpdate.Row(c.Counts.Span[cut..], c.Signs.Span[cut..], c.RowSign, c.Tables, c.ChoiceOf(cut, columns.Value), parts.AsSpan(cut));
        Assert.Equal(c.Walked(), parts);
    }

    /// <summary>A cycle of s states: the state is known for any number of pulses.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1024)]
    public void Any_number_of_pulses_is_counted_to_the_last(int s)
    {
        ushort[] set = [.. Enumerable.Range(0, s).Select(k => (ushort)((k + 1) % s))];
        ushort[] reset = [.. Enumerable.Range(0, s).Select(k => (ushort)((k + s - 1) % s))];
        uint[] pulses = [0, 1, 31, 32, 33, 63, 64, 65, 1_000, 4_096, 1_000_003];
        uint[] counts = [.. Enumerable.Range(0, 70).Select(j => pulses[j % pulses.Length])];
        float[] signs = [.. Enumerable.Range(0, 70).Select(j => j % 2 == 0 ? 1f : -1f)];
        ushort[] states = new ushort[70];
        JumpUpdate.Row(counts, signs, 1, new JumpTables(s, set, reset), TableChoice.Shared, states);
        Assert.Equal(counts.Select((n, j) => (ushort)((((long)s << 32) + (j % 2 == 0 ? n : -(long)n)) % s)), states);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused_before_anything_is_written()
    {
        JumpTables two = new(4, [1, 2, 3, 3, 0, 0, 0, 0], [0, 0, 1, 2, 3, 3, 3, 3]);
        Guarded<ushort> states = new(5);
        ushort[] wrong = [3, 3, 4, 3, 3];
        uint[] counts = new uint[5];
        float[] signs = new float[5];
        Rejected.With("counts", 5, 4, () => JumpUpdate.Row(new uint[4], signs, 1, two, TableChoice.Shared, states.Span));
        Rejected.With("columnSigns", 5, 6, () => JumpUpdate.Row(counts, new float[6], 1, two, TableChoice.Shared, states.Span));
        Rejected.With("states", 4, 4, () => JumpUpdate.Row(counts, signs, 1, two, TableChoice.Shared, wrong));
        Rejected.With("classes", 5, 0, () => JumpUpdate.Row(counts, signs, 1, two, TableChoice.ByClass([]), states.Span));
        Rejected.With("classes", 2, 7, () => JumpUpdate.Row(counts, signs, 1, two, TableChoice.ByClass([0, 1, 7, 0, 0]), states.Span));
        Rejected.With("tables", 5, 2, () => JumpUpdate.Row(counts, signs, 1, two, TableChoice.PerCrosspoint(0), states.Span));
        Rejected.With("tables", int.MaxValue, 2, () => JumpUpdate.Row(
            counts, signs, 1, two, TableChoice.PerCrosspoint(int.MaxValue), states.Span));
        Rejected.With("first", 0, -1, () => { _ = TableChoice.PerCrosspoint(-1); });
        Rejected.With("columnTrains", 10, 9, () => JumpUpdate.Row(
            new uint[9], signs, new uint[2], 1, two, TableChoice.Shared, counts, new ushort[5]));
        states.AssertUntouched();
    }

    /// <summary>The place of a bad state may be anywhere in a vector or behind the last.</summary>
    [Fact]
    public void A_state_that_no_table_has_is_found_wherever_it_is()
    {
        JumpTables tables = new(2, [1, 1], [0, 0]);
        for (int length = 1; length <= 70; length++)
        {
            for (int place = 0; place < length; place++)
            {
                ushort[] states = new ushort[length];
                states[place] = ushort.MaxValue;
                Rejected.With("states", 2, ushort.MaxValue, () => JumpUpdate.Row(
                    new uint[length], new float[length], 1, tables, TableChoice.Shared, states));
            }
        }
    }

    [Fact]
    public void Tables_that_are_not_maps_of_the_states_are_refused()
    {
        Rejected.With("states", 2, 1, () => new JumpTables(1, [0], [0]));
        Rejected.With("states", 1024, 1025, () => new JumpTables(1025, new ushort[1025], new ushort[1025]));
        Rejected.With("set", 3, 2, () => new JumpTables(3, [0, 1], [0, 1]));
        Rejected.With("set", 3, 4, () => new JumpTables(3, new ushort[4], new ushort[4]));
        Rejected.With("reset", 3, 2, () => new JumpTables(3, [0, 1, 2], [0, 1]));
        Rejected.With("set", 3, 3, () => new JumpTables(3, [0, 3, 2], [0, 1, 2]));
        Rejected.With("reset", 3, 65535, () => new JumpTables(3, [0, 1, 2], [0, 1, 65535]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        JumpTables shared = new(32, new ushort[32], new ushort[32]), many = new(32, new ushort[32 * 2000], new ushort[32 * 2000]);
        uint[] counts = [.. Enumerable.Repeat(3u, 100)];
        float[] signs = new float[100];
        ushort[] states = new ushort[100], classes = new ushort[100];
        void Update()
        {
            JumpUpdate.Row(counts, signs, 1, shared, TableChoice.Shared, states);
            JumpUpdate.Row(counts, signs, 1, shared, TableChoice.ByClass(classes), states);
            JumpUpdate.Row(counts, signs, 1, many, TableChoice.PerCrosspoint(50), states);
        }

        Update();
        Allocation.None(_ => Update());
    }

    /// <summary>Shared, classed or own tables of few states or many, few tables or many; counts of 0, few and more than one look-up answers.</summary>
    private sealed class Case
    {
        private readonly int states;
        private readonly int kind;
        private readonly ushort[] set, reset, classes;
        private readonly int first;

        public Case(int columns, Random random)
        {
            states = new[] { 2, 3, 16, 31, 32, 33, 64, 256, 257, 1024 }[random.Next(10)];
            kind = random.Next(3);
            first = random.Next(3);
            int tables = kind == 2 ? columns + first + 1 : kind == 1 ? random.Next(1, 30) : 1 + (2 * random.Next(2));
            set = [.. Enumerable.Range(0, tables * states).Select(_ => (ushort)random.Next(states))];
            reset = [.. Enumerable.Range(0, tables * states).Select(_ => (ushort)random.Next(states))];
            classes = [.. Enumerable.Range(0, columns).Select(_ => (ushort)random.Next(tables))];
            Tables = new JumpTables(states, set, reset);
            int density = random.Next(1, 4);
            Counts = new([.. Enumerable.Range(0, columns).Select(_ => random.Next(4) >= density ? 0u : (uint)random.Next(random.Next(8) == 0 ? 140 : 12))]);
            Signs = new([.. random.Signals(columns).Select(s => s == 0 && random.Next(2) == 0 ? -0f : s)]);
            RowSign = random.Next(2) == 0 ? 0.5f : -0f;
            States = [.. Enumerable.Range(0, columns).Select(_ => (ushort)random.Next(states))];
        }

        public JumpTables Tables { get; }

        public Guarded<uint> Counts { get; }

        public Guarded<float> Signs { get; }

        public float RowSign { get; }

        public ushort[] States { get; }

        public TableChoice Choice => ChoiceOf(0, States.Length);

        public TableChoice ChoiceOf(int from, int to) => kind switch
        {
            0 => TableChoice.Shared,
            1 => TableChoice.ByClass(classes.AsSpan(from, to - from)),
            _ => TableChoice.PerCrosspoint(first + from),
        };

        /// <summary>The definition, one pulse at a time.</summary>
        public ushort[] Walked()
        {
            ushort[] at = [.. States];
            for (int j = 0; j < at.Length; j++)
            {
                int table = kind == 0 ? 0 : kind == 1 ? classes[j] : first + j;
                ushort[] map = float.IsNegative(RowSign) == float.IsNegative(Signs.Span[j]) ? set : reset;
                for (uint pulse = 0; pulse < Counts.Span[j]; pulse++)
                {
                    at[j] = map[(table * states) + at[j]];
                }
            }

            return at;
        }
    }
}
