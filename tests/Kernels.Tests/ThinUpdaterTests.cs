using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class ThinUpdaterTests
{
    [Property]
    public void Every_cross_point_takes_all_its_pulses_at_once(
        Size inputs, Size outputs, Slots first, Slots second, Address address, DataSeed data)
    {
        Random random = data.Random();
        ThinUpdater updater = new(outputs.Value);
        PaddedMatrix weights = new(inputs.Value, outputs.Value), expected = new(inputs.Value, outputs.Value);
        foreach (int slots in new[] { first.Value, second.Value }.Select(n => 1 + (n % 32)))
        {
            LineTrains rows = new(inputs.Value, slots), columns = new(outputs.Value, slots);
            float gain = MathF.Pow(10, -2 * random.NextSingle());
            rows.Draw(address.At, random.Signals(inputs.Value), gain, slots);
            columns.Draw(address.At with { Stream = 5 }, random.Signals(outputs.Value), gain, slots);
            Assert.Equal(UpdateByDefinition.OneByOne(rows, columns, 0.01f, expected), Apply(updater, rows, columns, weights));
            Same.Bits(expected.Padded, weights.Padded);
        }
    }

    [Fact]
    public void Trains_without_a_pulse_leave_the_weights_as_they_are()
    {
        PaddedMatrix weights = new(3, 20);
        LineTrains rows = new(3, 32), columns = new(20, 32), none = new(20, 32);
        rows.Draw(new RandomAddress(1, 2, 3), [1, 1, 1], 1, 32);
        columns.Draw(new RandomAddress(1, 3, 3), [.. Enumerable.Repeat(1f, 20)], 1, 32);
        none.Draw(new RandomAddress(1, 3, 3), new float[20], 1, 32);
        ThinUpdater updater = new(20);
        Assert.Equal((3 * 20 * 32, 3 * 20), Apply(updater, rows, columns, weights));
        float[] before = weights.Padded.ToArray();
        Assert.Equal((0, 0), Apply(updater, rows, none, weights));
        Same.Bits(before, weights.Padded);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        Rejected.With("columns", 1, 0, () => new ThinUpdater(0));
        UpdateByDefinition.AssertRefusals(new ThinUpdater(5).Apply<UpdateByDefinition.Counted, float>, 32, 20);
    }

    private static (long Coincidences, long Events) Apply(ThinUpdater updater, LineTrains rows, LineTrains columns, PaddedMatrix weights) =>
        UpdateByDefinition.Apply(updater.Apply<UpdateByDefinition.Counted, float>, rows, columns, 0.01f, weights);
}
