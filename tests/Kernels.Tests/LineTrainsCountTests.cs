using System.Numerics;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class LineTrainsCountTests
{
    [Property]
    public void Laid_trains_meet_in_the_rounded_product(Slots slots, DataSeed data)
    {
        Random random = data.Random();
        int a = random.Next(slots.Value + 1), b = random.Next(slots.Value + 1);
        LineTrains first = new(3, slots.Value), spread = new(3, slots.Value);
        first.Lay([0, a, -1], 1f / slots.Value, slots.Value, TrainLayout.First);
        spread.Lay([-b, 0, 1], 1f / slots.Value, slots.Value, TrainLayout.Spread);
        Assert.Equal((long)a + 1, first.Pulses);
        Assert.Equal((long)b + 1, spread.Pulses);
        int met = 0;
        for (int p = 0; p < first.Planes; p++)
        {
            met += BitOperations.PopCount(first.Words[(p * 3) + 1] & spread.Words[p * 3]);
        }

        Assert.Equal(((2 * a * b) + slots.Value) / (2 * slots.Value), met);
        Assert.Equal([-b, 0f, 1], spread.Values.ToArray());
    }

    [Property]
    public void Counts_are_laid_into_the_first_slots(Size lines, Slots slots, DataSeed data)
    {
        int[] counts = [.. Enumerable.Range(0, lines.Value).Select(_ => data.Random().Next(-slots.Value, slots.Value + 1))];
        LineTrains trains = new(lines.Value, slots.Value);
        Spoil(trains, data.Random());
        trains.Lay(counts, slots.Value);
        for (int l = 0; l < lines.Value; l++)
        {
            for (int n = 0; n < 32 * trains.Planes; n++)
            {
                Assert.Equal(n < Math.Abs(counts[l]), (trains.Words[(n / 32 * lines.Value) + l] >> (n % 32) & 1) == 1);
            }

            Assert.Equal(Math.Sign(counts[l]), Math.Sign(trains.Values[l]));
        }
    }

    [Property]
    public void One_line_fires_alone_whatever_was_there_before(Size lines, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        LineTrains trains = new(lines.Value, slots.Value), plain = new(lines.Value, slots.Value);
        for (int n = 0; n < 6; n++)
        {
            if (random.Next(3) == 0)
            {
                Spoil(trains, random);
            }

            int line = random.Next(lines.Value), bitLength = random.Next(2) == 0 ? 1 : slots.Value;
            trains.FireOne(line, -2, bitLength);
            int[] counts = new int[lines.Value];
            counts[line] = -bitLength;
            plain.Lay(counts, bitLength);
            Assert.Equal(plain.Words.ToArray(), trains.Words.ToArray());
            Assert.Equal((plain.Pulses, plain.BitLength, plain.Planes), (trains.Pulses, trains.BitLength, trains.Planes));
            Assert.Equal(Enumerable.Range(0, lines.Value).Select(l => l == line ? -2f : 0), trains.Values.ToArray());

            int room = LineTrains.CompactLength(lines.Value, 1);
            int[] expectedLines = new int[room], actualLines = new int[room];
            uint[] expected = new uint[room * plain.Planes], actual = new uint[room * plain.Planes];
            int rounded = plain.Compact(expectedLines, expected);
            Assert.Equal(rounded, trains.Compact(actualLines, actual));
            Assert.Equal(expectedLines[0], actualLines[0]);
            Assert.Equal(expected[..(rounded * plain.Planes)], actual[..(rounded * plain.Planes)]);
        }
    }

    [Property]
    public void Pulses_are_counted_again_after_every_change(Size lines, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        LineTrains trains = new(lines.Value, slots.Value);
        Assert.Equal(0, trains.Pulses);
        for (int n = 0; n < 4; n++)
        {
            trains.Draw(address.At, random.Signals(lines.Value), random.NextSingle(), slots.Value);
            Assert.Equal(trains.Words.ToArray().Sum(word => (long)BitOperations.PopCount(word)), trains.Pulses);
            float[] signals = random.Signals(lines.Value);
            trains.Fire(signals);
            Assert.Equal(signals.Select(s => s != 0 ? 1u : 0), trains.Words.ToArray());
            Assert.Equal(signals.Count(s => s != 0), trains.Pulses);
        }
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        LineTrains trains = new(3, 40);
        Rejected.With("line", 2, 3, () => trains.FireOne(3, 1));
        Rejected.With("signal", 0, 0, () => trains.FireOne(0, 0));
        Rejected.With("bitLength", 40, 41, () => trains.FireOne(0, 1, 41));
        Rejected.With("counts", 3, 2, () => trains.Lay([1, 2], 5));
        Rejected.With("counts", 5, -6, () => trains.Lay([1, -6, 0], 5));
        Rejected.With("signals", 3, 2, () => trains.Lay([1, 2], 1, 5, TrainLayout.First));
        Rejected.With("signals", float.PositiveInfinity, float.NaN, () => trains.Lay([1, 2, float.NaN], 1, 5, TrainLayout.First));
        Rejected.With("gain", 0, -1, () => trains.Lay([1, 2, 3], -1, 5, TrainLayout.First));
        Rejected.With("layout", 1, 2, () => trains.Lay([1, 2, 3], 1, 5, (TrainLayout)2));
    }

    private static void Spoil(LineTrains trains, Random random) =>
        trains.Draw(new(1, 2, 3), random.Signals(trains.Lines), 1, trains.MaxBitLength);
}
