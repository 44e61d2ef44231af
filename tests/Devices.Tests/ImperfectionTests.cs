using CommunityToolkit.HighPerformance;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>What devices may have beside their steps. Random statements are held to 5 deviations, passed by chance once in 1.7 million.</summary>
public class ImperfectionTests
{
    private const int Devices = 40_000;
    private static readonly RandomAddress At = new(2021, 9, 1);
    private static readonly SoftBoundsModel Noisy = new() { Step = 0.01f, CycleNoise = 0.3f };

    /// <summary>11 levels between -0.6 and 0.6: a step below half a level is lost, one above goes to the next.</summary>
    [Fact]
    public void Finite_states_are_the_only_ones()
    {
        ICrosspointArray array = (Noisy with { States = 11, CycleNoise = 5 }).Create(1, 1000, At);
        FiredPulses pulses = new(array);
        pulses.Program(0.333f);
        Assert.Equal(0.36f, array.Weights[0, 7], 1e-6f);
        for (int n = 0; n < 20; n++)
        {
            pulses.Fire(n % 3 != 0, 7);
            Assert.All(array.Weights.Row(0).ToArray(), w => Assert.Equal(Math.Round((w + 0.6) / 0.12), (w + 0.6) / 0.12, 1e-5));
        }

        Assert.True(array.Weights.Row(0).ToArray().Distinct().Count() > 5);
        FiredPulses small = new((new ConstantStepModel { Step = 0.05f, States = 11 }).Create(1, 1, At)), large = new((new ConstantStepModel { Step = 0.07f, States = 11 }).Create(1, 1, At));
        Assert.Equal(0, small.Steps(0, true)[0]);
        Assert.Equal(-0.12, large.Steps(0, false)[0], 1e-6);
    }

    [Fact]
    public void Parts_of_the_devices_are_stuck()
    {
        ICrosspointArray array = (Noisy with { StuckLow = 0.1f, StuckHigh = 0.2f, StuckAt = 0.3f, StuckWeight = 0.25f, Diffusion = 0.01f, WriteNoise = 0.01f })
            .Create(200, 200, At);
        PulsedArray pulsed = Assert.IsAssignableFrom<PulsedArray>(array);
        float[] before = [.. pulsed.Devices.Stuck.Order().Select(place => array.Weights.Padded[place])];
        AssertPart(0.1, before.Count(w => w == -0.6f));
        AssertPart(0.2, before.Count(w => w == 0.6f));
        AssertPart(0.3, before.Count(w => w == 0.25f));
        array.Program(new Random(1).Matrix(200, 200, 1));
        Trains t = new(new Random(1), 200, 200, 31, 1);
        array.Pulse(t.Rows, t.Columns, new(1, 3, 0));
        array.Rest(10, new(1, 4, 0));
        Same.Bits(before, [.. pulsed.Devices.Stuck.Order().Select(place => array.Weights.Padded[place])]);
        Assert.Equal(before.Length, before.Count(w => w is -0.6f or 0.6f or 0.25f));

        static void AssertPart(double part, int count) => Assert.InRange((count - (part * Devices)) / Math.Sqrt(part * (1 - part) * Devices), -5, 5);
    }

    [Fact]
    public void A_mask_sticks_devices_and_goes_with_the_state()
    {
        PulsedArray array = Assert.IsAssignableFrom<PulsedArray>(Noisy.Create(3, 5, At)), other = Assert.IsAssignableFrom<PulsedArray>(Noisy.Create(3, 5, At));
        bool[,] mask = new bool[3, 5];
        mask[1, 2] = mask[2, 4] = true;
        array.Stick(mask, 0.5f);
        bool[,] least = new bool[3, 5];
        least[0, 0] = true;
        array.Stick(least, float.NegativeInfinity);
        AssertStuck(array);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        array.Save(writer);
        stream.Position = 0;
        other.Load(new BinaryReader(stream));
        AssertStuck(other);

        using MemoryStream whole = new();
        using BinaryWriter wholeWriter = new(whole);
        Noisy.Create(3, 5, At).Save(wholeWriter);
        whole.Position = 0;
        Assert.Throws<InvalidDataException>(() => array.Load(new BinaryReader(whole)));
        Rejected.With("mask", "[3, 5]", "[2, 5]", () => array.Stick(new bool[2, 5], 0));
        Rejected.With("weight", "finite", float.NaN, () => array.Stick(mask, float.NaN));
        Rejected.With("weight", "finite", float.PositiveInfinity, () => ((PulsedArray)new LinearStepModel().Create(3, 5, At)).Stick(mask, float.PositiveInfinity));

        static void AssertStuck(PulsedArray array)
        {
            array.Program(new Random(1).Matrix(3, 5, 1));
            Trains t = new(new Random(1), 3, 5, 31, 1);
            array.Pulse(t.Rows, t.Columns, new(1, 3, 0));
            Assert.Equal((0.5f, 0.5f, -0.6f, 3), (array.Weights[1, 2], array.Weights[2, 4], array.Weights[0, 0], array.Devices.Stuck.Count));
        }
    }

    /// <summary>The state goes as it does without write noise; what is read differs by σ ξ, drawn anew for the devices that were pulsed alone.</summary>
    [Fact]
    public void Write_noise_is_seen_but_not_stored()
    {
        PulsedArray array = Assert.IsAssignableFrom<PulsedArray>((Noisy with { WriteNoise = 0.05f }).Create(200, 200, At));
        ICrosspointArray plain = Noisy.Create(200, 200, At);
        PaddedMatrix start = new Random(1).Matrix(200, 200, 0.4f);
        array.Program(start);
        plain.Program(start);
        Same.Bits(array.State.Padded, array.Weights.Padded);
        float[] before = array.Weights.Padded.ToArray();
        Trains t = new(new Random(1), 200, 200, 3, 1);
        array.Pulse(t.Rows, t.Columns, new(1, 3, 0));
        plain.Pulse(t.Rows, t.Columns, new(1, 3, 0));
        Same.Bits(plain.Weights.Padded, array.State.Padded);
        List<float> xi = [];
        for (int i = 0; i < 200; i++)
        {
            for (int j = 0; j < 200; j++)
            {
                if (t.Coincidences(i, j) > 0)
                {
                    xi.Add((array.Weights[i, j] - array.State[i, j]) / 0.05f);
                }
                else
                {
                    Assert.Equal(before[(i * array.Weights.Stride) + j], array.Weights[i, j]);
                }
            }
        }

        Assert.True(xi.Count is > 10_000 and < 39_000);
        Assert.InRange(Statistics.KolmogorovSmirnov([.. xi], Statistics.NormalCdf), 0, 2.4);
    }

    /// <summary>w₀ + (w - w₀) exp(-λ t), in one rest or in two.</summary>
    [Fact]
    public void Decay_goes_to_the_resting_weight()
    {
        ICrosspointArray array = (Noisy with { Decay = 0.02f, RestingWeight = 0.1f }).Create(1, 3, At);
        new FiredPulses(array).Program(0.5f);
        array.Rest(30, At);
        Assert.Equal(0.1 + (0.4 * Math.Exp(-0.6)), array.Weights[0, 1], 1e-6);
        array.Rest(12.5, At);
        Assert.Equal(0.1 + (0.4 * Math.Exp(-0.85)), array.Weights[0, 1], 1e-6);
    }

    /// <summary>Variance ρ² t alone, ρ² (1 - exp(-2 λ t)) / 2 λ beside a decay, whether rested at once or in parts.</summary>
    [Theory]
    [InlineData(0f, 1)]
    [InlineData(0f, 5)]
    [InlineData(0.05f, 1)]
    [InlineData(0.05f, 5)]
    public void Diffusion_has_its_variance(float decay, int parts)
    {
        ICrosspointArray array = (new LinearStepModel { Decay = decay, Diffusion = 0.01f }).Create(1, Devices, At);
        new FiredPulses(array).Program(0.3f);
        for (int n = 0; n < parts; n++)
        {
            array.Rest(20.0 / parts, At with { Step = (ulong)n });
        }

        double mean = 0.3 * Math.Exp(-decay * 20.0), variance = 1e-4 * (decay > 0 ? (1 - Math.Exp(-40.0 * decay)) / (2 * decay) : 20);
        float[] xi = [.. array.Weights.Row(0).ToArray().Select(w => (float)((w - mean) / Math.Sqrt(variance)))];
        Assert.InRange(Statistics.KolmogorovSmirnov(xi, Statistics.NormalCdf), 0, 2.4);
        Assert.InRange((xi.Average(x => (double)x * x) - 1) / Math.Sqrt(2.0 / Devices), -5, 5);
    }

    /// <summary>(1 + t / t₀)^-ν since the device was last pulsed.</summary>
    [Fact]
    public void Drift_is_a_power_of_the_time_since_the_last_pulse()
    {
        ICrosspointArray array = (new LinearStepModel { DriftExponent = 0.05f, DriftStart = 2 }).Create(1, 2, At);
        new FiredPulses(array).Program(0.5f);
        array.Rest(10, At);
        array.Rest(90, At);
        Assert.Equal(0.5 * Math.Pow(51, -0.05), array.Weights[0, 0], 1e-6);
        LineTrains row = new(1, 1), columns = new(2, 1);
        row.Fire([1]);
        columns.Fire([1, 0]);
        array.Pulse(row, columns, At);
        (float pulsed, float other) = (array.Weights[0, 0], array.Weights[0, 1]);
        array.Rest(100, At);
        Assert.Equal(pulsed * Math.Pow(51, -0.05), array.Weights[0, 0], 1e-6);
        Assert.Equal(other * Math.Pow(101 / 51.0, -0.05), array.Weights[0, 1], 1e-6);
    }

    [Fact]
    public void A_rest_without_retention_does_nothing_and_a_negative_one_is_refused()
    {
        ICrosspointArray array = Noisy.Create(3, 5, At);
        array.Program(new Random(1).Matrix(3, 5, 0.4f));
        float[] before = array.Weights.Padded.ToArray();
        array.Rest(1e9, At);
        Same.Bits(before, array.Weights.Padded);
        foreach (double bad in (double[])[-1, double.NaN, double.PositiveInfinity])
        {
            Rejected.With("updates", 0, bad, () => array.Rest(bad, At));
        }
    }

    [Fact]
    public void A_device_without_spread_and_noise_is_the_plain_array() =>
        Assert.IsType<ConstantStepArray>(new ConstantStepModel().Create(2, 3, At));

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        SoftBoundsModel m = new();
        foreach (float bad in (float[])[-1, float.NaN, float.PositiveInfinity])
        {
            Refused("Step", "above 0", bad, m with { Step = bad });
            Refused("Step.Deviation", 0, bad, m with { Step = new(1, bad) });
            Refused("UpDownDeviation", 0, bad, m with { UpDownDeviation = bad });
            Refused("High", 0, bad, m with { High = bad });
            Refused("CycleNoise", 0, bad, m with { CycleNoise = bad });
            Refused("AdditiveNoise", 0, bad, m with { AdditiveNoise = bad });
            Refused("WriteNoise", 0, bad, m with { WriteNoise = bad });
            Refused("Decay", 0, bad, m with { Decay = bad });
            Refused("Diffusion", 0, bad, m with { Diffusion = bad });
            Refused("DriftExponent", 0, bad, m with { DriftExponent = bad });
            Refused("DriftStart", 0, bad, m with { DriftStart = bad });
            Refused("UpSlope", 0, bad, new LinearStepModel { UpSlope = bad });
            Refused("UpCurvature", 0, bad, new ExponentialStepModel { UpCurvature = bad });
            Refused("DownRest", 0, bad, new ExponentialStepModel { DownRest = bad });
            Refused("DownPower", 0, bad, new PowerStepModel { DownPower = bad });
            Refused("Bend", 0, bad, new SoftBoundsPmaxModel { Bend = bad });
            Refused("Deviation", 0, bad, new PowerStepReferenceModel { Reference = new() { Deviation = bad } });
        }

        Refused("Low", 0, 1f, m with { Low = 1 });
        Refused("UpDown", 0.99, 1f, m with { UpDown = 1 });
        Refused("StuckLow", 1, 2f, m with { StuckLow = 2 });
        Refused("StuckAt", 0.5, 0.75f, m with { StuckHigh = 0.5f, StuckAt = 0.75f });
        Refused("StuckWeight", 0.6f, 0.75f, m with { StuckWeight = 0.75f });
        Refused("States", 2, 1, m with { States = 1 });
        Refused("States", "without bounds", 5, new LinearStepModel { States = 5 });
        Refused("StuckLow", "without bounds", 0.5f, new LinearStepModel { StuckLow = 0.5f });
        Refused("AdditiveNoise", 0, 0.5f, m with { AdditiveNoise = 0.5f, PulseNoise = PulseNoiseKind.Aggregated });
        Refused("States", 0, 5, m with { States = 5, PulseNoise = PulseNoiseKind.Aggregated });
        Refused("PulseNoise", "EachPulse", 7, m with { PulseNoise = (PulseNoiseKind)7 });
        Refused("High", "above the lower bound", 0f, new PowerStepModel { Low = 0, High = 0 });
        Refused("RangeHigh", -1f, -2f, new SoftBoundsPmaxModel { RangeHigh = -2 });
        Refused("RangeLow", "both sides of 0", 1f, new SoftBoundsPmaxModel { RangeLow = 1, RangeHigh = 2, Bend = 0.1f });
        Refused("inputs", 1, 0, m, 0);

        static void Refused(string name, object expected, object actual, DeviceModel model, int inputs = 2) =>
            Rejected.With(name, expected, actual, () => model.Create(inputs, 3, default));
    }
}
