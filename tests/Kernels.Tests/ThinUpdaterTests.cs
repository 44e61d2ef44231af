using System.Numerics;
using System.Runtime.Intrinsics;
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
            Assert.Equal(OneByOne(rows, columns, expected), Apply(updater, rows, columns, weights));
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
        PaddedMatrix weights = new(3, 5);
        LineTrains rows = new(3, 40), columns = new(5, 40), others = new(4, 40);
        rows.Draw(new RandomAddress(1, 2, 3), [1, 1, 1], 1, 20);
        columns.Draw(new RandomAddress(1, 3, 3), [1, 1, 1, 1, 1], 1, 20);
        others.Draw(new RandomAddress(1, 2, 3), [1, 1, 1, 1], 1, 20);
        ThinUpdater updater = new(5);
        Rejected.With("columns", 5, 4, () => Step(rows, others, new int[3], new uint[3]));
        Rejected.With("weights", 4, 3, () => Step(others, columns, new int[4], new uint[4]));
        Rejected.With("rowTrains", 3, 2, () => Step(rows, columns, new int[3], new uint[2]));
        rows.Draw(new RandomAddress(1, 2, 3), [1, 1, 1], 1, 10);
        Rejected.With("columns", 10, 20, () => Step(rows, columns, new int[3], new uint[3]));
        columns.Draw(new RandomAddress(1, 3, 3), [1, 1, 1, 1, 1], 1, 33);
        Rejected.With("columns", 32, 33, () => Step(rows, columns, new int[3], new uint[3]));
        Assert.Equal(-1, weights.Padded.IndexOfAnyExcept(0f));

        void Step(LineTrains rows, LineTrains columns, int[] rowOf, uint[] trains) =>
            updater.Apply<Counted, float>(columns, rows, rowOf, trains, 0.01f, weights, out _);
    }

    private static (long Coincidences, long Events) Apply(ThinUpdater updater, LineTrains rows, LineTrains columns, PaddedMatrix weights)
    {
        int[] rowOf = new int[LineTrains.CompactLength(rows.Lines, 1)];
        uint[] trains = new uint[rowOf.Length];
        int n = rows.Compact(rowOf, trains);
        long coincidences = updater.Apply<Counted, float>(columns, rows, rowOf.AsSpan(0, n), trains.AsSpan(0, n), 0.01f, weights, out long events);
        return (coincidences, events);
    }

    private static (long Coincidences, long Events) OneByOne(LineTrains rows, LineTrains columns, PaddedMatrix weights)
    {
        long coincidences = 0, events = 0;
        for (int i = 0; i < rows.Lines; i++)
        {
            for (int j = 0; j < columns.Lines; j++)
            {
                int count = BitOperations.PopCount(rows.Words[i] & columns.Words[j]);
                if (count > 0)
                {
                    bool isDown = float.IsNegative(rows.Values[i]) != float.IsNegative(columns.Values[j]);
                    weights[i, j] = Counted.Apply(weights[i, j], isDown ? -count : count, 0.01f);
                    coincidences += count;
                    events++;
                }
            }
        }

        return (coincidences, events);
    }

    // Two pulses at once are not one after the other.
    private readonly struct Counted : IPulseResponse<float>
    {
        public static float Apply(float weight, float pulses, in float p) => (weight * 0.9f) + (pulses * p);

        public static Vector256<float> Apply(Vector256<float> weight, Vector256<float> pulses, in float p) => throw new NotSupportedException();

        public static Vector512<float> Apply(Vector512<float> weight, Vector512<float> pulses, in float p) => throw new NotSupportedException();
    }
}
