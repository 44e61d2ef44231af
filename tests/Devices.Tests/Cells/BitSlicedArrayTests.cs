using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests.Cells;

[Properties(Arbitrary = [typeof(Generators)])]
public class BitSlicedArrayTests
{
    private const float Step = 0.0078125f, Bound = 1; // a power of two, so that sums of steps are exact

    [Property(MaxTest = 60)]
    public void Only_the_last_digit_is_pulsed(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        BitSlicedArray array = Make(inputs.Value, outputs.Value, 3, 0.5f, 0);
        array.Program(random.Matrix(inputs.Value, outputs.Value));
        float[] first = array.Devices[0].Weights.Padded.ToArray(), second = array.Devices[1].Weights.Padded.ToArray();
        Trains t = new(random, inputs.Value, outputs.Value, 20, 1);
        array.Pulse(t.Rows, t.Columns, address.At);
        Same.Bits(first, array.Devices[0].Weights.Padded);
        Same.Bits(second, array.Devices[1].Weights.Padded);
        Assert.Equal(Step / 16, array.MinStep);
    }

    [Property]
    public void A_carry_keeps_every_weight_and_empties_the_digits_that_it_carries(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        BitSlicedArray array = Make(inputs.Value, outputs.Value, 3, 0.125f, 0);
        for (ulong n = 0; n < 5; n++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, 31, 1);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = n });
        }

        float[] before = array.Weights.Padded.ToArray(), last = array.Devices[2].Weights.Padded.ToArray();
        array.Reset(address.At);
        Same.Bits(before, array.Weights.Padded);
        for (int place = 0; place < last.Length; place++)
        {
            Assert.Equal(MathF.Abs(last[place]) >= 0.125f ? 0 : last[place], array.Devices[2].Weights.Padded[place]);
        }
    }

    /// <summary>Digits that hold eight levels each: what the one before cannot hold stays where it is, so the weight is kept to half the last level.</summary>
    [Property(MaxTest = 60)]
    public void A_carry_leaves_behind_what_the_next_device_cannot_hold(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        JumpTableModel coarse = new()
        {
            Min = -1,
            Max = 1,
            Up = [.. Enumerable.Range(0, 17).Select(s => (ushort)Math.Min(s + 1, 16))],
            Down = [.. Enumerable.Range(0, 17).Select(s => (ushort)Math.Max(s - 1, 0))],
        };
        BitSlicedModel model = new() { Digits = 3, Base = 4, CarryAt = 0.5f, CarryEvery = 1, Device = coarse };
        ICrosspointArray array = model.Create(inputs.Value, outputs.Value, address.At);
        float[] expected = new float[array.Weights.Padded.Length];
        for (ulong n = 0; n < 20; n++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, 1, 1);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = n });
            for (int i = 0; i < inputs.Value; i++)
            {
                for (int j = 0; j < outputs.Value; j++)
                {
                    int pulses = t.Coincidences(i, j) * MathF.Sign(t.Rows.Values[i]) * MathF.Sign(t.Columns.Values[j]);
                    expected[(i * array.Weights.Stride) + j] += pulses * 0.125f / 16;
                }
            }
        }

        Same.Bits(expected, array.Weights.Padded);
    }

    [Property]
    public void A_programmed_weight_is_held_by_the_first_digits(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix weights = data.Random().Matrix(inputs.Value, outputs.Value, 1.3f);
        BitSlicedArray array = Make(inputs.Value, outputs.Value, 2, 0.5f, 0);
        array.Program(weights);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                Assert.Equal(Math.Clamp(weights[i, j], -1.25f, 1.25f), array.Weights[i, j], 1e-6f);
                Assert.Equal(Math.Clamp(weights[i, j], -1, 1), array.Devices[0].Weights[i, j]);
            }
        }
    }

    [Fact]
    public void A_carry_comes_every_so_many_updates_and_lets_weights_pass_the_range_of_the_last_digit()
    {
        BitSlicedArray none = Make(2, 18, 2, 0.5f, 0), carried = Make(2, 18, 2, 0.5f, 10);
        LineTrains rows = new(2, 1), columns = new(18, 1);
        rows.Fire([1f, 1f]);
        columns.Fire([.. Enumerable.Repeat(1f, 18)]);
        for (ulong n = 0; n < 300; n++)
        {
            none.Pulse(rows, columns, new(1, 0, n));
            carried.Pulse(rows, columns, new(1, 0, n));
        }

        Assert.Equal(Bound / 4, none.Weights[1, 17]);
        Assert.Equal(300 * Step / 4, carried.Weights[1, 17]);
        Assert.True(carried.Counters.PairsReset > 0);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Rejected.With("Digits", 1, 0, () => new BitSlicedModel { Digits = 0 }.Create(2, 3, default));
        Rejected.With("digitBase", "above 1", 1f, () => new BitSlicedModel { Base = 1 }.Create(2, 3, default));
        Rejected.With("carryAt", "above 0", 0f, () => new BitSlicedModel { CarryAt = 0 }.Create(2, 3, default));
        Rejected.With("carryEvery", 0, -1, () => new BitSlicedModel { CarryEvery = -1 }.Create(2, 3, default));
    }

    private static BitSlicedArray Make(int inputs, int outputs, int digits, float carryAt, int carryEvery) =>
        new([.. Enumerable.Range(0, digits).Select(_ => (ICrosspointArray)new ConstantStepArray(inputs, outputs, Step, Bound))], 4, carryAt, carryEvery);
}
