using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>Watching cross-points changes nothing and misses nothing.</summary>
public class RecordedArrayTests
{
    private static readonly RandomAddress At = new(5, 6, 7);
    private static readonly LinearStepModel Model = new() { Step = new(0.01f, 0.2f), AdditiveNoise = 0.5f };
    private static readonly (int, int)[] Watched = [(8, 20), (0, 3), (0, 0), (4, 7)];

    [Fact]
    public void Records_are_the_changes_that_slot_by_slot_coincidences_make()
    {
        ICrosspointArray plain = Model.Create(9, 21, At);
        RecordedArray watched = new(Model.Create(9, 21, At), Watched, 1_000);
        List<PulseRecord> expected = [];
        for (int update = 0; update < 60; update++)
        {
            Trains t = new(new Random(update), 9, 21, update % 3 == 0 ? 1 : update % 3 == 1 ? 31 : 40, 0.3f);
            RandomAddress at = new(1, 2, (ulong)update);
            float[] before = [.. Watched.Select(at => plain.Weights[at.Item1, at.Item2])];
            plain.Pulse(t.Rows, t.Columns, at);
            watched.Pulse(t.Rows, t.Columns, at);
            for (int k = 0; k < Watched.Length; k++)
            {
                (int i, int j) = Watched[k];
                int pulses = 0;
                for (int slot = 0; slot < t.Rows.BitLength; slot++)
                {
                    pulses += Fires(t.Rows, i, slot) && Fires(t.Columns, j, slot) ? 1 : 0;
                }

                if (pulses > 0)
                {
                    int sign = Math.Sign(t.Rows.Values[i]) * Math.Sign(t.Columns.Values[j]);
                    expected.Add(new(k, update, sign * pulses, before[k], plain.Weights[i, j]));
                }
            }
        }

        Same.Bits(plain.Weights.Padded, watched.Weights.Padded);
        Assert.Contains(expected, record => record.Pulses < -1);
        Assert.Equal(expected.OrderBy(r => r.Update).ThenBy(r => r.CrossPoint), watched.Records.ToArray().OrderBy(r => r.Update).ThenBy(r => r.CrossPoint));
        Assert.Equal(0, watched.Missed);
    }

    [Fact]
    public void What_does_not_fit_is_counted_and_records_are_part_of_the_state()
    {
        RecordedArray first = new(Model.Create(9, 21, At), Watched, 5), second = new(Model.Create(9, 21, At), Watched, 5);
        Use(first, 0);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        first.Save(writer);
        stream.Position = 0;
        second.Load(new BinaryReader(stream));
        Use(first, 3);
        Use(second, 3);
        Assert.Equal(first.Records.ToArray(), second.Records.ToArray());
        Assert.Equal(5, first.Records.Length);
        Assert.True(first.Missed > 0);
        Assert.Equal(first.Missed, second.Missed);
        Same.Bits(first.Weights.Padded, second.Weights.Padded);

        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => new RecordedArray(Model.Create(9, 21, At), Watched, 1).Load(new BinaryReader(stream)));
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => new RecordedArray(Model.Create(9, 21, At), Watched[..1], 9).Load(new BinaryReader(stream)));
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        RecordedArray watched = new(Model.Create(9, 21, At), Watched, 100_000);
        Use(watched, 0);
        Trains t = new(new Random(1), 9, 21, 31, 0.8f);
        Allocation.None(run => watched.Pulse(t.Rows, t.Columns, new(1, 1, (ulong)run)), "recording");
        Assert.NotEqual(0, watched.Records.Length);
    }

    [Fact]
    public void A_cross_point_out_of_the_array_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => new RecordedArray(Model.Create(9, 21, At), [(9, 0)], 5));

    private static bool Fires(LineTrains trains, int line, int slot) => ((trains.Words[(slot / 32 * trains.Lines) + line] >> (slot % 32)) & 1) != 0;

    private static void Use(RecordedArray array, int from)
    {
        for (int update = from; update < from + 3; update++)
        {
            Trains t = new(new Random(update), 9, 21, 31, 0.8f);
            array.Pulse(t.Rows, t.Columns, new(1, 2, (ulong)update));
        }
    }
}
