using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class UnidirectionalPairArrayTests
{
    private static readonly UnidirectionalPairArray.Parameters Device = new() { Sigma = 0.3f, MaxWeight = 0.8f };

    /// <summary>G' = clip(G + n B + N(0, σ)) on the device that the signs name, drawn row by row, pair by pair, loop by loop.</summary>
    [Property(MaxTest = 60)]
    public void Pulse_raises_one_device_of_each_pair_that_sees_a_coincidence(
        Size inputs, Size outputs, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        UnidirectionalPairArray.Parameters p = Device with
        {
            Sigma = random.Next(3) == 0 ? 0 : random.NextSingle(),
            States = random.Next(2, 40),
            Noise = (ProgrammingNoise)random.Next(2),
        };
        UnidirectionalPairArray array = new(inputs.Value, outputs.Value, p);
        Pair[,] oracle = new Pair[inputs.Value, outputs.Value];
        long coincidences = 0, events = 0;
        for (ulong update = 0; update < 3; update++)
        {
            RandomAddress at = address.At with { Step = update };
            Trains t = new(random, inputs.Value, outputs.Value, slots.Value, 0.5f);
            array.Pulse(t.Rows, t.Columns, at);
            GaussianSequence errors = new(at);
            for (int i = 0; i < inputs.Value; i++)
            {
                for (int j = 0; j < outputs.Value; j++)
                {
                    int n = t.Coincidences(i, j);
                    if (n == 0)
                    {
                        continue;
                    }

                    float sigma = p.Noise == ProgrammingNoise.PerPulse ? p.Sigma * MathF.Sqrt(n) : p.Sigma;
                    float error = p.Sigma > 0 ? errors.Next() * sigma : 0;
                    oracle[i, j].Raise(up: t.Rows.Values[i] > 0 == t.Columns.Values[j] > 0, n, error, p.States - 1);
                    coincidences += n;
                    events++;
                }
            }
        }

        AssertState(array, oracle);
        Assert.Equal((coincidences, events, 0L), (array.Counters.Coincidences, array.Counters.Events, array.Counters.PairsReset));
    }

    [Property]
    public void Only_the_device_that_the_signs_name_moves_and_only_up(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        UnidirectionalPairArray array = new(inputs.Value, outputs.Value, Device with { Sigma = 0 });
        array.Program(random.Matrix(inputs.Value, outputs.Value, 0.4f));
        Snapshot before = new(array);
        Trains t = new(random, inputs.Value, outputs.Value, 10, 0.5f);
        array.Pulse(t.Rows, t.Columns, address.At);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                int n = t.Coincidences(i, j);
                bool up = t.Rows.Values[i] > 0 == t.Columns.Values[j] > 0;
                Assert.Equal(MathF.Min(before.Plus(i, j) + (up ? n : 0), 31), array.Plus(i, j));
                Assert.Equal(MathF.Min(before.Minus(i, j) + (up ? 0 : n), 31), array.Minus(i, j));
            }
        }
    }

    /// <summary>Fixed seed, 4096 · 16 pairs from 5 levels up with n = 2: mean n, deviation σ, each within 4.5 of its own deviations.</summary>
    [Theory]
    [InlineData(ProgrammingNoise.PerEvent, 0.1f, 0.1)]
    [InlineData(ProgrammingNoise.PerEvent, 0.5f, 0.5)]
    [InlineData(ProgrammingNoise.PerPulse, 0.5f, 0.70710678)]
    public void An_event_of_two_pulses_moves_by_two_steps_with_the_stated_noise(ProgrammingNoise noise, float sigma, double deviation)
    {
        UnidirectionalPairArray array = new(256, 256, Device with { Sigma = sigma, Noise = noise, MaxWeight = 31 });
        array.Program(Constant(256, 256, 5));
        PulseAll(array, 2, 1, 1, new RandomAddress(9, 9, 9));
        List<double> moves = [];
        for (int i = 0; i < 256; i++)
        {
            foreach (float g in array.PlusRow(i))
            {
                moves.Add(g - 5);
            }

            Assert.Equal(-1, array.MinusRow(i).AsSpan().IndexOfAnyExcept(0f));
        }

        (double mean, double variance) = Statistics.Moments(moves);
        Assert.InRange((mean - 2) / deviation * Math.Sqrt(moves.Count), -4.5, 4.5);
        Assert.InRange(((variance / (deviation * deviation)) - 1) * Math.Sqrt(moves.Count / 2.0), -4.5, 4.5);
        Assert.InRange(Statistics.KolmogorovSmirnov([.. moves.Select(m => (float)((m - 2) / deviation))], Statistics.NormalCdf), 0.3, 2.4);
    }

    /// <summary>Fixed seed: from the bottom, one pulse with σ = 1 would end below it in Φ(-1) of the events; those stay at the bottom.</summary>
    [Fact]
    public void An_event_never_leaves_the_range()
    {
        UnidirectionalPairArray array = new(256, 256, Device with { Sigma = 1, States = 3 });
        PulseAll(array, 1, 1, 1, new RandomAddress(1, 2, 3));
        int bottom = 0, top = 0;
        for (int i = 0; i < 256; i++)
        {
            foreach (float g in array.PlusRow(i))
            {
                Assert.InRange(g, 0, 2);
                bottom += g == 0 ? 1 : 0;
                top += g == 2 ? 1 : 0;
            }
        }

        double events = 65536, share = Statistics.NormalCdf(-1), spread = Math.Sqrt(share * (1 - share) * events);
        Assert.InRange((bottom - (share * events)) / spread, -4.5, 4.5);
        Assert.InRange((top - (share * events)) / spread, -4.5, 4.5);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(-1, -1, true)]
    [InlineData(1, -1, false)]
    [InlineData(-1, 1, false)]
    public void Signs_that_agree_raise_the_plus_device_until_it_saturates(float rowSign, float columnSign, bool plus)
    {
        UnidirectionalPairArray array = new(3, 20, Device with { Sigma = 0, MaxWeight = 31 });
        for (int update = 1; update <= 5; update++)
        {
            PulseAll(array, 10, rowSign, columnSign, default);
            float level = Math.Min(10 * update, 31);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(-1, array.PlusRow(i).AsSpan().IndexOfAnyExcept(plus ? level : 0));
                Assert.Equal(-1, array.MinusRow(i).AsSpan().IndexOfAnyExcept(plus ? 0 : level));
                Assert.Equal(-1, array.Weights.Row(i).IndexOfAnyExcept(plus ? level : -level));
            }
        }

        Assert.Equal((3L * 20 * 50, 3L * 20 * 5), (array.Counters.Coincidences, array.Counters.Events));
    }

    [Property]
    public void Weights_are_always_the_step_times_the_difference_of_the_pair(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        UnidirectionalPairArray array = new(inputs.Value, outputs.Value, RandomParameters(random));
        array.Program(random.Matrix(inputs.Value, outputs.Value));
        for (ulong update = 0; update < 4; update++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, 10, 0.5f);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = update });
            AssertWeightsFit(array);
            array.Reset(address.At with { Step = update, Stream = 1 });
            AssertWeightsFit(array);
        }
    }

    [Property]
    public void An_exact_reset_keeps_every_weight_bit_for_bit_and_lowers_the_pairs(Size inputs, Size outputs, Address address, DataSeed data)
    {
        UnidirectionalPairArray array = Used(inputs.Value, outputs.Value, Device, address.At, data.Random());
        float[] before = array.Weights.Padded.ToArray();
        int raised = Count(array, (p, m) => p > 0 || m > 0);
        array.Reset(default);
        Same.Bits(before, array.Weights.Padded);
        Assert.Equal(0, Count(array, (p, m) => p > 0 && m > 0));
        Assert.Equal(raised, array.Counters.PairsReset);
    }

    [Property]
    public void A_rounded_reset_without_noise_lands_on_whole_levels(Size inputs, Size outputs, Address address, DataSeed data)
    {
        UnidirectionalPairArray array = Used(inputs.Value, outputs.Value, Device, address.At, data.Random());
        UnidirectionalPairArray rounded = new(inputs.Value, outputs.Value, Device with { Sigma = 0, Write = ResetWrite.Rounded });
        Copy(array, rounded);
        Snapshot before = new(rounded);
        rounded.Reset(default);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                float difference = MathF.Round(before.Plus(i, j) - before.Minus(i, j));
                Assert.Equal(MathF.Max(difference, 0), rounded.Plus(i, j));
                Assert.Equal(MathF.Max(-difference, 0), rounded.Minus(i, j));
            }
        }
    }

    [Property]
    public void A_saturated_reset_touches_the_pairs_near_the_top_and_no_others(Size inputs, Size outputs, Address address, DataSeed data) =>
        CheckSelection(
            ResetSelection.Saturated, (p, m) => MathF.Max(p, m) >= 0.6f * 31, inputs.Value, outputs.Value, address.At, data.Random());

    [Fact]
    public void A_device_at_the_top_is_saturated_at_any_fraction()
    {
        UnidirectionalPairArray array = new(
            2, 20, Device with { Sigma = 0, Selection = ResetSelection.Saturated, SaturationFraction = 1, MaxWeight = 31 });
        array.Program(Constant(2, 20, 30));
        PulseAll(array, 3, 1, -1, default);
        array.Reset(default);
        Assert.Equal(0, array.Counters.PairsReset);
        PulseAll(array, 1, 1, 1, default);
        array.Reset(default);
        Assert.Equal(40, array.Counters.PairsReset);
        Assert.Equal(40, Count(array, (p, m) => p == 28 && m == 0));
    }

    [Property]
    public void A_both_raised_reset_touches_the_pairs_of_two_raised_devices_and_no_others(
        Size inputs, Size outputs, Address address, DataSeed data) =>
        CheckSelection(ResetSelection.BothRaised, (p, m) => p > 0 && m > 0, inputs.Value, outputs.Value, address.At, data.Random());

    [Property]
    public void A_reset_of_all_touches_every_pair_that_is_raised(Size inputs, Size outputs, Address address, DataSeed data) =>
        CheckSelection(ResetSelection.All, (p, m) => p > 0 || m > 0, inputs.Value, outputs.Value, address.At, data.Random());

    /// <summary>One error for each pair that is written, in the order of rows, then columns.</summary>
    [Property]
    public void A_noisy_reset_adds_its_errors_to_the_pairs_in_their_order(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        UnidirectionalPairArray array = Used(inputs.Value, outputs.Value, Device, address.At, random);
        UnidirectionalPairArray.Parameters p = Device with
        {
            Sigma = 0.4f,
            Write = random.Next(2) == 0 ? ResetWrite.Noisy : ResetWrite.Rounded,
            Noise = (ProgrammingNoise)random.Next(2),
        };
        UnidirectionalPairArray noisy = new(inputs.Value, outputs.Value, p);
        Copy(array, noisy);
        Snapshot before = new(noisy);
        RandomAddress at = new(5, 6, 7);
        noisy.Reset(at);
        ulong drawn = 0;
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                float difference = before.Plus(i, j) - before.Minus(i, j);
                float level = p.Write == ResetWrite.Rounded ? MathF.Round(MathF.Abs(difference)) : MathF.Abs(difference);
                float deviation = p.Noise == ProgrammingNoise.PerPulse ? p.Sigma * MathF.Sqrt(level) : p.Sigma;
                float written = level > 0 ? Math.Clamp(level + (deviation * Gaussian.At(at, drawn++)), 0, 31) : 0;
                Assert.Equal(difference > 0 ? written : 0, noisy.Plus(i, j));
                Assert.Equal(difference < 0 ? written : 0, noisy.Minus(i, j));
            }
        }
    }

    /// <summary>Fixed seed, 65,536 pairs at a difference of 8 steps: mean 8, deviation σ per event and √8 σ per pulse, bound 4.5 deviations.</summary>
    [Theory]
    [InlineData(ProgrammingNoise.PerEvent, 0.25)]
    [InlineData(ProgrammingNoise.PerPulse, 0.70710678)]
    public void A_noisy_reset_has_the_law_of_its_noise(ProgrammingNoise noise, double deviation)
    {
        UnidirectionalPairArray array = new(
            256, 256, Device with { Sigma = 0.25f, Noise = noise, Write = ResetWrite.Noisy, MaxWeight = 31 });
        array.Program(Constant(256, 256, -8));
        array.Reset(new RandomAddress(3, 1, 4));
        List<double> levels = [];
        for (int i = 0; i < 256; i++)
        {
            levels.AddRange(array.MinusRow(i).Select(g => (double)g));
        }

        (double mean, double variance) = Statistics.Moments(levels);
        Assert.InRange((mean - 8) / deviation * Math.Sqrt(levels.Count), -4.5, 4.5);
        Assert.InRange(((variance / (deviation * deviation)) - 1) * Math.Sqrt(levels.Count / 2.0), -4.5, 4.5);
        Assert.Equal(65536, array.Counters.PairsReset);
    }

    [Property]
    public void Program_rounds_to_whole_steps_on_one_device(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix weights = data.Random().Matrix(inputs.Value, outputs.Value, 1.5f);
        UnidirectionalPairArray array = new(inputs.Value, outputs.Value, Device with { MaxWeight = 1 });
        array.Program(weights);
        Assert.Equal(1 / 31f, array.MinStep);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                float level = MathF.Round(Math.Clamp(weights[i, j], -1, 1) * 31);
                float got = array.Plus(i, j) - array.Minus(i, j);
                Assert.True(
                    got == level || MathF.Abs(MathF.Abs((weights[i, j] * 31) - MathF.Truncate(weights[i, j] * 31)) - 0.5f) < 1e-4f,
                    $"weight {weights[i, j]:R}: expected level {level}, got {got}");
                Assert.Equal(0, MathF.Min(array.Plus(i, j), array.Minus(i, j)));
                Assert.Equal(MathF.Truncate(got), got);
            }
        }

        AssertWeightsFit(array);
    }

    [Property(MaxTest = 50)]
    public void A_saved_array_loaded_into_another_has_the_same_future(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        UnidirectionalPairArray.Parameters p = RandomParameters(random);
        UnidirectionalPairArray first = Used(inputs.Value, outputs.Value, p, address.At, random), second = new(inputs.Value, outputs.Value, p);
        Copy(first, second);
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
        for (ulong update = 0; update < 3; update++)
        {
            RandomAddress at = address.At with { Stream = 77, Step = update };
            Trains t = new(random, inputs.Value, outputs.Value, 10, 0.5f);
            foreach (UnidirectionalPairArray array in new[] { first, second })
            {
                array.Pulse(t.Rows, t.Columns, at);
                array.Reset(at with { Stream = 78 });
            }
        }

        Assert.Equal(State(first), State(second));
    }

    /// <summary>What an array remembers between resets to save time must not show: a fresh one with the same state resets alike.</summary>
    [Property(MaxTest = 50)]
    public void A_reset_depends_on_the_state_and_on_nothing_before_it(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        UnidirectionalPairArray.Parameters p = RandomParameters(random) with { States = 8 };
        UnidirectionalPairArray used = new(inputs.Value, outputs.Value, p);
        for (ulong update = 0; update < 12; update++)
        {
            RandomAddress at = address.At with { Step = update };
            Trains t = new(random, inputs.Value, outputs.Value, 10, 0.3f);
            used.Pulse(t.Rows, t.Columns, at);
            UnidirectionalPairArray fresh = new(inputs.Value, outputs.Value, p);
            Copy(used, fresh);
            used.Reset(at with { Stream = 1 });
            fresh.Reset(at with { Stream = 1 });
            Assert.Equal(State(used), State(fresh));
            Same.Bits(used.Weights.Padded, fresh.Weights.Padded);
        }
    }

    [Fact]
    public void The_state_of_another_shape_or_a_short_one_is_refused()
    {
        byte[] state = State(new UnidirectionalPairArray(3, 5, Device));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Load(state, new UnidirectionalPairArray(3, 4, Device)));
        Assert.Contains("3 x 8", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 x 10", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Load(state, new UnidirectionalPairArray(4, 5, Device)));
        Assert.Throws<EndOfStreamException>(() => Load(state[..^1], new UnidirectionalPairArray(3, 5, Device)));
        Assert.Throws<EndOfStreamException>(() => Load(state[..20], new UnidirectionalPairArray(3, 5, Device)));
    }

    [Fact]
    public void The_ratio_and_the_conductance_at_the_bottom_change_the_unit_and_nothing_else()
    {
        UnidirectionalPairArray.Parameters other = Device with { OnOffRatio = 100, MinimumMicrosiemens = 0.5f };
        Assert.Equal(14f / 31, Device.StepMicrosiemens);
        Assert.Equal(99 * 0.5f / 31, other.StepMicrosiemens);
        Assert.Equal(
            State(Used(9, 21, Device, new RandomAddress(1, 2, 3), new Random(8))),
            State(Used(9, 21, other, new RandomAddress(1, 2, 3), new Random(8))));
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        void Refused(string name, object actual, UnidirectionalPairArray.Parameters p) =>
            Rejected.With(name, "expected", actual, () => new UnidirectionalPairArray(2, 2, p));
        Refused("States", 1, Device with { States = 1 });
        Refused("OnOffRatio", 1f, Device with { OnOffRatio = 1 });
        Refused("OnOffRatio", float.NaN, Device with { OnOffRatio = float.NaN });
        Refused("OnOffRatio", float.PositiveInfinity, Device with { OnOffRatio = float.PositiveInfinity });
        Refused("MinimumMicrosiemens", 0f, Device with { MinimumMicrosiemens = 0 });
        Refused("MaxWeight", -1f, Device with { MaxWeight = -1 });
        Refused("MaxWeight", float.PositiveInfinity, Device with { MaxWeight = float.PositiveInfinity });
        Refused("Sigma", -0.1f, Device with { Sigma = -0.1f });
        Refused("Sigma", float.NaN, Device with { Sigma = float.NaN });
        Refused("SaturationFraction", 0f, Device with { SaturationFraction = 0 });
        Refused("SaturationFraction", 1.5f, Device with { SaturationFraction = 1.5f });
        Rejected.With("inputs", 1, 0, () => new UnidirectionalPairArray(0, 2, Device));
        Rejected.With("outputs", 1, 0, () => new UnidirectionalPairArray(2, 0, Device));
    }

    [Fact]
    public void Trains_and_weights_that_do_not_fit_are_refused_before_anything_moves()
    {
        UnidirectionalPairArray array = new(3, 5, Device);
        byte[] before = State(array);
        Rejected.With("rows", 3, 4, () => array.Pulse(new LineTrains(4, 10), new LineTrains(5, 10), default));
        Rejected.With("columns", 5, 6, () => array.Pulse(new LineTrains(3, 10), new LineTrains(6, 10), default));
        Rejected.With("columns", 10, 9, () => array.Pulse(new LineTrains(3, 10), new LineTrains(5, 9), default));
        Rejected.With("weights", "[3, 5]", "[5, 3]", () => array.Program(new PaddedMatrix(5, 3)));
        Assert.Equal(before, State(array));
    }

    private static UnidirectionalPairArray.Parameters RandomParameters(Random random) => Device with
    {
        Sigma = random.Next(3) == 0 ? 0 : random.NextSingle(),
        Noise = (ProgrammingNoise)random.Next(2),
        Selection = (ResetSelection)random.Next(3),
        Write = (ResetWrite)random.Next(3),
        SaturationFraction = 0.5f,
    };

    // An array with a history: programmed, then pulsed until both devices of many pairs are raised and some saturate.
    private static UnidirectionalPairArray Used(
        int inputs, int outputs, UnidirectionalPairArray.Parameters p, RandomAddress address, Random random)
    {
        UnidirectionalPairArray array = new(inputs, outputs, p);
        array.Program(random.Matrix(inputs, outputs, p.MaxWeight));
        for (ulong update = 0; update < 6; update++)
        {
            Trains t = new(random, inputs, outputs, 20, 1);
            array.Pulse(t.Rows, t.Columns, address with { Step = 1000 + update });
        }

        return array;
    }

    private static void CheckSelection(
        ResetSelection selection, Func<float, float, bool> chosen, int inputs, int outputs, RandomAddress address, Random random)
    {
        UnidirectionalPairArray.Parameters p = Device with { Selection = selection, SaturationFraction = 0.6f };
        UnidirectionalPairArray array = Used(inputs, outputs, p, address, random);
        Snapshot before = new(array);
        int expected = Count(array, chosen);
        array.Reset(default);
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                float plus = before.Plus(i, j), minus = before.Minus(i, j), common = MathF.Min(plus, minus);
                bool touched = chosen(plus, minus);
                Assert.Equal(touched ? plus - common : plus, array.Plus(i, j));
                Assert.Equal(touched ? minus - common : minus, array.Minus(i, j));
            }
        }

        Assert.Equal(expected, array.Counters.PairsReset);
    }

    private static int Count(UnidirectionalPairArray array, Func<float, float, bool> predicate)
    {
        int count = 0;
        for (int i = 0; i < array.Weights.Inputs; i++)
        {
            for (int j = 0; j < array.Weights.Outputs; j++)
            {
                count += predicate(array.Plus(i, j), array.Minus(i, j)) ? 1 : 0;
            }
        }

        return count;
    }

    private static void AssertState(UnidirectionalPairArray array, Pair[,] oracle)
    {
        for (int i = 0; i < array.Weights.Inputs; i++)
        {
            for (int j = 0; j < array.Weights.Outputs; j++)
            {
                Assert.Equal(oracle[i, j].Plus, array.Plus(i, j));
                Assert.Equal(oracle[i, j].Minus, array.Minus(i, j));
            }
        }

        AssertWeightsFit(array);
    }

    private static void AssertWeightsFit(UnidirectionalPairArray array)
    {
        for (int i = 0; i < array.Weights.Inputs; i++)
        {
            float[] expected = new float[array.Weights.Outputs];
            for (int j = 0; j < expected.Length; j++)
            {
                expected[j] = array.MinStep * (array.Plus(i, j) - array.Minus(i, j));
            }

            Assert.Equal(expected, array.Weights.Row(i).ToArray());
            Assert.Equal(-1, array.Weights.PaddedRow(i)[expected.Length..].IndexOfAnyExcept(0f));
        }
    }

    private static PaddedMatrix Constant(int inputs, int outputs, float value)
    {
        PaddedMatrix matrix = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            matrix.Row(i).Fill(value);
        }

        return matrix;
    }

    private static void PulseAll(UnidirectionalPairArray array, int n, float rowSign, float columnSign, RandomAddress at)
    {
        LineTrains rows = new(array.Weights.Inputs, n), columns = new(array.Weights.Outputs, n);
        rows.Draw(default, [.. Enumerable.Repeat(rowSign, array.Weights.Inputs)], 1, n);
        columns.Draw(default, [.. Enumerable.Repeat(columnSign, array.Weights.Outputs)], 1, n);
        array.Pulse(rows, columns, at);
    }

    private static byte[] State(UnidirectionalPairArray array)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        array.Save(writer);
        return stream.ToArray();
    }

    private static void Load(byte[] state, UnidirectionalPairArray array)
    {
        using BinaryReader reader = new(new MemoryStream(state));
        array.Load(reader);
    }

    private static void Copy(UnidirectionalPairArray from, UnidirectionalPairArray to) => Load(State(from), to);

    private sealed class Snapshot(UnidirectionalPairArray array)
    {
        private readonly float[][] plus = [.. Enumerable.Range(0, array.Weights.Inputs).Select(array.PlusRow)];
        private readonly float[][] minus = [.. Enumerable.Range(0, array.Weights.Inputs).Select(array.MinusRow)];

        public float Plus(int i, int j) => plus[i][j];

        public float Minus(int i, int j) => minus[i][j];
    }

    private struct Pair
    {
        public float Plus;
        public float Minus;

        public void Raise(bool up, int n, float error, int top)
        {
            ref float device = ref Plus;
            if (!up)
            {
                device = ref Minus;
            }

            device = Math.Clamp(device + n + error, 0, top);
        }
    }
}
