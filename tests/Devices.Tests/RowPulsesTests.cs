using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 50)]
public class RowPulsesTests
{
    [Property]
    public void A_row_at_once_is_a_row_by_trains(Size outputs, Address address, DataSeed data)
    {
        foreach (float sigma in new[] { 0, 0.3f })
        {
            foreach (float threshold in new[] { 0, 0.4f })
            {
                Check(outputs.Value, sigma, threshold, address.At, data.Random());
            }
        }
    }

    [Fact]
    public void A_long_row_at_once_is_a_row_by_trains() => Check(9_000, 0.3f, 0.1f, new RandomAddress(1, 2, 3), new Random(5));

    [Fact]
    public void Wrong_arguments_are_refused_before_anything_is_pulsed()
    {
        foreach (bool byTrains in new[] { false, true })
        {
            ICrosspointArray array = new LinearStepModel().Create(3, 20, default);
            RowPulses rows = new(array, byTrains);
            Rejected.With("signals", 32, 20, () => rows.Apply(0, new float[20], 0, false, default));
            Rejected.With("threshold", 0, -1, () => rows.Apply(0, new float[32], -1, false, default));
            Rejected.With("row", 3, 3, () => rows.Apply(3, new float[32], 0, false, default));
            Assert.Equal(0, array.Counters.Coincidences);
            Assert.Equal(-1, array.Weights.Padded.IndexOfAnyExcept(0f));
        }
    }

    [Fact]
    public void A_row_allocates_nothing()
    {
        float[] signals = new float[32];
        signals.AsSpan(0, 20).Fill(1);
        foreach (bool byTrains in new[] { false, true })
        {
            RowPulses rows = new(new DifferentialPairModel { Device = new LinearStepModel { CycleNoise = 0.1f } }.Create(3, 20, default), byTrains);
            rows.Apply(0, signals, 0, false, default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            rows.Apply(1, signals, 0, true, default);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static void Check(int outputs, float sigma, float threshold, in RandomAddress at, Random random)
    {
        foreach (DeviceModel model in Models(sigma))
        {
            ICrosspointArray once = model.Create(3, outputs, at), byTrains = model.Create(3, outputs, at);
            PaddedMatrix signals = new(1, outputs);
            RowPulses atOnce = new(once), trains = new(byTrains, byTrains: true);
            Assert.IsAssignableFrom<IRowPulsed>(once);
            for (int n = 0; n < 6; n++)
            {
                random.Signals(outputs).CopyTo(signals.Row(0));
                RandomAddress here = at with { Step = (at.Step >> 24) + (ulong)n };
                atOnce.Apply(n % 3, signals.PaddedRow(0), threshold, n % 2 == 1, here);
                trains.Apply(n % 3, signals.PaddedRow(0), threshold, n % 2 == 1, here);
            }

            Same.Bits(byTrains.Weights.Padded, once.Weights.Padded);
            Assert.Equal(byTrains.Counters.Coincidences, once.Counters.Coincidences);
            Assert.Equal(byTrains.Counters.Events, once.Counters.Events);
        }
    }

    // A device alone, in pairs of every kind and beside a reference, which each row crosses once or more.
    private static IEnumerable<DeviceModel> Models(float sigma)
    {
        LinearStepModel device = new() { Step = 0.05f, CycleNoise = sigma };
        yield return device;
        yield return new ReferencedDeviceModel { Device = device };
        foreach (PairPulses pulses in Enum.GetValues<PairPulses>())
        {
            yield return new DifferentialPairModel { Device = device, Pulses = pulses };
        }
    }
}
