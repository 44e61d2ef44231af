using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class LineTrainsCopyTests
{
    [Property]
    public void A_copy_has_the_trains_of_the_chosen_lines_and_the_signs_asked_for(Size lines, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        LineTrains source = new(lines.Value, slots.Value), copy = new(lines.Value, random.Next(1, 40));
        source.Draw(address.At, random.Signals(lines.Value), 0.7f, slots.Value);
        LineSigns chosen = (LineSigns)random.Next(3);
        bool negate = random.Next(2) == 0;
        copy.CopyFrom(source, chosen, negate);
        Assert.Equal((source.BitLength, source.Planes), (copy.BitLength, copy.Planes));
        for (int l = 0; l < lines.Value; l++)
        {
            float value = source.Values[l];
            Assert.Equal(negate ? -value : value, copy.Values[l]);
            bool kept = chosen == LineSigns.All || (chosen == LineSigns.Negative ? value < 0 : value > 0);
            for (int p = 0; p < source.Planes; p++)
            {
                Assert.Equal(kept ? source.Words[(p * lines.Value) + l] : 0, copy.Words[(p * lines.Value) + l]);
            }
        }
    }

    [Property]
    public void Copies_by_sign_share_the_pulses_out(Size lines, Slots slots, Address address, DataSeed data)
    {
        LineTrains source = new(lines.Value, slots.Value), positive = new(lines.Value, 1), negative = new(lines.Value, 1);
        source.Draw(address.At, data.Random().Signals(lines.Value), 1, slots.Value);
        positive.CopyFrom(source, LineSigns.Positive, negate: false);
        negative.CopyFrom(source, LineSigns.Negative, negate: true);
        Assert.Equal(source.Pulses, positive.Pulses + negative.Pulses);
        Assert.DoesNotContain(Enumerable.Range(0, lines.Value), l => positive.Words[l] != 0 && positive.Values[l] <= 0);
        Assert.DoesNotContain(Enumerable.Range(0, lines.Value), l => negative.Words[l] != 0 && negative.Values[l] <= 0);
    }

    [Property]
    public void Lines_fire_as_often_as_they_are_told(Size lines, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        LineTrains trains = new(lines.Value, slots.Value);
        int[] pulses = [.. Enumerable.Range(0, lines.Value).Select(_ => random.Next(-slots.Value, slots.Value + 1))];
        trains.Fire(pulses, slots.Value);
        Assert.Equal(slots.Value, trains.BitLength);
        for (int l = 0; l < lines.Value; l++)
        {
            Assert.Equal(Math.Sign(pulses[l]), trains.Values[l]);
            for (int slot = 0; slot < trains.Planes * 32; slot++)
            {
                uint word = trains.Words[(slot / 32 * lines.Value) + l];
                Assert.Equal(slot < Math.Abs(pulses[l]) ? 1u : 0, (word >> (slot % 32)) & 1);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        LineTrains trains = new(3, 10);
        Rejected.With("source", 3, 4, () => trains.CopyFrom(new LineTrains(4, 10), LineSigns.All, negate: false));
        Rejected.With("pulses", 3, 2, () => trains.Fire([1, 2], 10));
        Rejected.With("bitLength", 10, 11, () => trains.Fire([1, 2, 3], 11));
        Rejected.With("pulses", "[-5, 5]", 6, () => trains.Fire([1, 6, 3], 5));
        Rejected.With("pulses", "[-5, 5]", int.MinValue, () => trains.Fire([1, int.MinValue, 3], 5));
    }
}
