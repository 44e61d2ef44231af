using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class OnePulseUpdaterTests
{
    [Property]
    public void Every_cross_point_takes_all_its_pulses_at_once(
        Size inputs, Size outputs, Slots first, Slots second, Address address, DataSeed data)
    {
        Random random = data.Random();
        OnePulseUpdater updater = new(outputs.Value);
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value), expected = new(inputs.Value, outputs.Value);
        weights.Padded.CopyTo(expected.Padded);
        foreach (int slots in new[] { 1, first.Value, second.Value }.Select(n => 1 + ((n - 1) % 32)))
        {
            LineTrains rows = new(inputs.Value, slots), columns = new(outputs.Value, slots);
            rows.Draw(address.At, random.Signals(inputs.Value), MathF.Pow(10, -2 * random.NextSingle()), slots);
            columns.Draw(address.At with { Stream = 5 }, random.Signals(outputs.Value), MathF.Pow(10, -2 * random.NextSingle()), slots);
            Assert.Equal(UpdateByDefinition.OneByOne(rows, columns, 1, expected), Apply(updater, rows, columns, weights));
            Same.Bits(expected.Padded, weights.Padded);
        }
    }

    [Fact]
    public void Columns_that_pulse_in_one_slot_meet_all_rows_in_any_number_of_columns()
    {
        for (int outputs = 1; outputs <= 600; outputs += outputs < 140 ? 1 : 37)
        {
            LineTrains rows = new(3, 1), columns = new(outputs, 1);
            rows.Fire([1, 0, -1]);
            columns.Fire([.. Enumerable.Range(0, outputs).Select(j => (float)((j % 3) - 1))]);
            PaddedMatrix weights = new(3, outputs);
            weights.Padded.Fill(-0f);
            long met = 2 * Enumerable.Range(0, outputs).Count(j => j % 3 != 1);
            Assert.Equal((met, met), Apply(new OnePulseUpdater(outputs), rows, columns, weights));
            for (int j = 0; j < weights.Stride; j++)
            {
                // A weight of -0 is none that a sum with 0 would leave as it is.
                float step = j < outputs ? (j % 3) - 1 : 0;
                Same.Bits([step == 0 ? -0f : step, -0f, step == 0 ? -0f : -step], [weights.PaddedRow(0)[j], weights.PaddedRow(1)[j], weights.PaddedRow(2)[j]]);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        Rejected.With("columns", 1, 0, () => new OnePulseUpdater(0));
        UpdateByDefinition.AssertRefusals(new OnePulseUpdater(5).Apply<UpdateByDefinition.Counted, float>, 32, 20);
    }

    private static (long Coincidences, long Events) Apply(OnePulseUpdater updater, LineTrains rows, LineTrains columns, PaddedMatrix weights) =>
        UpdateByDefinition.Apply(updater.Apply<UpdateByDefinition.Counted, float>, rows, columns, 1, weights);
}
