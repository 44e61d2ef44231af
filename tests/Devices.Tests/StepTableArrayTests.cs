using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class StepTableArrayTests
{
    private const float Min = -0.5f, Max = 1;

    /// <summary>Pulse by pulse: place in the table, straight line or bin, noise with its own number, clip; in double where nothing is drawn.</summary>
    [Property(MaxTest = 60)]
    public void Pulses_follow_the_table_of_each_device(Size inputs, Size outputs, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        MeasuredStepModel model = Model(random, devices: random.Next(1, 5), entries: random.Next(2, 12), interpolated: random.Next(2) == 0, noise: random.Next(2) * 0.02f);
        StepTableArray array = (StepTableArray)model.Create(inputs.Value, outputs.Value, address.At);
        array.Program(random.Matrix(inputs.Value, outputs.Value, 1.2f));
        double[,] w = new double[inputs.Value, outputs.Value];
        long coincidences = 0, events = 0;
        RandomAddress at = address.At with { Step = 5 };
        Trains t = new(random, inputs.Value, outputs.Value, slots.Value, 0.1f);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                w[i, j] = array.Weights[i, j];
                Assert.InRange(w[i, j], Min, Max);
                int n = t.Coincidences(i, j);
                bool isUp = t.Rows.Values[i] > 0 == t.Columns.Values[j] > 0;
                for (int pulse = 0; pulse < n; pulse++)
                {
                    ulong number = ((ulong)pulse << 32) + (ulong)((i * outputs.Value) + j);
                    double xi = model.UpNoise.Length > 0 ? Gaussian.At(at, number) : 0;
                    w[i, j] = Stepped(model, array.Table(i, j), w[i, j], isUp, xi);
                }

                coincidences += n;
                events += n > 0 ? 1 : 0;
            }
        }

        array.Pulse(t.Rows, t.Columns, at);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                // In bins a rounded weight may fall into another one; lines have no jumps.
                if (model.Interpolated)
                {
                    Assert.Equal(w[i, j], array.Weights[i, j], 1e-4);
                }
            }
        }

        Assert.Equal((coincidences, events), (array.Counters.Coincidences, array.Counters.Events));
    }

    [Fact]
    public void A_bin_has_one_step()
    {
        MeasuredStepModel model = new() { Min = 0, Max = 1, Interpolated = false, Up = [0.25f, 0.125f, 0.0625f, 0], Down = [0, 0, -0.25f, -0.5f] };
        ICrosspointArray array = model.Create(1, 1, default);
        foreach (float expected in new[] { 0.25f, 0.375f, 0.5f, 0.5625f })
        {
            Fire(array, 1);
            Assert.Equal(expected, array.Weights[0, 0]);
        }

        Fire(array, -1);
        Assert.Equal(0.3125f, array.Weights[0, 0]);
        Assert.Equal(0.125, model.MeanStep(0.3, isUp: true));
        Assert.Equal(0.125f, array.MinStep);
    }

    [Fact]
    public void The_mean_step_of_the_model_is_the_mean_of_its_devices()
    {
        MeasuredStepModel model = new() { Devices = 2, Up = [0.1f, 0, 0.3f, 0.2f], Down = [-0.1f, -0.1f, -0.2f, 0] };
        Assert.Equal((0.05 + 0.25) / 2, model.MeanStep(0, isUp: true), 1e-7);
        Assert.Equal(-(0.1 + 0.15) / 2, model.MeanStep(-0.5, isUp: false), 1e-7);
        Assert.Equal(0.1, model.MeanStep(0.9, isUp: true), 1e-7);
    }

    /// <summary>65,536 cross-points of 5 devices: chi-square within 4.5 deviations.</summary>
    [Fact]
    public void Every_measured_device_stands_at_as_many_cross_points()
    {
        MeasuredStepModel model = new() { Devices = 5, Up = [.. Enumerable.Repeat(0.1f, 10)], Down = [.. Enumerable.Repeat(-0.1f, 10)] };
        StepTableArray array = (StepTableArray)model.Create(256, 256, new(1, 2, 3));
        long[] counts = new long[5];
        for (int place = 0; place < 65536; place++)
        {
            counts[array.Table(place / 256, place % 256)]++;
        }

        double chiSquare = Statistics.ChiSquare(counts, [.. Enumerable.Repeat(65536 / 5.0, 5)]);
        Assert.InRange(Statistics.ChiSquareDeviations(chiSquare, 4), -4.5, 4.5);
    }

    /// <summary>65,536 steps from one weight: mean and deviation of the table there, within 4.5 of their own deviations, and normal.</summary>
    [Fact]
    public void Steps_have_the_noise_of_their_state()
    {
        MeasuredStepModel model = new() { Up = [0.02f, 0.04f], Down = [-0.04f, -0.02f], UpNoise = [0.01f, 0.03f], DownNoise = [0, 0] };
        ICrosspointArray array = model.Create(256, 256, default);
        Fire(array, 1);
        double[] steps = [.. Enumerable.Range(0, 256).SelectMany(i => array.Weights.Row(i).ToArray()).Select(w => (double)w)];
        (double mean, double variance) = Statistics.Moments(steps);
        Assert.InRange((mean - 0.03) / 0.02 * 256, -4.5, 4.5);
        Assert.InRange(((variance / 0.0004) - 1) * Math.Sqrt(65536 / 2.0), -4.5, 4.5);
        Assert.InRange(Statistics.KolmogorovSmirnov([.. steps.Select(s => (float)((s - 0.03) / 0.02))], Statistics.NormalCdf), 0.3, 2.4);
    }

    /// <summary>65,536 steps of a law given by its quantiles 0, 0.1 and 0.4: uniform in [0, 0.1] or [0.1, 0.4], each with probability 1/2.</summary>
    [Fact]
    public void Steps_have_the_law_of_their_bin()
    {
        MeasuredDistributionModel model = new() { Up = [0, 0, 0, 0, 0.1f, 0.4f], Down = [-0.2f, -0.1f, 0, -0.3f, -0.2f, -0.1f] };
        ICrosspointArray array = model.Create(256, 256, default);
        Fire(array, 1);
        float[] steps = [.. Enumerable.Range(0, 256).SelectMany(i => array.Weights.Row(i).ToArray())];
        Assert.InRange(Statistics.KolmogorovSmirnov(steps, s => s < 0.1 ? s * 5 : 0.5 + ((s - 0.1) / 0.6)), 0.3, 2.4);
        Assert.Equal(0.15, model.MeanStep(0, isUp: true), 1e-7);
        Assert.Equal(-0.2, model.MeanStep(0, isUp: false), 1e-7);
        Assert.Equal(-0.1, model.MeanStep(-0.5, isUp: false), 1e-7);
        Assert.Equal(0.175f, array.MinStep, 1e-6f);
    }

    [Property(MaxTest = 30)]
    public void A_saved_array_loaded_into_another_goes_on_like_the_first(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        MeasuredStepModel model = Model(random, devices: 3, entries: 5, interpolated: true, noise: 0.01f);
        ICrosspointArray first = model.Create(inputs.Value, outputs.Value, address.At), second = model.Create(inputs.Value, outputs.Value, address.At);
        Trains t = new(random, inputs.Value, outputs.Value, 20, 1);
        first.Pulse(t.Rows, t.Columns, address.At);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        first.Save(writer);
        stream.Position = 0;
        second.Load(new BinaryReader(stream));
        Assert.Equal(stream.Length, stream.Position);
        first.Pulse(t.Rows, t.Columns, address.At with { Step = 77 });
        second.Pulse(t.Rows, t.Columns, address.At with { Step = 77 });
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
        Assert.Equal((first.Counters.Coincidences, first.Counters.Events), (second.Counters.Coincidences, second.Counters.Events));
    }

    [Fact]
    public void The_bits_are_the_same_at_every_width()
    {
        using Fingerprint fingerprint = new();
        foreach (int outputs in new[] { 1, 7, 8, 16, 17, 40, 129 })
        {
            Random random = new(outputs);
            foreach (DeviceModel model in new DeviceModel[]
            {
                Model(random, devices: 3, entries: 5, interpolated: true, noise: 0.01f), Model(random, devices: 1, entries: 40, interpolated: false, noise: 0),
                new MeasuredDistributionModel(), new JumpTableModel(),
            })
            {
                ICrosspointArray array = model.Create(20, outputs, new(1, 2, 3));
                array.Program(random.Matrix(20, outputs));
                Trains t = new(random, 20, outputs, 33, 0.5f);
                array.Pulse(t.Rows, t.Columns, new(4, 5, 6));
                fingerprint.Add(array.Weights.Padded);
                fingerprint.Add([array.Counters.Coincidences, array.Counters.Events]);
            }
        }

        fingerprint.AssertIs("3caa5a4c7bbf700d352fbee2d8668d5a7be770fd239855da7a071b59bf31080c");
    }

    [Fact]
    public void Pulses_allocate_nothing()
    {
        foreach (DeviceModel model in new DeviceModel[] { new MeasuredStepModel { UpNoise = [0.1f, 0.1f], DownNoise = [0.1f, 0.1f] }, new MeasuredDistributionModel(), new JumpTableModel() })
        {
            ICrosspointArray array = model.Create(30, 50, default);
            Trains t = new(new Random(1), 30, 50, 100, 1);
            array.Pulse(t.Rows, t.Columns, default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            array.Pulse(t.Rows, t.Columns, default);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Tables_that_do_not_fit_are_refused()
    {
        Rejected.With("max", "[", -2f, () => new MeasuredStepModel { Min = -1, Max = -2 }.Create(2, 3, default));
        Rejected.With("reset", 2, 3, () => new MeasuredStepModel { Down = [0, 0, 0] }.Create(2, 3, default));
        Rejected.With("set", "[-2, 2]", 3f, () => new MeasuredStepModel { Up = [3, 0] }.Create(2, 3, default));
        Rejected.With("Up", 3, 2, () => new MeasuredStepModel { Devices = 3 }.Create(2, 3, default));
        Rejected.With("Up", 1, 0, () => new MeasuredStepModel { Up = [] }.Create(2, 3, default));
        Rejected.With("Devices", 1, 0, () => new MeasuredStepModel { Devices = 0 }.Create(2, 3, default));
        Rejected.With("Bins", 3, 4, () => new MeasuredDistributionModel { Bins = 3 }.Create(2, 3, default));
        Rejected.With("(up - down) / 2 at zero weight", "above 0", 0f, () => new MeasuredStepModel { Up = [0, 0], Down = [0, 0] }.Create(2, 3, default));
        ICrosspointArray array = new MeasuredStepModel().Create(2, 3, default);
        Rejected.With("weights", "[2, 3]", "[2, 4]", () => array.Program(new PaddedMatrix(2, 4)));
        Rejected.With("rows", 2, 3, () => array.Pulse(new LineTrains(3, 8), new LineTrains(3, 8), default));
    }

    private static double Stepped(MeasuredStepModel model, int table, double weight, bool isUp, double xi)
    {
        int entries = model.Up.Length / model.Devices, cells = model.Interpolated ? entries - 1 : entries;
        double place = Math.Clamp((weight - Min) / (Max - Min) * cells, 0, cells);
        int cell = Math.Min((int)place, cells - 1);
        double part = model.Interpolated ? place - cell : 0;
        double Entry(IReadOnlyList<float> of)
        {
            int k = (table * entries) + cell;
            return of[k] + (part * (of[Math.Min(k + 1, of.Count - 1)] - of[k]));
        }

        double noise = model.UpNoise.Length > 0 ? xi * Entry(isUp ? model.UpNoise : model.DownNoise) : 0;
        return Math.Clamp(weight + Entry(isUp ? model.Up : model.Down) + noise, Min, Max);
    }

    private static MeasuredStepModel Model(Random random, int devices, int entries, bool interpolated, float noise) => new()
    {
        Min = Min,
        Max = Max,
        Devices = devices,
        Interpolated = interpolated,
        Up = [.. Enumerable.Range(0, devices * entries).Select(_ => 0.001f + (0.02f * random.NextSingle()))],
        Down = [.. Enumerable.Range(0, devices * entries).Select(_ => -0.001f - (0.02f * random.NextSingle()))],
        UpNoise = noise > 0 ? [.. Enumerable.Range(0, devices * entries).Select(_ => noise * random.NextSingle())] : [],
        DownNoise = noise > 0 ? [.. Enumerable.Range(0, devices * entries).Select(_ => noise * random.NextSingle())] : [],
    };

    private static void Fire(ICrosspointArray array, float sign)
    {
        LineTrains rows = new(array.Weights.Inputs, 1), columns = new(array.Weights.Outputs, 1);
        rows.Fire([.. Enumerable.Repeat(1f, rows.Lines)]);
        columns.Fire([.. Enumerable.Repeat(sign, columns.Lines)]);
        array.Pulse(rows, columns, new(7, 7, 7));
    }
}
