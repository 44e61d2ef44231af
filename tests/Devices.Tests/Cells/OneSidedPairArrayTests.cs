using Crosspoint.Devices.Cells;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests.Cells;

[Properties(Arbitrary = [typeof(Generators)])]
public class OneSidedPairArrayTests
{
    private const float Step = 0.0078125f, Bound = 0.5f; // a power of two, so that sums of steps are exact

    /// <summary>n up pulses raise G⁺ by n steps, n down pulses G⁻; no device ever falls.</summary>
    [Property(MaxTest = 60)]
    public void Devices_are_only_raised(Size inputs, Size outputs, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        OneSidedPairArray array = Make(inputs.Value, outputs.Value, new());
        float[,] plus = new float[inputs.Value, outputs.Value], minus = new float[inputs.Value, outputs.Value];
        for (ulong update = 0; update < 3; update++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, slots.Value, 0.5f);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = update });
            for (int i = 0; i < inputs.Value; i++)
            {
                for (int j = 0; j < outputs.Value; j++)
                {
                    int n = t.Coincidences(i, j);
                    bool isUp = t.Rows.Values[i] > 0 == t.Columns.Values[j] > 0;
                    plus[i, j] = MathF.Min(plus[i, j] + (isUp ? n * Step : 0), Bound);
                    minus[i, j] = MathF.Min(minus[i, j] + (isUp ? 0 : n * Step), Bound);
                    Assert.Equal(plus[i, j], array.Plus.Weights[i, j]);
                    Assert.Equal(minus[i, j], array.Minus.Weights[i, j]);
                    Assert.Equal(plus[i, j] - minus[i, j], array.Weights[i, j]);
                }
            }
        }
    }

    [Property]
    public void An_exact_refresh_keeps_every_weight_and_lowers_the_pairs_that_are_due(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        OneSidedPairArray array = Make(inputs.Value, outputs.Value, new() { Saturation = 0.2f });
        for (ulong update = 0; update < 3; update++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, 20, 1);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = update });
        }

        float[] before = array.Weights.Padded.ToArray(), plus = array.Plus.Weights.Padded.ToArray(), minus = array.Minus.Weights.Padded.ToArray();
        array.Reset(address.At);
        Same.Bits(before, array.Weights.Padded);
        long due = 0;
        for (int place = 0; place < plus.Length; place++)
        {
            bool isDue = MathF.Max(plus[place], minus[place]) >= 0.2f;
            due += isDue ? 1 : 0;
            Assert.Equal(isDue ? MathF.Max(before[place], 0) : plus[place], array.Plus.Weights.Padded[place]);
            Assert.Equal(isDue ? MathF.Max(-before[place], 0) : minus[place], array.Minus.Weights.Padded[place]);
        }

        Assert.Equal(due, array.Counters.PairsReset);
    }

    /// <summary>Ideal devices of whole steps take exactly as many pulses as the difference has: the weights stay, and pulses are counted.</summary>
    [Property(MaxTest = 60)]
    public void A_pulsed_refresh_writes_by_counted_pulses(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        OneSidedPairArray array = Make(inputs.Value, outputs.Value, new() { Saturation = 0.1f, Write = RefreshWrite.Pulsed });
        for (ulong update = 0; update < 2; update++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, 40, 1);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = update });
        }

        float[] before = array.Weights.Padded.ToArray();
        double written = 0;
        for (int place = 0; place < before.Length; place++)
        {
            bool isDue = MathF.Max(array.Plus.Weights.Padded[place], array.Minus.Weights.Padded[place]) >= 0.1f;
            written += isDue ? Math.Abs(before[place]) / Step : 0;
        }

        long pulses = array.Counters.Coincidences;
        array.Reset(address.At);
        Same.Bits(before, array.Weights.Padded);
        Assert.Equal(written, array.Counters.Coincidences - pulses);
    }

    [Fact]
    public void A_refresh_comes_every_so_many_updates_and_keeps_pairs_from_saturating()
    {
        OneSidedPairArray never = Make(4, 20, new() { Saturation = 0.3f }), often = Make(4, 20, new() { Saturation = 0.3f, RefreshEvery = 5 });
        Random random = new(1);
        double expected = 0;
        LineTrains rows = new(4, 1), columns = new(20, 1);
        for (int n = 0; n < 200; n++)
        {
            float sign = n % 2 == 0 ? 1 : -1;
            rows.Fire([1, 1, 1, 1]);
            columns.Fire([.. Enumerable.Repeat(sign, 20)]);
            expected += sign * Step;
            never.Pulse(rows, columns, new(1, 0, (ulong)n));
            often.Pulse(rows, columns, new(1, 0, (ulong)n));
        }

        Assert.Equal(expected, often.Weights[0, 0]);
        Assert.Equal(0f, never.Weights[0, 0]);
        Assert.Equal(Bound, never.Plus.Weights[0, 0]);
        Assert.True(often.Plus.Weights[0, 0] <= 0.3f + (5 * Step));
        Assert.Equal(0, never.Counters.PairsReset);
        Assert.True(often.Counters.PairsReset > 0);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Rejected.With("Saturation", "above 0", 0f, () => new OneSidedPairModel { Saturation = 0 }.Create(2, 3, default));
        Rejected.With("RefreshEvery", 0, -1, () => new OneSidedPairModel { RefreshEvery = -1 }.Create(2, 3, default));
        Rejected.With("Write", "[0, 1]", 2, () => new OneSidedPairModel { Write = (RefreshWrite)2 }.Create(2, 3, default));
    }

    private static OneSidedPairArray Make(int inputs, int outputs, OneSidedPairArray.Parameters parameters) =>
        new(new ConstantStepArray(inputs, outputs, Step, Bound), new ConstantStepArray(inputs, outputs, Step, Bound), parameters);
}
