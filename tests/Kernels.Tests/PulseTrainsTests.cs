using System.Numerics;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PulseTrainsTests
{
    private static readonly RandomAddress Fixed = new(1711, 3640, 5);

    [Property(MaxTest = 200)]
    public void Draw_follows_its_scheme_slot_by_slot(Address address, Length lines, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        float gain = MathF.Pow(10, random.Next(-3, 3)) * random.NextSingle();
        float[] values = MixedValues(random, lines.Value, gain);
        Guarded<uint> trains = new(PulseTrains.Planes(slots.Value) * values.Length);
        PulseTrains.Draw(address.At, values, gain, slots.Value, trains.Span);
        Assert.Equal(SlotBySlot(address.At, values, gain, slots.Value), trains.ToArray());
        trains.AssertGuardsIntact();
    }

    /// <summary>The hardest values for ties: first byte and rest of the probability at their limits, 64 lines of them, in every position.</summary>
    [Property]
    public void Draw_settles_ties_at_the_limits_of_the_first_byte(Address address, Length lines, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        float[] values = new float[lines.Value];
        foreach (ref float v in values.AsSpan())
        {
            float edge = random.Next(0, 257) / 256f;
            v = random.Next(3) switch { 0 => MathF.BitDecrement(edge), 1 => edge, _ => MathF.BitIncrement(edge) };
        }

        uint[] trains = new uint[PulseTrains.Planes(slots.Value) * values.Length];
        PulseTrains.Draw(address.At, values, 1, slots.Value, trains);
        Assert.Equal(SlotBySlot(address.At, values, 1, slots.Value), trains);
    }

    [Property]
    public void Only_the_chosen_slots_are_drawn(Address address, Length lines, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        float[] values = MixedValues(random, lines.Value, 1);
        uint[] chosen = [.. random.Words(PulseTrains.Planes(slots.Value)).Select(word => random.Next(3) == 0 ? 0 : word & (uint)random.Next())];
        Guarded<uint> trains = new(chosen.Length * values.Length);
        PulseTrains.Draw(address.At, values, 1, slots.Value, chosen, trains.Span);
        Assert.Equal(SlotBySlot(address.At, values, 1, slots.Value, chosen), trains.ToArray());
        trains.AssertGuardsIntact();
    }

    [Fact]
    public void The_longest_train_follows_the_scheme()
    {
        float[] values = new Random(3).Signals(70);
        uint[] trains = new uint[PulseTrains.Planes(PulseTrains.MaxBitLength) * values.Length];
        PulseTrains.Draw(Fixed, values, 1, PulseTrains.MaxBitLength, trains);
        Assert.Equal(SlotBySlot(Fixed, values, 1, PulseTrains.MaxBitLength), trains);
    }

    /// <summary>
    /// Where the byte of line 0 and slot 0 is zero, its 24 further bits decide: a probability of just as many times 2⁻³² does not pulse, and
    /// one more does.
    /// </summary>
    [Fact]
    public void A_probability_is_exact_to_the_last_bit_of_32()
    {
        int found = 0;
        for (ulong step = 0; found < 20; step++)
        {
            RandomAddress at = new(1, 2, step);
            uint further = ThreefryOracle.Block(at, 16UL << 59)[0] >> 8;
            if ((ThreefryOracle.Word(at, 0) & 0xFF) != 0 || further == 0)
            {
                continue;
            }

            found++;
            float p = further * MathF.ScaleB(1, -32);
            uint[] train = new uint[1];
            PulseTrains.Draw(at, [p], 1, 1, train);
            Assert.Equal(0u, train[0]);
            PulseTrains.Draw(at, [p + MathF.ScaleB(1, -32)], 1, 1, train);
            Assert.Equal(1u, train[0]);
        }
    }

    [Property]
    public void A_zero_and_a_NaN_never_pulse_and_a_probability_of_one_always_does(Address address, Size lines, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        float[] values = new float[lines.Value];
        foreach (ref float v in values.AsSpan())
        {
            v = random.Next(6) switch
            {
                0 => 0,
                1 => -0f,
                2 => float.NaN,
                3 => 0.5f,
                4 => -7,
                _ => float.NegativeInfinity,
            };
        }

        int planes = PulseTrains.Planes(slots.Value);
        uint[] trains = new uint[planes * values.Length];
        PulseTrains.Draw(address.At, values, 2, slots.Value, trains);
        for (int l = 0; l < values.Length; l++)
        {
            for (int p = 0; p < planes; p++)
            {
                int used = Math.Min(32, slots.Value - (32 * p));
                uint full = used == 32 ? uint.MaxValue : (1u << used) - 1;
                Assert.Equal(MathF.Abs(values[l]) >= 0.5f ? full : 0, trains[(p * values.Length) + l]);
            }
        }
    }

    [Property]
    public void Signs_do_not_change_a_train(Address address, Length lines, Slots slots, DataSeed data)
    {
        float[] values = data.Random().Signals(lines.Value), magnitudes = [.. values.Select(MathF.Abs)];
        uint[] signed = new uint[PulseTrains.Planes(slots.Value) * lines.Value], plain = new uint[signed.Length];
        PulseTrains.Draw(address.At, values, 1, slots.Value, signed);
        PulseTrains.Draw(address.At, magnitudes, 1, slots.Value, plain);
        Assert.Equal(plain, signed);
    }

    /// <summary>
    /// Fixed seed, 20,000 trains for each probability and BL: chi-square of the pulse counts against Binomial(BL, p), cells with at least 8
    /// expected, bound 4.5 deviations.
    /// </summary>
    [Theory]
    [InlineData(0.02f, 10)]
    [InlineData(0.25f, 10)]
    [InlineData(0.731f, 10)]
    [InlineData(0.1f, 33)]
    [InlineData(0.5f, 100)]
    [InlineData(0.997f, 100)]
    public void Pulses_of_a_train_are_binomial(float p, int bitLength)
    {
        const int Trains = 20_000;
        float[] values = [.. Enumerable.Repeat(p, Trains)];
        int planes = PulseTrains.Planes(bitLength);
        uint[] trains = new uint[planes * Trains];
        PulseTrains.Draw(Fixed with { Step = (ulong)bitLength }, values, 1, bitLength, trains);
        long[] counts = new long[bitLength + 1];
        double sum = 0, squares = 0;
        for (int l = 0; l < Trains; l++)
        {
            int pulses = Pulses(trains, Trains, l);
            counts[pulses]++;
            sum += pulses;
            squares += (double)pulses * pulses;
        }

        double mean = sum / Trains, variance = (squares / Trains) - (mean * mean), law = bitLength * (double)p * (1 - p);
        Assert.InRange((mean - (bitLength * (double)p)) / Math.Sqrt(law / Trains), -4.5, 4.5);
        double fourth = law * (1 + (3 * law * (bitLength - 2) / bitLength));
        Assert.InRange((variance - law) / Math.Sqrt((fourth - (law * law)) / Trains), -4.5, 4.5);

        (long[] observed, double[] expected) = Pool(counts, [.. Statistics.Binomial(bitLength, p).Select(q => q * Trains)], 8);
        Assert.InRange(
            Statistics.ChiSquareDeviations(Statistics.ChiSquare(observed, expected), observed.Length - 1), -4.5, 4.5);
    }

    /// <summary>
    /// Fixed seed, 2²⁵ slots: the pulses of a probability far below the 1/256 of a random byte are as many as they should be, bound 4.5
    /// deviations. At 10⁻⁵ that is 336 ± 82, at the others closer.
    /// </summary>
    [Theory]
    [InlineData(1e-5f)]
    [InlineData(1e-4f)]
    [InlineData(0.0038f)]
    [InlineData(0.5001f)]
    public void Small_differences_of_probability_are_kept(float p)
    {
        const int Lines = 1024, BitLength = 128, Draws = 256;
        float[] values = [.. Enumerable.Repeat(p, Lines)];
        uint[] trains = new uint[PulseTrains.Planes(BitLength) * Lines];
        long pulses = 0;
        for (ulong step = 0; step < Draws; step++)
        {
            PulseTrains.Draw(Fixed with { Step = step }, values, 1, BitLength, trains);
            pulses += trains.Sum(t => (long)BitOperations.PopCount(t));
        }

        double slots = (double)Lines * BitLength * Draws;
        Assert.InRange((pulses - (slots * p)) / Math.Sqrt(slots * p * (1 - (double)p)), -4.5, 4.5);
    }

    /// <summary>
    /// Fixed seed, 4,000 draws of 130 lines and 40 slots at p = 0.3: the correlation of each of the 105 pairs of 15 places (line, slot),
    /// near and far, and of each place with itself one draw later, stays within 4.5 of its deviations 1/√4000: one false alarm in 1,200 seeds.
    /// </summary>
    [Fact]
    public void Slots_and_lines_are_independent()
    {
        const int Lines = 130, BitLength = 40, Draws = 4_000;
        const float P = 0.3f;
        (int Line, int Slot)[] places =
            [(0, 0), (1, 0), (2, 0), (8, 0), (16, 0), (63, 0), (64, 0), (128, 0), (0, 1), (0, 2), (0, 4), (0, 8), (0, 32), (1, 1), (64, 32)];
        float[] values = [.. Enumerable.Repeat(P, Lines)];
        uint[] trains = new uint[PulseTrains.Planes(BitLength) * Lines];
        float[][] pulses = [.. places.Select(_ => new float[Draws])];
        for (int draw = 0; draw < Draws; draw++)
        {
            PulseTrains.Draw(Fixed with { Step = (ulong)draw }, values, 1, BitLength, trains);
            for (int k = 0; k < places.Length; k++)
            {
                uint bit = (trains[(places[k].Slot / 32 * Lines) + places[k].Line] >> (places[k].Slot % 32)) & 1;
                pulses[k][draw] = (bit - P) / MathF.Sqrt(P * (1 - P));
            }
        }

        for (int k = 0; k < places.Length; k++)
        {
            for (int other = 0; other < k; other++)
            {
                Assert.InRange(Statistics.CorrelationDeviations(pulses[k], pulses[other]), -4.5, 4.5);
            }

            Assert.InRange(Statistics.CorrelationDeviations(pulses[k].AsSpan(1), pulses[k].AsSpan(0, Draws - 1)), -4.5, 4.5);
        }
    }

    [Property]
    public void Decode_gives_the_pulses_of_each_line_their_value_and_sign(Length lines, Slots slots, DataSeed data)
    {
        int planes = PulseTrains.Planes(slots.Value);
        Random random = data.Random();
        float scale = random.NextSingle();
        Guarded<uint> trains = new(random.Words(planes * lines.Value));
        Guarded<float> values = new([.. random.Signals(lines.Value).Select(v => v == 0 && random.Next(2) == 0 ? -0f : v)]);
        Guarded<float> decoded = new(lines.Value);
        PulseTrains.Decode(trains.Span, values.Span, scale, decoded.Span);
        float[] expected = new float[lines.Value];
        for (int l = 0; l < lines.Value; l++)
        {
            float size = Pulses(trains.ToArray(), lines.Value, l) * scale;
            expected[l] = float.IsNegative(values.Span[l]) ? -size : size;
        }

        Same.Bits(expected, decoded.Span);
        decoded.AssertGuardsIntact();
    }

    /// <summary>Full trains of every number of words: the sums of bytes or lanes must not overflow on the way.</summary>
    [Fact]
    public void Full_trains_decode_to_their_length()
    {
        float[] values = [.. Enumerable.Repeat(-1f, 35)], decoded = new float[35];
        for (int planes = 1; planes <= 128; planes++)
        {
            uint[] trains = new uint[planes * 35];
            trains.AsSpan().Fill(uint.MaxValue);
            PulseTrains.Decode(trains, values, 1, decoded);
            Assert.Equal(-1, decoded.AsSpan().IndexOfAnyExcept(-32f * planes));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 1)]
    [InlineData(33, 2)]
    [InlineData(100, 4)]
    [InlineData(4096, 128)]
    public void Planes_are_the_words_that_hold_a_train(int bitLength, int planes) => Assert.Equal(planes, PulseTrains.Planes(bitLength));

    [Fact]
    public void Numbers_out_of_range_are_refused_before_anything_is_written()
    {
        Guarded<uint> trains = new(4);
        float[] two = new float[2];
        Rejected.With("bitLength", 1, 0, () => PulseTrains.Planes(0));
        Rejected.With("bitLength", 4096, 4097, () => PulseTrains.Planes(4097));
        Rejected.With("bitLength", 4096, -3, () => PulseTrains.Draw(Fixed, two, 1, -3, trains.Span));
        Rejected.With("gain", 0, -0.5f, () => PulseTrains.Draw(Fixed, two, -0.5f, 64, trains.Span));
        Rejected.With("gain", 0, float.NaN, () => PulseTrains.Draw(Fixed, two, float.NaN, 64, trains.Span));
        Rejected.With("gain", 0, float.PositiveInfinity, () => PulseTrains.Draw(Fixed, two, float.PositiveInfinity, 64, trains.Span));
        Rejected.With("trains", 2, 4, () => PulseTrains.Draw(Fixed, two, 1, 32, trains.Span));
        trains.AssertUntouched();

        Guarded<float> decoded = new(3);
        Rejected.With("decoded", 2, 3, () => PulseTrains.Decode(new uint[2], two, 1, decoded.Span));
        Rejected.With("trains", 3, 4, () => PulseTrains.Decode(new uint[4], new float[3], 1, decoded.Span));
        decoded.AssertUntouched();
    }

    private static int Pulses(uint[] trains, int lines, int line)
    {
        int pulses = 0;
        for (int place = line; place < trains.Length; place += lines)
        {
            for (uint rest = trains[place]; rest > 0; rest /= 2)
            {
                pulses += (int)(rest % 2);
            }
        }

        return pulses;
    }

    // Neighbouring cells are merged until each expects enough.
    private static (long[] Observed, double[] Expected) Pool(long[] observed, double[] expected, double least)
    {
        List<long> counts = [];
        List<double> laws = [];
        long count = 0;
        double law = 0;
        for (int k = 0; k < observed.Length; k++)
        {
            count += observed[k];
            law += expected[k];
            if (law >= least)
            {
                counts.Add(count);
                laws.Add(law);
                (count, law) = (0, 0);
            }
        }

        counts[^1] += count;
        laws[^1] += law;
        return ([.. counts], [.. laws]);
    }

    private static float[] MixedValues(Random random, int count, float gain)
    {
        float[] values = new float[count];
        bool sparse = random.Next(2) == 0;
        foreach (ref float v in values.AsSpan())
        {
            float p = random.Next(8) switch
            {
                0 => 0,
                1 => 1,
                2 => 2 * random.NextSingle(),
                3 => MathF.Pow(10, -10 * random.NextSingle()),
                4 => random.Next(0, 256) / 256f,
                _ => sparse ? 0 : random.NextSingle(),
            };
            v = random.Next(40) == 0 ? float.NaN : (random.Next(2) == 0 ? -p : p) / gain;
        }

        return values;
    }

    /// <summary>
    /// The scheme: slot s of the lines 64 g to 64 g + 63 takes the bytes 64 (g BL + s) and following. The byte and, where it ties with the
    /// first byte of the probability, 24 more bits make the fraction that is compared. The n-th tie of the draw takes the n-th word from
    /// group 2⁵⁹ on: by 64 lines, then eights of slots, then lines, then slots. The first byte of a certain pulse is 255.
    /// </summary>
    private static uint[] SlotBySlot(RandomAddress at, float[] values, float gain, int bitLength, uint[]? chosen = null)
    {
        int planes = (bitLength + 31) / 32;
        uint[] trains = new uint[planes * values.Length];
        Dictionary<ulong, uint[]> blocks = [];
        uint Word(ulong n)
        {
            ulong block = (n / 64 * 16) + (n % 16);
            if (!blocks.TryGetValue(block, out uint[]? words))
            {
                words = ThreefryOracle.Block(at, block);
                blocks.Add(block, words);
            }

            return words[n / 16 % 4];
        }

        ulong ties = 0;
        for (int start = 0; start < values.Length; start += 64)
        {
            for (int eight = 0; eight < bitLength; eight += 8)
            {
                for (int l = start; l < Math.Min(start + 64, values.Length); l++)
                {
                    double p = float.IsNaN(values[l]) ? 0 : Math.Min(1, MathF.Abs(values[l]) * gain);
                    double first = Math.Min(255, Math.Floor(p * 256));
                    double rest = Math.Floor((p * 4294967296.0) - (first * 16777216.0));
                    for (int slot = eight; slot < Math.Min(eight + 8, bitLength); slot++)
                    {
                        if (chosen is not null && ((chosen[slot / 32] >> (slot % 32)) & 1) == 0)
                        {
                            continue;
                        }

                        ulong index = (64 * (ulong)((start / 64 * bitLength) + slot)) + (ulong)(l - start);
                        uint random = (Word(index / 4) >> (int)(8 * (index % 4))) & 0xFF;
                        bool pulse = random < first;
                        if (random == first && rest > 0)
                        {
                            pulse = TieWord(ties++) >> 8 < rest;
                        }

                        if (pulse)
                        {
                            trains[(slot / 32 * values.Length) + l] |= 1u << (slot % 32);
                        }
                    }
                }
            }
        }

        return trains;

        uint TieWord(ulong n)
        {
            ulong block = (((1UL << 59) + (n / 64)) * 16) + (n % 16);
            return ThreefryOracle.Block(at, block)[n / 16 % 4];
        }
    }
}
