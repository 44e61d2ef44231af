using System.Runtime.Intrinsics;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>What pulses are given against the table it was taken from: whether shapes are stored or come out of what is shared.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class DeviceNumbersTests
{
    [Property(MaxTest = 60)]
    public void A_pulse_is_given_the_numbers_of_its_device_in_its_direction(Size outputs, DataSeed data)
    {
        Random random = data.Random();
        foreach (int shapes in (int[])[0, 1, 2])
        {
            DeviceTable table = Table(random, outputs.Value, shapes);
            foreach (bool bounds in (bool[])[false, true])
            {
                DeviceNumbers numbers = new(table, bounds);
                for (int place = 0; place < table.Up.Padded.Length; place += 16)
                {
                    AssertGives(numbers, table, place, bounds, [.. Enumerable.Range(0, 16).Select(_ => -random.Next(2))]);
                }
            }
        }
    }

    // Shapes of each device, one for all, or a multiple of the scale; one device is stuck.
    private static DeviceTable Table(Random random, int outputs, int shapes)
    {
        DeviceTable table = new(3, outputs);
        float up = random.NextSingle(), down = random.NextSingle();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                (table.Up[i, j], table.Down[i, j]) = (0.01f + random.NextSingle(), -0.01f - random.NextSingle());
                (table.Low[i, j], table.High[i, j]) = (-random.NextSingle(), random.NextSingle());
                (table.UpShape[i, j], table.DownShape[i, j]) = shapes switch
                {
                    0 => (random.NextSingle(), random.NextSingle()),
                    1 => (up, down),
                    _ => (up * -table.Up[i, j], down * table.Down[i, j]),
                };
            }
        }

        table.Stick(random.Next(outputs), 0.1f);
        return table;
    }

    // The shape of a device without a step, stuck or in the padding, is its own affair.
    private static void AssertGives(DeviceNumbers numbers, DeviceTable table, int place, bool bounds, int[] isDown)
    {
        numbers.Prepare(place, Vector512.Create(isDown), bounds, out PulseParameters<Vector512<float>> all);
        for (int l = 0; l < 16; l++)
        {
            int at = place + l, eight = l / 8 * 8;
            numbers.Prepare(at, isDown[l], bounds, out PulseParameters<float> p);
            numbers.Prepare(place + eight, Vector256.Create(isDown, eight), bounds, out PulseParameters<Vector256<float>> half);
            float scale = (isDown[l] != 0 ? table.Down : table.Up).Padded[at], shape = (isDown[l] != 0 ? table.DownShape : table.UpShape).Padded[at];
            Assert.Equal((scale, scale, scale), (p.P0, half.P0[l % 8], all.P0[l]));
            Assert.Equal((p.P1, p.P1), (half.P1[l % 8], all.P1[l]));
            Assert.True(scale == 0 || p.P1 == shape, $"place {at}: expected shape {shape}, got {p.P1}");
            if (bounds)
            {
                (float low, float high) = (table.Low.Padded[at], table.High.Padded[at]);
                Assert.Equal((low, low, low, high, high, high), (p.P2, half.P2[l % 8], all.P2[l], p.P3, half.P3[l % 8], all.P3[l]));
            }
        }
    }
}
