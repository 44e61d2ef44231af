using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class DenseUpdaterTests
{
    [Property]
    public void Every_cross_point_takes_all_its_pulses_at_once(
        Size inputs, Size outputs, Slots first, Slots second, Address address, DataSeed data)
    {
        Random random = data.Random();
        DenseUpdater updater = new(outputs.Value);
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value), expected = new(inputs.Value, outputs.Value);
        weights.Padded.CopyTo(expected.Padded);
        foreach (int slots in new[] { first.Value, second.Value }.Select(n => 1 + (n % DenseUpdater.MaxSlots)))
        {
            LineTrains rows = new(inputs.Value, slots), columns = new(outputs.Value, slots);
            float gain = MathF.Pow(10, -2 * random.NextSingle());
            rows.Draw(address.At, random.Signals(inputs.Value), gain, slots);
            columns.Draw(address.At with { Stream = 5 }, random.Signals(outputs.Value), 1, slots);
            Assert.Equal(UpdateByDefinition.OneByOne(rows, columns, 1, expected), Apply(updater, rows, columns, weights));
            Same.Bits(expected.Padded, weights.Padded);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(127)]
    public void Trains_that_pulse_in_every_slot_meet_in_all_of_them_in_any_number_of_columns(int slots)
    {
        for (int outputs = 1; outputs <= 600; outputs += outputs < 140 ? 1 : 37)
        {
            LineTrains rows = new(2, slots), columns = new(outputs, slots);
            rows.Draw(new RandomAddress(1, 2, 3), [1, -1], 1, slots);
            columns.Draw(new RandomAddress(1, 3, 3), [.. Enumerable.Range(0, outputs).Select(j => j % 3 == 0 ? -1f : 1)], 1, slots);
            PaddedMatrix weights = new(2, outputs);
            Assert.Equal((2L * outputs * slots, 2L * outputs), Apply(new DenseUpdater(outputs), rows, columns, weights));
            for (int j = 0; j < weights.Stride; j++)
            {
                float steps = j >= outputs ? 0 : j % 3 == 0 ? -slots : slots;
                Assert.Equal(steps, weights.PaddedRow(0)[j]);
                Assert.Equal(-steps, weights.PaddedRow(1)[j]);
            }
        }
    }

    [Fact]
    public void A_cross_point_without_a_coincidence_keeps_its_weight_to_the_last_bit()
    {
        LineTrains rows = new(1, 8), columns = new(40, 8);
        columns.Draw(new RandomAddress(1, 3, 3), [.. Enumerable.Range(0, 40).Select(j => (float)(j % 2))], 1, 8);
        foreach (float sign in new[] { 1f, -1 })
        {
            PaddedMatrix weights = new(1, 40);
            weights.Padded.Fill(-0f);
            rows.Draw(new RandomAddress(1, 2, 3), [sign], 1, 8);
            Assert.Equal((8 * 20, 20), Apply(new DenseUpdater(40), rows, columns, weights));
            for (int j = 0; j < weights.Stride; j++)
            {
                Same.Bits([j < 40 && j % 2 == 1 ? sign * 8 : -0f], [weights.PaddedRow(0)[j]]);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        Rejected.With("columns", 1, 0, () => new DenseUpdater(0));
        UpdateByDefinition.AssertRefusals(new DenseUpdater(5).Apply<UpdateByDefinition.Counted, float>, DenseUpdater.MaxSlots, 40);
    }

    private static (long Coincidences, long Events) Apply(DenseUpdater updater, LineTrains rows, LineTrains columns, PaddedMatrix weights) =>
        UpdateByDefinition.Apply(updater.Apply<UpdateByDefinition.Counted, float>, rows, columns, 1, weights);
}
