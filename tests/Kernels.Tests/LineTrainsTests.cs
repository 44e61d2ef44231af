using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class LineTrainsTests
{
    [Property]
    public void Drawing_again_overwrites_trains_of_any_other_length(Address address, Size lines, Slots first, Slots second, DataSeed data)
    {
        Random random = data.Random();
        LineTrains trains = new(lines.Value, 130);
        trains.Draw(address.At, random.Signals(lines.Value), 1, first.Value);
        float[] signals = random.Signals(lines.Value);
        trains.Draw(address.At, signals, 0.5f, second.Value);

        uint[] expected = new uint[PulseTrains.Planes(second.Value) * lines.Value];
        PulseTrains.Draw(address.At, signals, 0.5f, second.Value, expected);
        Assert.Equal(expected, trains.Words.ToArray());
        Same.Bits(signals, trains.Values);
        Assert.Equal(
            (lines.Value, 130, second.Value, PulseTrains.Planes(second.Value)),
            (trains.Lines, trains.MaxBitLength, trains.BitLength, trains.Planes));

        float[] decoded = new float[lines.Value], plain = new float[lines.Value];
        trains.Decode(0.25f, decoded);
        PulseTrains.Decode(expected, signals, 0.25f, plain);
        Same.Bits(plain, decoded);
        Assert.Equal(expected.Sum(word => (long)System.Numerics.BitOperations.PopCount(word)), trains.Pulses);
    }

    [Property]
    public void CopyTrain_copies_one_line_and_says_whether_it_pulses(Address address, Size lines, Slots slots, DataSeed data)
    {
        LineTrains trains = new(lines.Value, slots.Value);
        trains.Draw(address.At, data.Random().Signals(lines.Value, 0.2f), 1, slots.Value);
        for (int l = 0; l < lines.Value; l++)
        {
            Guarded<uint> train = new(trains.Planes);
            bool pulses = trains.CopyTrain(l, train.Span);
            int line = l;
            uint[] expected = [.. Enumerable.Range(0, trains.Planes).Select(p => trains.Words[(p * lines.Value) + line])];
            Assert.Equal(expected, train.ToArray());
            Assert.Equal(expected.Any(word => word != 0), pulses);
            train.AssertGuardsIntact();
        }
    }

    /// <summary>Against trains of the other side, only slots in which one of them pulses are drawn: those of a draw in just these slots.</summary>
    [Property]
    public void Trains_are_drawn_against_others_only_where_those_pulse(Address address, Size lines, Size others, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        LineTrains other = new(others.Value, slots.Value), trains = new(lines.Value, slots.Value);
        other.Draw(address.At, random.Signals(others.Value), random.Next(3) == 0 ? 0 : 0.02f, slots.Value);
        uint[] pulsing = new uint[other.Planes];
        for (int n = 0; n < other.Words.Length; n++)
        {
            pulsing[n / others.Value] |= other.Words[n];
        }

        float[] signals = random.Signals(lines.Value);
        bool possible = trains.DrawAgainst(other, address.At with { Stream = 9 }, signals, 0.7f);
        Assert.Equal(pulsing.Any(word => word != 0), possible);
        uint[] expected = new uint[other.Planes * lines.Value];
        PulseTrains.Draw(address.At with { Stream = 9 }, signals, 0.7f, slots.Value, pulsing, expected);
        Assert.Equal(expected, trains.Words.ToArray());
        Assert.Equal(signals, trains.Values.ToArray());
    }

    [Property]
    public void Compact_keeps_the_lines_that_pulse_and_pads_with_empty_trains(Address address, Size lines, Slots slots, DataSeed data)
    {
        LineTrains trains = new(lines.Value, slots.Value);
        trains.Draw(address.At, data.Random().Signals(lines.Value, 0.1f), 1, slots.Value);
        Guarded<int> kept = new(LineTrains.CompactLength(lines.Value, 1));
        Guarded<uint> packed = new(LineTrains.CompactLength(lines.Value, trains.Planes));
        int rounded = trains.Compact(kept.Span, packed.Span);

        int[] pulsing = [.. Enumerable.Range(0, lines.Value)
            .Where(l => Enumerable.Range(0, trains.Planes).Any(p => trains.Words[(p * lines.Value) + l] != 0))];
        Assert.Equal((pulsing.Length + 15) / 16 * 16, rounded);
        Assert.Equal(pulsing, kept.Span[..pulsing.Length].ToArray());
        for (int p = 0; p < trains.Planes; p++)
        {
            for (int k = 0; k < rounded; k++)
            {
                uint expected = k < pulsing.Length ? trains.Words[(p * lines.Value) + pulsing[k]] : 0;
                Assert.Equal(expected, packed.Span[(p * rounded) + k]);
            }
        }

        kept.AssertGuardsIntact();
        packed.AssertGuardsIntact();
    }

    [Fact]
    public void Numbers_out_of_range_are_refused_before_anything_is_drawn()
    {
        Rejected.With("lines", 1, 0, () => new LineTrains(0, 10));
        Rejected.With("bitLength", 4096, 0, () => new LineTrains(3, 0));
        LineTrains trains = new(3, 10);
        trains.Draw(default, [1, 1, 1], 1, 10);
        Rejected.With("signals", 3, 2, () => trains.Draw(default, new float[2], 1, 10));
        Rejected.With("bitLength", 10, 11, () => trains.Draw(default, new float[3], 1, 11));
        Rejected.With("gain", 0, -1, () => trains.Draw(default, new float[3], -1, 5));
        Rejected.With("gain", 0, float.NaN, () => trains.DrawAgainst(trains, default, new float[3], float.NaN));
        Assert.Equal(10, trains.BitLength);
        Assert.Equal([1023u, 1023u, 1023u], trains.Words.ToArray());
        Assert.Equal([1f, 1, 1], trains.Values.ToArray());
    }
}
