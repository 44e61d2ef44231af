using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PulsedUpdaterTests
{
    /// <summary>Three updates with one updater: of any lengths, thin and dense, with noise and without, drawn in either way.</summary>
    [Property(MaxTest = 150)]
    public void Each_pulse_takes_the_next_number_in_the_stated_order(
        Size inputs, Size outputs, Slots first, Slots second, Address address, DataSeed data)
    {
        Random random = data.Random();
        Case c = new(random, inputs.Value, outputs.Value, 130);
        foreach (int slots in new[] { first.Value, second.Value, first.Value })
        {
            float gain = random.Next(4) switch { 0 => 0.01f, 1 => 0.1f, 2 => 0.5f, _ => 3 };
            c.Draw(random, gain, gain, slots);
            c.AssertUpdates(random.Next(3) switch { 0 => 0, 1 => 0.3f, _ => 2 }, (PulseNoiseKind)random.Next(2), address.At);
        }
    }

    /// <summary>The numbers are drawn 8192 at a time at most, in groups of 64: leftovers go into the next lot.</summary>
    [Theory]
    [InlineData(PulseNoiseKind.EachPulse, 64, 0.7f)]
    [InlineData(PulseNoiseKind.EachPulse, 7, 3)]
    [InlineData(PulseNoiseKind.Aggregated, 33, 1)]
    public void Many_numbers_come_in_one_sequence(PulseNoiseKind kind, int slots, float gain)
    {
        Random random = new(slots);
        Case c = new(random, 200, 190, slots);
        c.Draw(random, gain, gain, slots);
        Assert.InRange(c.AssertUpdates(0.5f, kind, new(1, 2, 3)), 8192 + 4096, long.MaxValue);
    }

    /// <summary>
    /// Each order of work: seldom meets seldom, always meets seldom, often meets often; also where thin updates ask for cache lines ahead, from
    /// 100,000 cross-points on.
    /// </summary>
    [Theory]
    [InlineData(60, 100, 0.05f, 0.05f)]
    [InlineData(60, 100, 1_000, 0.1f)]
    [InlineData(60, 100, 0.9f, 0.9f)]
    [InlineData(310, 330, 0.01f, 0.02f)]
    [InlineData(310, 330, 1_000, 0.002f)]
    [InlineData(310, 330, 0.9f, 0.9f)]
    public void Every_order_of_work_gives_the_bits_of_the_definition(int inputs, int outputs, float rowGain, float columnGain)
    {
        Random random = new(11);
        Case c = new(random, inputs, outputs, 70);
        foreach (int slots in new[] { 31, 64, 70 })
        {
            c.Draw(random, rowGain, columnGain, slots);
            c.AssertUpdates(0.3f, PulseNoiseKind.EachPulse, new(3, 4, (ulong)slots));
        }
    }

    [Theory]
    [InlineData(PulseNoiseKind.EachPulse)]
    [InlineData(PulseNoiseKind.Aggregated)]
    public void The_longest_trains_use_the_same_buffers_as_short_ones(PulseNoiseKind kind)
    {
        Random random = new(5);
        Case c = new(random, 9, 35, PulseTrains.MaxBitLength);
        foreach (int slots in new[] { 3, PulseTrains.MaxBitLength, 40, 1 })
        {
            c.Draw(random, 1, 0.7f, slots);
            c.AssertUpdates(0.4f, kind, new(7, 1, (ulong)slots));
            c.AssertUpdates(0, kind, new(7, 2, (ulong)slots));
        }
    }

    /// <summary>Zeros of either sign among weights that move, up and down.</summary>
    [Theory]
    [InlineData(PulseNoiseKind.EachPulse, 0)]
    [InlineData(PulseNoiseKind.EachPulse, 0.3f)]
    [InlineData(PulseNoiseKind.Aggregated, 0)]
    [InlineData(PulseNoiseKind.Aggregated, 0.3f)]
    public void A_weight_without_a_coincidence_keeps_every_bit(PulseNoiseKind kind, float sigma)
    {
        PaddedMatrix weights = new(2, 40);
        float[] x = new float[40];
        for (int j = 0; j < 40; j++)
        {
            x[j] = j % 3 == 0 ? (j % 2 == 0 ? 1 : -1) : 0;
            weights[0, j] = weights[1, j] = j % 4 < 2 ? -0.0f : 0;
        }

        LineTrains rows = new(2, 5), columns = new(40, 5);
        rows.Draw(default, [1, -1], 1, 5);
        columns.Draw(default, x, 1, 5);
        BoundedDevice device = BoundedDevice.Uniform(2, 40, 0.01f, 0);
        Assert.Equal(2 * 14 * 5, new PulsedUpdater(2, 40).Apply(device, weights, rows, columns, sigma, kind, default, out long events));
        Assert.Equal(2 * 14, events);
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 40; j++)
            {
                Assert.Equal(j % 3 == 0, weights[i, j] != 0);
                Assert.True(j % 3 == 0 || float.IsNegative(weights[i, j]) == (j % 4 < 2), $"row {i}, column {j}: a zero changed its sign");
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    public void Without_a_pulse_on_one_side_nothing_happens(float rowGain, float columnGain)
    {
        Random random = new(1);
        Case c = new(random, 20, 30, 10);
        c.Draw(random, rowGain, columnGain, 10);
        Assert.Equal(0, c.AssertUpdates(0.5f, PulseNoiseKind.EachPulse, default));
        Assert.Equal(0, c.AssertUpdates(0, PulseNoiseKind.Aggregated, default));
    }

    /// <summary>Without noise a cross-point knows nothing of the others: rows may stand in two arrays, or come in two parts.</summary>
    [Property(MaxTest = 50)]
    public void Without_noise_the_rows_may_be_cut_in_two(Size inputs, Size outputs, Size at, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        int rows = inputs.Value + 1, cut = Math.Min(at.Value, inputs.Value);
        PulseNoiseKind kind = (PulseNoiseKind)random.Next(2);
        BoundedDevice device = BoundedDevice.Random(random, rows, outputs.Value);
        float[] x = [.. Enumerable.Range(0, rows).Select(_ => random.Next(-1, 2))];
        LineTrains columns = new(outputs.Value, slots.Value);
        columns.Draw(new(2, 2, 2), random.Signals(outputs.Value), 0.6f, slots.Value);
        PaddedMatrix start = random.Matrix(rows, outputs.Value, 0.6f);
        PaddedMatrix whole = BoundedDevice.RowsOf(start, 0, rows), parts = BoundedDevice.RowsOf(start, 0, rows);
        PaddedMatrix upper = BoundedDevice.RowsOf(start, 0, cut), lower = BoundedDevice.RowsOf(start, cut, rows - cut);
        (long, long) all = Update(device, whole, x);
        (long, long) top = Update(device, parts, [.. x[..cut], .. new float[rows - cut]]);
        (long, long) bottom = Update(device, parts, [.. new float[cut], .. x[cut..]]);
        Assert.Equal(all, (top.Item1 + bottom.Item1, top.Item2 + bottom.Item2));
        Assert.Equal(top, Update(device.Rows(0, cut), upper, x[..cut]));
        Assert.Equal(bottom, Update(device.Rows(cut, rows - cut), lower, x[cut..]));
        Same.Bits(whole.Padded, parts.Padded);
        Same.Bits(whole.Padded, [.. upper.Padded, .. lower.Padded]);

        // A row that pulses does so in every slot: trains that do not depend on where a row stands.
        (long Coincidences, long Events) Update(BoundedDevice devices, PaddedMatrix weights, float[] signals)
        {
            LineTrains trains = new(signals.Length, slots.Value);
            trains.Draw(default, signals, 1, slots.Value);
            PulsedUpdater updater = new(signals.Length, outputs.Value);
            return (updater.Apply(devices, weights, trains, columns, 0, kind, default, out long events), events);
        }
    }

    [Fact]
    public void Updates_allocate_nothing_once_the_buffers_have_grown()
    {
        BoundedDevice device = BoundedDevice.Uniform(30, 40, 0.01f, 0.5f);
        PulsedUpdater updater = new(30, 40);
        PaddedMatrix weights = new(30, 40);
        LineTrains rows = new(30, 100), columns = new(40, 100);
        float[] x = new Random(1).Signals(30), d = new Random(2).Signals(40);
        Update(0, 2);
        Allocation.None(run => Update((2 * (ulong)run) + 2, (2 * (ulong)run) + 4));

        void Update(ulong from, ulong to)
        {
            for (ulong step = from; step < to; step++)
            {
                int slots = step < 2 ? 100 : (int)step;
                rows.Draw(new(1, 1, step), x, 1, slots);
                columns.Draw(new(1, 2, step), d, 1, slots);
                updater.Apply(device, weights, rows, columns, 0.3f, (PulseNoiseKind)(step % 2), new(1, 3, step), out _);
            }
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_and_numbers_out_of_range_are_refused_before_anything_moves()
    {
        Rejected.With("rows", 1, 0, () => new PulsedUpdater(0, 1));
        Rejected.With("columns", 1, -3, () => new PulsedUpdater(1, -3));
        PulsedUpdater updater = new(3, 5);
        BoundedDevice device = BoundedDevice.Uniform(3, 5, 0.1f, 0);
        PaddedMatrix weights = new(3, 5);
        void Refused(string name, object expected, object actual, PaddedMatrix w, LineTrains r, LineTrains c, float sigma = 0, int kind = 0)
        {
            foreach (LineTrains trains in new[] { r, c })
            {
                float[] ones = [.. Enumerable.Repeat(1f, trains.Lines)];
                trains.Draw(default, ones, 1, trains.MaxBitLength);
            }

            Rejected.With(name, expected, actual, () => updater.Apply(device, w, r, c, sigma, (PulseNoiseKind)kind, default, out _));
            Assert.Equal(-1, w.Padded.IndexOfAnyExcept(0));
        }

        Rejected.With("device", 4, 3, () => new PulsedUpdater(4, 5).Apply(device, new(4, 5), new(4, 1), new(5, 1), 0, default, default, out _));
        Rejected.With("device", 6, 5, () => new PulsedUpdater(3, 6).Apply(device, new(3, 6), new(3, 1), new(6, 1), 0, default, default, out _));
        Refused("weights", 3, 4, new PaddedMatrix(4, 5), new LineTrains(3, 8), new LineTrains(5, 8));
        Refused("weights", 5, 6, new PaddedMatrix(3, 6), new LineTrains(3, 8), new LineTrains(5, 8));
        Refused("rows", 3, 2, weights, new LineTrains(2, 8), new LineTrains(5, 8));
        Refused("columns", 5, 4, weights, new LineTrains(3, 8), new LineTrains(4, 8));
        Refused("columns", 8, 7, weights, new LineTrains(3, 8), new LineTrains(5, 7));
        Refused("sigma", float.MaxValue, -0.5f, weights, new LineTrains(3, 8), new LineTrains(5, 8), -0.5f);
        Refused("sigma", 0, float.NaN, weights, new LineTrains(3, 8), new LineTrains(5, 8), float.NaN);
        Refused("sigma", 0, float.PositiveInfinity, weights, new LineTrains(3, 8), new LineTrains(5, 8), float.PositiveInfinity);
        Refused("kind", 1, 2, weights, new LineTrains(3, 8), new LineTrains(5, 8), 0.5f, 2);
        Refused("kind", 0, -1, weights, new LineTrains(3, 8), new LineTrains(5, 8), 0, -1);
    }

    /// <summary>One array and the same array as the definition leaves it.</summary>
    private sealed class Case
    {
        private readonly BoundedDevice device;
        private readonly PulsedUpdater updater;
        private readonly PaddedMatrix weights;
        private readonly LineTrains rows;
        private readonly LineTrains columns;

        public Case(Random random, int inputs, int outputs, int maxSlots)
        {
            device = BoundedDevice.Random(random, inputs, outputs);
            updater = new PulsedUpdater(inputs, outputs);
            rows = new LineTrains(inputs, maxSlots);
            columns = new LineTrains(outputs, maxSlots);
            weights = random.Matrix(inputs, outputs, 0.6f);
            for (int i = 0; i < inputs; i++)
            {
                weights[i, random.Next(outputs)] = -0.0f;
            }
        }

        public void Draw(Random random, float rowGain, float columnGain, int slots)
        {
            ulong seed = (ulong)random.NextInt64();
            rows.Draw(new(seed, 1, 0), random.Signals(rows.Lines), rowGain, slots);
            columns.Draw(new(seed, 2, 0), random.Signals(columns.Lines), columnGain, slots);
        }

        /// <summary>Returns how many numbers the definition takes.</summary>
        public long AssertUpdates(float sigma, PulseNoiseKind kind, RandomAddress at)
        {
            PaddedMatrix expected = new(rows.Lines, columns.Lines);
            weights.Padded.CopyTo(expected.Padded);
            (long coincidences, long events) = kind == PulseNoiseKind.EachPulse
                ? EachPulse(expected, sigma, at)
                : Aggregated(expected, sigma, at);
            long met = updater.Apply(device, weights, rows, columns, sigma, kind, at, out long some);
            Same.Bits(expected.Padded, weights.Padded);
            Assert.Equal((coincidences, events), (met, some));
            return kind == PulseNoiseKind.EachPulse ? coincidences : events;
        }

        // Rows, slots, columns: pulse after pulse.
        private (long Coincidences, long Events) EachPulse(PaddedMatrix w, float sigma, RandomAddress at)
        {
            long pulses = 0, events = 0;
            for (int i = 0; i < rows.Lines; i++)
            {
                HashSet<int> pulsed = [];
                for (int slot = 0; slot < rows.BitLength; slot++)
                {
                    for (int j = 0; j < columns.Lines; j++)
                    {
                        if (Pulses(rows, i, slot) && Pulses(columns, j, slot))
                        {
                            float xi = sigma > 0 ? Gaussian.At(at, (ulong)pulses) : 0;
                            Step(w, i, j, MathF.FusedMultiplyAdd(sigma, xi, 1));
                            pulses++;
                            pulsed.Add(j);
                        }
                    }
                }

                events += pulsed.Count;
            }

            return (pulses, events);
        }

        // One number for each cross-point with a coincidence, in the order of rows and columns.
        private (long Coincidences, long Events) Aggregated(PaddedMatrix w, float sigma, RandomAddress at)
        {
            long pulses = 0, events = 0;
            for (int i = 0; i < rows.Lines; i++)
            {
                for (int j = 0; j < columns.Lines; j++)
                {
                    int n = Enumerable.Range(0, rows.BitLength).Count(slot => Pulses(rows, i, slot) && Pulses(columns, j, slot));
                    if (n > 0)
                    {
                        float xi = sigma > 0 ? sigma * Gaussian.At(at, (ulong)events) : 0;
                        Step(w, i, j, MathF.FusedMultiplyAdd(MathF.Sqrt(n), xi, n));
                        pulses += n;
                        events++;
                    }
                }
            }

            return (pulses, events);
        }

        private void Step(PaddedMatrix w, int i, int j, float m)
        {
            bool down = rows.Values[i] < 0 != columns.Values[j] < 0;
            device.Prepare((i * w.Stride) + j, down ? -1 : 0, out PulseParameters<float> p);
            w[i, j] = device.Pulse<Width1, float>(w[i, j], m, p);
        }

        private static bool Pulses(LineTrains trains, int line, int slot) =>
            ((trains.Words[(slot / 32 * trains.Lines) + line] >> (slot % 32)) & 1) != 0;
    }
}
