using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

public class PulseMeasurementTests
{
    [Fact]
    public void A_trace_holds_the_weight_before_the_first_and_behind_every_pulse()
    {
        float[,] trace = PulseMeasurement.Trace(new ConstantStepArray(1, 3, 0.25f, 0.5f), seed: 1, up: 3, down: 4, repeat: 2);
        float[] expected = [0, 0.25f, 0.5f, 0.5f, 0.25f, 0, -0.25f, -0.5f, -0.25f, 0, 0.25f, 0, -0.25f, -0.5f, -0.5f];
        Assert.Equal((3, expected.Length), (trace.GetLength(0), trace.GetLength(1)));
        for (int device = 0; device < 3; device++)
        {
            Same.Bits(expected, Row(trace, device));
        }
    }

    [Fact]
    public void Devices_have_noise_of_their_own_and_the_seed_decides_it()
    {
        float[,] first = Pairs(1), again = Pairs(1), other = Pairs(2);
        for (int device = 0; device < 5; device++)
        {
            Same.Bits(Row(first, device), Row(again, device));
            Assert.NotEqual(Row(first, device), Row(other, device));
            Assert.NotEqual(Row(first, device), Row(first, (device + 1) % 5));
        }
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        ConstantStepArray array = new(1, 2, 0.1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => PulseMeasurement.Trace(array, 1, -1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PulseMeasurement.Trace(array, 1, 1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PulseMeasurement.Trace(array, 1, 1, 1, 0));
        Rejected.With("array", 1, 2, () => PulseMeasurement.Trace(new ConstantStepArray(2, 2, 0.1f), 1, 1, 1, 1));
    }

    private static float[,] Pairs(ulong seed) =>
        PulseMeasurement.Trace(new UnidirectionalPairArray(1, 5, new UnidirectionalPairArray.Parameters()), seed, 10, 10, 1);

    private static float[] Row(float[,] trace, int device) => [.. Enumerable.Range(0, trace.GetLength(1)).Select(n => trace[device, n])];
}
