using System.Runtime.Intrinsics;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>What pulses are given against the table it was taken from: whether numbers are packed, and shapes stored or taken from the scales.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class DeviceNumbersTests
{
    private enum Shapes
    {
        Own,
        OneForAll,
        Proportional,
    }

    [Property(MaxTest = 60)]
    public void A_pulse_is_given_the_numbers_of_its_device_in_its_direction(Size outputs, DataSeed data)
    {
        Random random = data.Random();
        foreach (Shapes kind in Enum.GetValues<Shapes>())
        {
            foreach (bool packed in (bool[])[false, true])
            {
                DeviceTable table = Table(random, outputs.Value, kind, packed);
                Assert.Equal(kind == Shapes.Proportional, ProportionalShapes.Of(table) is not null);
                Assert.Equal(packed, PackedPairs.Fit(table.Up, table.Down));
                AssertGives<DeviceNumbers<WidePairs, OwnShapes>>(new(table, default), table, random);
                if (ProportionalShapes.Of(table) is { } shapes)
                {
                    AssertGives<DeviceNumbers<WidePairs, ProportionalShapes>>(new(table, shapes), table, random);
                    if (packed)
                    {
                        AssertGives<DeviceNumbers<PackedPairs, ProportionalShapes>>(new(table, shapes), table, random);
                    }
                }
                else if (packed)
                {
                    AssertGives<DeviceNumbers<PackedPairs, OwnShapes>>(new(table, default), table, random);
                }
            }
        }
    }

    [Property(MaxTest = 60)]
    public void Bounds_are_those_of_the_device(Size outputs, DataSeed data)
    {
        Random random = data.Random();
        DeviceTable table = Table(random, outputs.Value, Shapes.Own, packed: false);
        OwnBounds bounds = new(table);
        table.Stick(random.Next(outputs.Value), -0.2f);
        for (int place = 0; place < table.Low.Padded.Length; place++)
        {
            int eight = place / 8 * 8, sixteen = place / 16 * 16;
            PulseParameters<float> p = default;
            PulseParameters<Vector256<float>> half = default;
            PulseParameters<Vector512<float>> all = default;
            bounds.Read(place, ref p);
            bounds.Read(eight, ref half);
            bounds.Read(sixteen, ref all);
            (float low, float high) = (table.Low.Padded[place], table.High.Padded[place]);
            Assert.Equal(
                (low, low, low),
                (
                    bounds.Low<Width1, float>(p), bounds.Low<Width256, Vector256<float>>(half)[place - eight],
                    bounds.Low<Width512, Vector512<float>>(all)[place - sixteen]));
            Assert.Equal(
                (high, high, high),
                (
                    bounds.High<Width1, float>(p), bounds.High<Width256, Vector256<float>>(half)[place - eight],
                    bounds.High<Width512, Vector512<float>>(all)[place - sixteen]));
        }
    }

    // 2^-9 is half of the distance between two neighbours, of which there are 128 from one power of two to the next.
    [Property]
    public void Numbers_are_rounded_to_the_nearest_of_16_bits(DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix exact = new(1, 64), rounded = new(1, 64);
        for (int j = 0; j < 64; j++)
        {
            exact[0, j] = (random.NextSingle() - 0.5f) * MathF.Pow(2, random.Next(-60, 60));
        }

        exact.Padded.CopyTo(rounded.Padded);
        PackedPairs.Round(rounded);
        Assert.True(PackedPairs.Fit(rounded));
        for (int j = 0; j < 64; j++)
        {
            double unit = Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(exact[0, j]))) - 7);
            Assert.True(Math.Abs((double)rounded[0, j] - exact[0, j]) <= unit / 2, $"{exact[0, j]:R} was rounded to {rounded[0, j]:R}");
        }
    }

    [Fact]
    public void Linear_steps_are_packed_where_all_their_numbers_vary_and_only_there()
    {
        LinearStepModel[] varied =
        [
            new() { Step = new(0.001f, 0.3f), UpSlope = new(1.66f, 0.2f), DownSlope = new(1.66f, 0.2f) },
            new() { Step = new(0.001f, 0.3f), UpSlope = new(1.66f, 0.2f) },
            new() { UpDownDeviation = 0.1f },
        ];
        LinearStepModel exact = new() { UpSlope = new(1.66f, 0.2f) };
        foreach (LinearStepModel model in varied)
        {
            DeviceTable table = Table(model);
            Assert.True(PackedPairs.Fit(table.Up, table.Down));
            Assert.True(ProportionalShapes.Of(table) is not null || PackedPairs.Fit(table.UpShape, table.DownShape));
        }

        Assert.Equal(0.001f, Table(exact).Up[3, 5]);

        static DeviceTable Table(LinearStepModel model) => ((PulsedArray)model.Create(8, 20, new RandomAddress(1, 2, 3))).Devices;
    }

    // Shapes of each device, one for all, or a multiple of the scale; one device is stuck.
    private static DeviceTable Table(Random random, int outputs, Shapes kind, bool packed)
    {
        DeviceTable table = new(3, outputs);
        float up = random.NextSingle(), down = random.NextSingle();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                (table.Up[i, j], table.Down[i, j]) = (0.01f + random.NextSingle(), -0.01f - random.NextSingle());
                (table.Low[i, j], table.High[i, j]) = (-random.NextSingle(), random.NextSingle());
            }
        }

        if (packed)
        {
            PackedPairs.Round(table.Up);
            PackedPairs.Round(table.Down);
        }

        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                (table.UpShape[i, j], table.DownShape[i, j]) = kind switch
                {
                    Shapes.Own => (random.NextSingle(), random.NextSingle()),
                    Shapes.OneForAll => (up, down),
                    _ => (up * -table.Up[i, j], down * table.Down[i, j]),
                };
            }
        }

        if (packed && kind != Shapes.Proportional)
        {
            PackedPairs.Round(table.UpShape);
            PackedPairs.Round(table.DownShape);
        }

        table.Stick(random.Next(outputs), 0.1f);
        return table;
    }

    // The shape of a device without a step, stuck or in the padding, is its own affair. Another device is stuck meanwhile.
    private static void AssertGives<TNumbers>(TNumbers numbers, DeviceTable table, Random random)
        where TNumbers : struct, IDeviceNumbers
    {
        table.Stick(random.Next(table.Up.Outputs), 0.2f);
        for (int place = 0; place < table.Up.Padded.Length; place += 16)
        {
            int[] isDown = [.. Enumerable.Range(0, 16).Select(_ => -random.Next(2))];
            numbers.Read(place, Vector512.Create(isDown), out Vector512<float> scales, out Vector512<float> shapes);
            for (int l = 0; l < 16; l++)
            {
                int at = place + l, eight = l / 8 * 8;
                numbers.Read(at, isDown[l], out float scale, out float shape);
                numbers.Read(place + eight, Vector256.Create(isDown, eight), out Vector256<float> halfScales, out Vector256<float> halfShapes);
                float expected = (isDown[l] != 0 ? table.Down : table.Up).Padded[at], own = (isDown[l] != 0 ? table.DownShape : table.UpShape).Padded[at];
                Assert.Equal((expected, expected, expected), (scale, halfScales[l % 8], scales[l]));
                Assert.Equal((shape, shape), (halfShapes[l % 8], shapes[l]));
                Assert.True(expected == 0 || shape == own, $"place {at}: expected shape {own}, got {shape}");
            }
        }
    }
}
