using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests.Cells;

/// <summary>What every cell has to keep, whatever it is made of.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class CellTests
{
    /// <summary>Noisy, bounded devices that sit on no grid.</summary>
    private static readonly MeasuredStepModel Noisy = new()
    {
        Devices = 2,
        Up = [0.05f, 0.01f, 0.04f, 0.02f],
        Down = [-0.01f, -0.05f, -0.02f, -0.04f],
        UpNoise = [0.01f, 0.01f, 0.02f, 0.01f],
        DownNoise = [0.01f, 0.01f, 0.02f, 0.01f],
    };

    private static readonly JumpTableModel Coarse = new()
    {
        Up = [1, 2, 3, 4, 5, 6, 6],
        Down = [0, 0, 1, 2, 3, 4, 5],
    };

    private static readonly IdealModel Ideal = new() { Step = 0.01f };

    private static readonly (string Name, CellModel Model)[] Known =
    [
        .. from device in new (string Name, DeviceModel Model)[] { ("noisy", Noisy), ("coarse", Coarse), ("ideal", Ideal), ("pair", new UnidirectionalPairModel()) }
           from cell in new (string Name, CellModel Model)[]
           {
               ("differential", new DifferentialPairModel()),
               ("alternating", new DifferentialPairModel { Pulses = PairPulses.Alternating, Center = 0.1f }),
               ("referenced", new ReferencedDeviceModel { ReferenceDevice = Noisy, Reference = 0.2f }),
               ("one-sided", new OneSidedPairModel { Saturation = 0.3f, RefreshEvery = 2 }),
               ("one-sided-pulsed", new OneSidedPairModel { Saturation = 0.3f, RefreshEvery = 3, Write = RefreshWrite.Pulsed }),
               ("vector", new VectorModel { Gains = [0.5f, 0.3f, 0.2f] }),
               ("vector-random", new VectorModel { Selection = VectorSelection.Random }),
               ("bit-sliced", new BitSlicedModel { Digits = 3, CarryAt = 0.1f, CarryEvery = 2 }),
           }
           select ($"{cell.Name}/{device.Name}", cell.Model with { Device = device.Model }),
        ("nested", new DifferentialPairModel { Device = new VectorModel { Device = new OneSidedPairModel { Device = Noisy, Saturation = 0.3f, RefreshEvery = 2 } } }),
    ];

    public static TheoryData<string> Names => [.. Known.Select(known => known.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_are_the_weighted_sum_of_the_devices_behind_everything(string name)
    {
        Random random = new(5);
        foreach (int outputs in new[] { 1, 15, 16, 40 })
        {
            CellArray array = Make(name, 9, outputs);
            AssertSum(array);
            array.Program(random.Matrix(9, outputs, 0.5f));
            AssertSum(array);
            for (ulong step = 0; step < 7; step++)
            {
                Trains t = new(random, 9, outputs, 33, 0.3f);
                array.Pulse(t.Rows, t.Columns, new(1, 2 << 8, step));
                AssertSum(array);
            }

            array.Reset(new(1, 3 << 8, 7));
            AssertSum(array);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Counters_are_those_of_the_devices(string name)
    {
        CellArray array = Make(name, 9, 20);
        Drive(array, new Random(3), 6);
        long coincidences = 0, events = 0;
        foreach (ICrosspointArray device in array.Devices)
        {
            coincidences += device.Counters.Coincidences;
            events += device.Counters.Events;
        }

        Assert.True(coincidences > 0);
        Assert.Equal((coincidences, events), (array.Counters.Coincidences, array.Counters.Events));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_cell_loaded_into_another_goes_on_like_the_first(string name)
    {
        CellArray first = Make(name, 11, 19), second = Make(name, 11, 19);
        Drive(first, new Random(1), 5);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        first.Save(writer);
        stream.Position = 0;
        second.Load(new BinaryReader(stream));
        Assert.Equal(stream.Length, stream.Position);
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
        Drive(first, new Random(2), 5);
        Drive(second, new Random(2), 5);
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
        for (int k = 0; k < first.Devices.Length; k++)
        {
            Same.Bits(first.Devices[k].Weights.Padded, second.Devices[k].Weights.Padded);
        }

        Assert.Equal(
            (first.Counters.Coincidences, first.Counters.Events, first.Counters.PairsReset),
            (second.Counters.Coincidences, second.Counters.Events, second.Counters.PairsReset));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pulses_and_resets_allocate_nothing_after_the_first(string name)
    {
        CellArray array = Make(name, 30, 50);
        Trains t = new(new Random(1), 30, 50, 100, 1);
        for (ulong step = 0; step < 6; step++)
        {
            array.Pulse(t.Rows, t.Columns, new(1, 1, step));
            array.Reset(new(1, 2, step));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong step = 6; step < 20; step++)
        {
            array.Pulse(t.Rows, t.Columns, new(1, 1, step));
            array.Reset(new(1, 2, step));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_address_makes_the_same_devices_and_the_same_pulses(string name)
    {
        CellArray first = Make(name, 7, 33), second = Make(name, 7, 33);
        Drive(first, new Random(1), 4);
        Drive(second, new Random(1), 4);
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
    }

    /// <summary>What one device draws must not show in another: the noise of the devices of a cell is uncorrelated.</summary>
    /// <remarks>Fixed seed, 10,000 cells; the bound is 4.5 deviations.</remarks>
    [Theory]
    [InlineData(VectorSelection.All)]
    public void The_devices_of_a_cell_draw_numbers_of_their_own(VectorSelection selection)
    {
        MeasuredStepModel device = new() { Up = [0.01f, 0.01f], Down = [-0.01f, -0.01f], UpNoise = [0.005f, 0.005f], DownNoise = [0.005f, 0.005f] };
        VectorModel model = new()
        {
            Gains = [1, 1],
            Selection = selection,
            Device = new DifferentialPairModel { Device = device },
        };
        CellArray array = (CellArray)model.Create(100, 100, new(1, 1 << 8, 0));
        LineTrains rows = new(100, 1), columns = new(100, 1);
        rows.Fire([.. Enumerable.Repeat(1f, 100)]);
        columns.Fire([.. Enumerable.Repeat(1f, 100)]);
        array.Pulse(rows, columns, new(4, 5 << 8, 6));
        List<float[]> noises = [];
        foreach (ICrosspointArray pair in array.Devices)
        {
            foreach (ICrosspointArray part in ((CellArray)pair).Devices)
            {
                float sign = part.Weights[0, 0] > 0 ? 1 : -1;
                noises.Add([.. Enumerable.Range(0, 100).SelectMany(i => part.Weights.Row(i).ToArray()).Select(w => (w - (sign * 0.01f)) / 0.005f)]);
            }
        }

        Assert.Equal(4, noises.Count);
        for (int a = 0; a < 4; a++)
        {
            for (int b = 0; b < a; b++)
            {
                Assert.InRange(Statistics.CorrelationDeviations(noises[a], noises[b]), -4.5, 4.5);
            }
        }
    }

    /// <summary>The way into nested cells stands in the upper 24 bits of the step, outermost first, eight bits a level.</summary>
    [Fact]
    public void A_device_of_a_nested_cell_draws_from_the_address_that_its_way_says()
    {
        VectorModel model = new() { Gains = [1, 1], Device = new VectorModel { Gains = [1, 1, 1], Device = Noisy } };
        RandomAddress at = new(7, 9 << 8, 11);
        CellArray array = (CellArray)model.Create(5, 6, at);
        Trains t = new(new Random(4), 5, 6, 10, 1);
        array.Pulse(t.Rows, t.Columns, at);
        for (int outer = 0; outer < 2; outer++)
        {
            for (int inner = 0; inner < 3; inner++)
            {
                ulong way = (ulong)((256 * ((8 * outer) + 1)) + (8 * inner) + 1);
                RandomAddress own = at with { Step = 11 | (way << 40) };
                ICrosspointArray alone = Noisy.Create(5, 6, own);
                alone.Pulse(t.Rows, t.Columns, own);
                Same.Bits(alone.Weights.Padded, ((CellArray)array.Devices[outer]).Devices[inner].Weights.Padded);
            }
        }
    }

    [Fact]
    public void Cells_nest_three_deep_and_no_deeper()
    {
        DeviceModel three = new VectorModel { Device = new ReferencedDeviceModel { ReferenceDevice = new DifferentialPairModel() } };
        three.Create(2, 3, default);
        Rejected.With("Device", 3, 4, () => new DifferentialPairModel { Device = three }.Create(2, 3, default));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shapes_and_numbers_that_do_not_fit_are_refused(string name)
    {
        CellArray array = Make(name, 3, 5);
        float[] before = array.Weights.Padded.ToArray();
        PaddedMatrix unknown = new(3, 5);
        unknown[1, 4] = float.NaN;
        Rejected.With("weights", "numbers", "[1, 4]", () => array.Program(unknown));
        Rejected.With("weights", "[3, 5]", "[3, 6]", () => array.Program(new PaddedMatrix(3, 6)));
        Rejected.With("rows", 3, 2, () => array.Pulse(new LineTrains(2, 8), new LineTrains(5, 8), default));
        Rejected.With("columns", 5, 4, () => array.Pulse(new LineTrains(3, 8), new LineTrains(4, 8), default));
        Rejected.With("columns", 8, 7, () => array.Pulse(new LineTrains(3, 8), new LineTrains(5, 7), default));
        Same.Bits(before, array.Weights.Padded);

        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        Make(name, 3, 4).Save(writer);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => array.Load(new BinaryReader(stream)));
        stream.SetLength(stream.Length / 2);
        stream.Position = 0;
        Assert.ThrowsAny<IOException>(() => Make(name, 3, 4).Load(new BinaryReader(stream)));
    }

    [Fact]
    public void A_state_of_another_number_of_devices_is_refused()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        new VectorModel { Gains = [1, 1, 1] }.Create(2, 2, default).Save(writer);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => new VectorModel().Create(2, 2, default).Load(new BinaryReader(stream)));
    }

    [Fact]
    public void The_bits_are_the_same_at_every_width()
    {
        using Fingerprint fingerprint = new();
        foreach ((string name, _) in Known)
        {
            foreach (int outputs in new[] { 1, 8, 17, 33 })
            {
                CellArray array = Make(name, 12, outputs);
                Drive(array, new Random(outputs), 5);
                fingerprint.Add(array.Weights.Padded);
                fingerprint.Add([array.Counters.Coincidences, array.Counters.Events, array.Counters.PairsReset]);
            }
        }

        fingerprint.AssertIs("316895a3c745571aa7a3bf8dff315e86264f512d0c7156e2008018a28a377e11");
    }

    private static CellArray Make(string name, int inputs, int outputs) =>
        (CellArray)Known.Single(known => known.Name == name).Model.Create(inputs, outputs, new(3, 4 << 8, 0));

    private static void Drive(CellArray array, Random random, int updates)
    {
        int inputs = array.Weights.Inputs, outputs = array.Weights.Outputs;
        array.Program(random.Matrix(inputs, outputs, 0.5f));
        for (int n = 0; n < updates; n++)
        {
            Trains t = new(random, inputs, outputs, random.Next(1, 100), random.NextSingle());
            array.Pulse(t.Rows, t.Columns, new(1, 2 << 8, (ulong)n));
        }

        array.Reset(new(1, 3 << 8, 0));
    }

    private static void AssertSum(CellArray array)
    {
        for (int i = 0; i < array.Weights.Inputs; i++)
        {
            for (int j = 0; j < array.Weights.Outputs; j++)
            {
                double sum = 0;
                for (int k = 0; k < array.Devices.Length; k++)
                {
                    sum += (double)array.Gains[k] * array.Devices[k].Weights[i, j];
                }

                Assert.Equal(sum, array.Weights[i, j], 1e-6);
            }

            Assert.Equal(-1, array.Weights.PaddedRow(i)[array.Weights.Outputs..].IndexOfAnyExcept(0f));
        }
    }
}
