using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>
/// Noise and spread of every registered step device. Kolmogorov-Smirnov statistics are held to 2.4, passed by chance 2 times in 100,000,
/// moments to 5 deviations, passed once in 1.7 million.
/// </summary>
public class DeviceLawTests
{
    private const int Devices = 40_000;
    private static readonly RandomAddress At = new(2021, 9, 1);

    public static TheoryData<string> Names => [.. DeviceModels.All.Where(e => e.Type.IsAssignableTo(typeof(StepDeviceModel))).Select(e => e.Name)];

    public static TheoryData<string> PulsedNames =>
        [.. DeviceModels.All.Where(e => e.Type.IsAssignableTo(typeof(PulsedDeviceModel))).Select(e => e.Name)];

    /// <summary>s (1 + σ ξ), s + Δ σ ξ, and the sum of both; successive pulses are independent.</summary>
    [Theory]
    [MemberData(nameof(PulsedNames))]
    public void A_step_has_the_noise_it_claims(string name)
    {
        PulsedDeviceModel model = (PulsedDeviceModel)ModelVariants.Default(name);
        model = model is StepDeviceModel step ? step with { Step = 0.001f, UpDown = 0.1f } : model;
        foreach ((float multiplicative, float additive) in ((float, float)[])[(0.3f, 0), (0, 0.3f), (0.4f, 0.3f)])
        {
            ICrosspointArray array = (model with { CycleNoise = multiplicative, AdditiveNoise = additive }).Create(1, Devices, At);
            DeviceTable table = Assert.IsAssignableFrom<PulsedArray>(array).Devices;
            FiredPulses pulses = new(array);
            foreach (bool up in (bool[])[true, false])
            {
                float[] inside = ModelVariants.Inside(model);
                float w = up ? inside[3] : inside[5];
                double mean = model.MeanStep(w, up), scale = up ? table.Up[0, 0] : table.Down[0, 0];
                double deviation = Math.Sqrt(Math.Pow(multiplicative * mean, 2) + Math.Pow(additive * scale, 2));
                float[] first = Standardised(), second = Standardised();
                Assert.InRange(Statistics.KolmogorovSmirnov(first, Statistics.NormalCdf), 0, 2.4);
                Assert.InRange(first.Average(x => (double)x) * Math.Sqrt(Devices), -5, 5);
                Assert.InRange((first.Average(x => (double)x * x) - 1) / Math.Sqrt(2.0 / Devices), -5, 5);
                Assert.InRange(Statistics.CorrelationDeviations(first, second), -5, 5);
                Assert.InRange(Statistics.CorrelationDeviations(first.AsSpan(1), first.AsSpan(0, Devices - 1)), -5, 5);

                float[] Standardised() => [.. pulses.Steps(w, up).Select(s => (float)((s - mean) / deviation))];
            }
        }
    }

    /// <summary>Steps are proportional to Δ: mean (1 + σ ξ), or mean exp(σ ξ - σ² / 2).</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_vary_from_device_to_device_by_the_law_they_claim(string name)
    {
        const double Sigma = 0.15;
        StepDeviceModel model = (StepDeviceModel)ModelVariants.Default(name);
        foreach (SpreadLaw law in (SpreadLaw[])[SpreadLaw.Normal, SpreadLaw.LogNormal])
        {
            FiredPulses pulses = new((model with { Step = new(0.01f, (float)Sigma, law) }).Create(1, Devices, At));
            double mean = (model with { Step = 0.01f }).MeanStep(0, true);
            float[] xi =
            [
                .. pulses.Steps(0, true).Select(s => s / mean).Select(
                    f => (float)(law == SpreadLaw.Normal ? (f - 1) / Sigma : (Math.Log(f) + (Sigma * Sigma / 2)) / Sigma)),
            ];
            Assert.InRange(Statistics.KolmogorovSmirnov(xi, Statistics.NormalCdf), 0, 2.4);
            Assert.InRange((xi.Average(x => (double)x * x) - 1) / Math.Sqrt(2.0 / Devices), -5, 5);
        }
    }

    /// <summary>Bounds are where programming far out leads to; each side has a draw of its own.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Hard_bounds_vary_by_the_law_they_claim(string name)
    {
        DeviceModel model = (StepDeviceModel)ModelVariants.Default(name) with { Low = new(-0.5f, 0.1f), High = new(0.7f, 0.2f) };
        model = model switch
        {
            LinearStepModel linear => linear with { Bounded = true },
            SoftBoundsReferenceModel soft => soft with { Reference = new() { SubtractSymmetryPoint = false } },
            PowerStepReferenceModel power => power with { Reference = new() { SubtractSymmetryPoint = false } },
            _ => model,
        };
        FiredPulses pulses = new(model.Create(1, Devices, At));
        float[] low = [.. pulses.Program(-100).Select(w => ((w / -0.5f) - 1) / 0.1f)], high = [.. pulses.Program(100).Select(w => ((w / 0.7f) - 1) / 0.2f)];
        Assert.InRange(Statistics.KolmogorovSmirnov(low, Statistics.NormalCdf), 0, 2.4);
        Assert.InRange(Statistics.KolmogorovSmirnov(high, Statistics.NormalCdf), 0, 2.4);
        Assert.InRange(Statistics.CorrelationDeviations(low, high), -5, 5);
    }

    /// <summary>Number k of device n is the normal number 2⁴⁰ k + n of the array's address.</summary>
    [Fact]
    public void A_device_is_drawn_from_its_address()
    {
        LinearStepModel model = new()
        {
            Step = new(0.01f, 0.2f),
            UpDown = 0.05f,
            UpDownDeviation = 0.1f,
            UpSlope = new(1.5f, 0.1f),
            DownSlope = new(1.2f, 0.3f, SpreadLaw.LogNormal),
        };
        DeviceTable table = Assert.IsAssignableFrom<PulsedArray>(model.Create(7, 19, At)).Devices;
        for (int n = 0; n < 7 * 19; n++)
        {
            double Xi(ulong k) => Gaussian.At(At, (k << 40) + (ulong)n);
            (int i, int j) = (n / 19, n % 19);
            double beta = 0.05 + (0.1 * Xi(1)), up = 0.01 * (1 + (0.2 * Xi(0)) + beta), down = 0.01 * (1 + (0.2 * Xi(0)) - beta);
            AssertRounded(up, table.Up[i, j], roundings: 1);
            AssertRounded(-down, table.Down[i, j], roundings: 1);
            AssertRounded(-up * 1.5 * (1 + (0.1 * Xi(2))), table.UpShape[i, j], roundings: 2);
            AssertRounded(-down * 1.2 * Math.Exp((0.3 * Xi(3)) - 0.045), table.DownShape[i, j], roundings: 2);
        }

        // To 16 bits: by 2^-8 of a number that is just above a power of two, at most; shapes are multiples of rounded scales.
        static void AssertRounded(double expected, float actual, int roundings) =>
            Assert.Equal(expected, actual, (roundings * Math.Abs(expected) / 256) + 1e-7);
    }

    /// <summary>P(1 + σ ξ is below 0.01) of the steps are truncated, up and down alike, and counted; log-normal ones never.</summary>
    [Fact]
    public void Truncated_steps_are_counted()
    {
        ConstantStepModel model = new() { Step = new(1, 0.5f) };
        DeviceTable table = Assert.IsAssignableFrom<PulsedArray>(model.Create(200, 200, At)).Devices;
        int up = table.Up.Padded.Count(0.01f), down = table.Down.Padded.Count(-0.01f);
        double part = Statistics.NormalCdf((0.01 - 1) / 0.5);
        Assert.InRange((up - (part * Devices)) / Math.Sqrt(part * (1 - part) * Devices), -5, 5);
        Assert.Equal((up, up + down), (down, table.Truncated));
        Assert.Equal(0, table.Up.Padded.ToArray().Count(u => u is < 0.01f and > 0));
        table = Assert.IsAssignableFrom<PulsedArray>((model with { Step = new(1, 0.5f, SpreadLaw.LogNormal) }).Create(200, 200, At)).Devices;
        Assert.Equal(0, table.Truncated);
    }
}
