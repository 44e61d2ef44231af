using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>
/// What every registered device must keep, whoever registered it. Random statements are held to 5 deviations, passed by chance once in
/// 1.7 million, at fixed seeds.
/// </summary>
public class ConformanceTests
{
    private static readonly RandomAddress At = new(2021, 9, 1);

    public static TheoryData<string> Names => [.. DeviceModels.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_registered_under_one_name_and_made_without_arguments(string name)
    {
        DeviceModel model = ModelVariants.Default(name);
        Assert.Equal(name, DeviceModels.NameOf(model));
        Assert.Single(DeviceModels.All, entry => entry.Name == name || entry.Type == model.GetType());
        Assert.Matches("^[a-z][a-z-]*[a-z]$", name);
        Assert.True(model.Create(3, 5, At).MinStep > 0);
    }

    /// <summary>A step goes where its pulse goes, and by what the equation of the mean device says.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_have_their_direction_and_the_mean_of_the_equation(string name)
    {
        const int Devices = 4096;
        DeviceModel model = ModelVariants.Default(name);
        FiredPulses pulses = new(model.Create(1, Devices, At));
        foreach (float w in ModelVariants.Inside(model))
        {
            float at = pulses.Program(w)[0];
            foreach (bool isUp in (bool[])[true, false])
            {
                double expected = model.MeanStep(at, isUp);
                Assert.True(isUp ? expected >= 0 : expected <= 0, $"{name}: {expected} at {at}, up {isUp}");
                (double mean, double variance) = Statistics.Moments(pulses.Steps(w, isUp));
                Assert.InRange(mean - expected, -Tolerance(), Tolerance());

                double Tolerance() => (5 * Math.Sqrt(variance / Devices)) + 1e-7 + (1e-4 * Math.Abs(expected));
            }
        }
    }

    /// <summary>Whatever a device is given, its weight stays between the weights that programming it far out leads to.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_pulse_leaves_the_bounds(string name)
    {
        foreach ((string variant, DeviceModel model) in ModelVariants.All(name))
        {
            bool bounded = model is not PulsedDeviceModel p || (double.IsFinite(p.MeanBounds.High) && p.WriteNoise == 0);
            DeviceModel noisy = model is PulsedDeviceModel { AdditiveNoise: 0 } pulsed ? pulsed with { CycleNoise = 3 } : model;
            ICrosspointArray array = noisy.Create(1, 50, At);
            FiredPulses pulses = new(array);
            float[] low = pulses.Program(-1e6f), high = pulses.Program(1e6f);
            for (int n = 0; bounded && n < 2_000; n++)
            {
                pulses.Fire(n % 1_000 < 500, 1);
                if (n % 20 == 0)
                {
                    Assert.All(array.Weights.Row(0).ToArray(), (w, j) => Assert.True(w >= low[j] && w <= high[j], $"{name}, {variant}: {w}"));
                }
            }
        }
    }

    /// <summary>Alternating pulses of the mean device lead to its symmetry point from both sides, to within two steps.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Alternating_pulses_lead_to_the_symmetry_point(string name)
    {
        DeviceModel model = ModelVariants.Default(name);
        AssertFound(model);
        if (model is StepDeviceModel device)
        {
            AssertFound(device with { UpDown = 0.2f, Step = 0.01f });
            AssertFound(device with { UpDown = -0.3f, Step = 0.01f });
        }

        void AssertFound(DeviceModel of)
        {
            if (of.SymmetryPoint is not { } expected)
            {
                return;
            }

            float[] inside = ModelVariants.Inside(of);
            foreach (float from in (float[])[inside[1], inside[^2]])
            {
                ICrosspointArray array = of.Create(1, 1, At);
                FiredPulses pulses = new(array);
                float before = pulses.Program(from)[0];
                for (int hundreds = 0; hundreds < 500; hundreds++)
                {
                    for (int pair = 0; pair < 100; pair++)
                    {
                        pulses.Fire(true);
                        pulses.Fire(false);
                    }

                    if (MathF.Abs(array.Weights[0, 0] - before) < 1e-7f)
                    {
                        break;
                    }

                    before = array.Weights[0, 0];
                }

                double step = Math.Abs(of.MeanStep(expected, true)) + Math.Abs(of.MeanStep(expected, false));
                Assert.InRange(array.Weights[0, 0] - expected, -step - 1e-3, step + 1e-3);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_address_gives_the_same_devices_and_another_address_others(string name)
    {
        DeviceModel? plain = null;
        foreach ((string variant, DeviceModel model) in ModelVariants.All(name))
        {
            plain ??= model;
            ICrosspointArray first = Used(model, At), second = Used(model, At), other = Used(model, At with { Seed = 7 });
            Same.Bits(first.Weights.Padded, second.Weights.Padded);
            if (variant == "spread" && !model.Equals(plain))
            {
                Assert.False(first.Weights.Padded.SequenceEqual(other.Weights.Padded), $"{name}: no device differs");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_array_loaded_into_another_goes_on_like_the_first(string name)
    {
        foreach ((_, DeviceModel model) in ModelVariants.All(name))
        {
            ICrosspointArray first = Used(model, At), second = model.Create(9, 21, At);
            using MemoryStream stream = new();
            using BinaryWriter writer = new(stream);
            first.Save(writer);
            stream.Position = 0;
            second.Load(new BinaryReader(stream));
            Assert.Equal(stream.Length, stream.Position);
            foreach (ICrosspointArray array in (ICrosspointArray[])[first, second])
            {
                Use(array, 77);
            }

            Same.Bits(first.Weights.Padded, second.Weights.Padded);
            Assert.Equal((first.Counters.Coincidences, first.Counters.Events), (second.Counters.Coincidences, second.Counters.Events));

            foreach (int length in (int[])[0, 3, 7, (int)stream.Length / 2, (int)stream.Length - 1])
            {
                BinaryReader early = new(new MemoryStream(stream.ToArray(), 0, length));
                Assert.ThrowsAny<IOException>(() => model.Create(9, 21, At).Load(early));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pulses_allocate_nothing_after_the_first(string name)
    {
        foreach ((string variant, DeviceModel model) in ModelVariants.All(name))
        {
            ICrosspointArray array = Used(model, At);
            Trains t = new(new Random(1), 9, 21, 100, 1);
            array.Pulse(t.Rows, t.Columns, new(1, 1, 0));
            array.Rest(1, new(1, 2, 0));
            Allocation.None(Round, $"{name}, {variant}");

            void Round(int run)
            {
                for (ulong step = 1; step < 5; step++)
                {
                    array.Pulse(t.Rows, t.Columns, new(1, 1, step));
                    array.Rest(1, new(1, 2, step));
                }
            }
        }
    }

    /// <summary>Devices next to each other, in a row or a column, and the same devices of another array have nothing in common.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Devices_are_drawn_independently_of_each_other(string name)
    {
        const int Side = 200;
        DeviceModel model = ModelVariants.WithSpread(ModelVariants.Default(name), 0.2f, SpreadLaw.Normal);
        double[] here = Responses(model.Create(Side, Side, At), 0), there = Responses(model.Create(Side, Side, At with { Stream = 10 }), 1);
        Assert.InRange(Correlation(here[..^1], here[1..]), -5, 5);
        Assert.InRange(Correlation(here[..^Side], here[Side..]), -5, 5);
        Assert.InRange(Correlation(here, there), -5, 5);

        double[] Responses(ICrosspointArray array, ulong step)
        {
            array.Program(new PaddedMatrix(Side, Side));
            float[] before = array.Weights.Padded.ToArray(), ones = new float[Side];
            Array.Fill(ones, 1);
            LineTrains rows = new(Side, 1), columns = new(Side, 1);
            rows.Fire(ones);
            columns.Fire(ones);
            array.Pulse(rows, columns, new(1, 3, step));
            return
            [
                .. from i in Enumerable.Range(0, Side)
                   from j in Enumerable.Range(0, Side)
                   select array.Weights[i, j] - (double)before[(i * array.Weights.Stride) + j],
            ];
        }

        static double Correlation(double[] a, double[] b)
        {
            ((double ma, double va), (double mb, double vb)) = (Statistics.Moments(a), Statistics.Moments(b));
            return va * vb == 0 ? 0 : a.Zip(b, (x, y) => (x - ma) * (y - mb)).Sum() / Math.Sqrt(va * vb * a.Length);
        }
    }

    private static ICrosspointArray Used(DeviceModel model, RandomAddress at)
    {
        ICrosspointArray array = model.Create(9, 21, at);
        array.Program(new Random(3).Matrix(9, 21, 0.4f));
        Use(array, 5);
        return array;
    }

    private static void Use(ICrosspointArray array, ulong seed)
    {
        foreach (int slots in (int[])[1, 31, 40])
        {
            Trains t = new(new Random(slots), 9, 21, slots, 0.8f);
            array.Pulse(t.Rows, t.Columns, new RandomAddress(seed, 3, (ulong)slots));
            array.Rest(slots, new RandomAddress(seed, 4, (ulong)slots));
        }
    }
}
