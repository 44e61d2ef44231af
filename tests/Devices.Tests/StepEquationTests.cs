using Crosspoint.Devices.Models;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>One pulse of each model, held against its equation in double precision with random parameters.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class StepEquationTests
{
    /// <summary>Δ (1 + β) up, -Δ (1 - β) down.</summary>
    [Property(MaxTest = 30)]
    public void Constant_step(DataSeed data)
    {
        Random random = data.Random();
        (float step, float beta, float low, float high) = Common(random);
        AssertStep(new ConstantStepModel { Step = step, UpDown = beta, Low = low, High = high }, random, low, high, (_, up) =>
            up ? step * (1 + (double)beta) : -step * (1 - (double)beta));
    }

    /// <summary>Δ⁺ (1 - γ⁺ w) up, -Δ⁻ (1 + γ⁻ w) down.</summary>
    [Property(MaxTest = 30)]
    public void Linear_step(DataSeed data)
    {
        Random random = data.Random();
        (float step, float beta, float low, float high) = Common(random);
        float up = 3 * random.NextSingle(), down = 3 * random.NextSingle();
        AssertStep(
            new LinearStepModel { Step = step, UpDown = beta, Low = low, High = high, UpSlope = up, DownSlope = down }, random, low, high, (w, isUp) =>
            isUp ? step * (1 + (double)beta) * (1 - (up * w)) : -step * (1 - (double)beta) * (1 + (down * w)));
    }

    /// <summary>Δ⁺ (1 - w / b⁺) up, -Δ⁻ (1 - w / b⁻) down.</summary>
    [Property(MaxTest = 30)]
    public void Soft_bounds(DataSeed data)
    {
        Random random = data.Random();
        (float step, float beta, float low, float high) = Common(random);
        AssertStep(new SoftBoundsModel { Step = step, UpDown = beta, Low = low, High = high }, random, low, high, (w, up) =>
            Soft(step, beta, low, high, w, up));
    }

    /// <summary>The same at w + r, r the given reference, the symmetry point (Δ⁺ - Δ⁻) / (Δ⁺ / b⁺ - Δ⁻ / b⁻), or both.</summary>
    [Property(MaxTest = 30)]
    public void Soft_bounds_with_reference(DataSeed data)
    {
        Random random = data.Random();
        (float step, float beta, float low, float high) = Common(random);
        float mean = 0.1f * low * random.NextSingle();
        bool subtract = random.Next(2) == 0;
        double up = 1 + (double)beta, down = 1 - (double)beta, point = (up - down) / ((up / high) - (down / low));
        double r = mean + (subtract ? point : 0);
        SoftBoundsReferenceModel model = new()
        {
            Step = step,
            UpDown = beta,
            Low = low,
            High = high,
            Reference = new() { Mean = mean, SubtractSymmetryPoint = subtract },
        };
        AssertStep(model, random, low - r, high - r, (w, isUp) => Soft(step, beta, low, high, w + r, isUp));
        Assert.Equal(subtract ? -mean : point - mean, model.SymmetryPoint!.Value, 1e-6);
    }

    /// <summary>n up pulses from r⁻: r⁻ + B (1 - exp(-α n)); n down pulses from r⁺: r⁺ - B (1 - exp(-α n)).</summary>
    [Property(MaxTest = 10)]
    public void Soft_bounds_by_range(DataSeed data)
    {
        Random random = data.Random();
        int pulses = random.Next(20, 300);
        float alpha = (0.5f + (3 * random.NextSingle())) / pulses, low = -0.2f - random.NextSingle(), high = 0.2f + random.NextSingle();
        double b = ((double)high - low) / (1 - Math.Exp(-alpha * (double)pulses));
        SoftBoundsPmaxModel model = new() { Pulses = pulses, Bend = alpha, RangeLow = low, RangeHigh = high };
        ICrosspointArray array = model.Create(1, 1, default);
        FiredPulses fired = new(array);
        foreach (bool up in (bool[])[true, false])
        {
            fired.Program(up ? low : high);
            for (int n = 1; n <= pulses; n++)
            {
                fired.Fire(up);
                double gone = b * (1 - Math.Exp(-alpha * (double)n));
                Assert.Equal(up ? low + gone : high - gone, array.Weights[0, 0], 2e-5);
            }
        }
    }

    /// <summary>In the letters of aihwkit: z = 2 a w / (b⁺ - b⁻) + b, y = 1 - A exp(± γ z), Δ max(y, 0).</summary>
    [Property(MaxTest = 30)]
    public void Exponential_step(DataSeed data)
    {
        Random random = data.Random();
        (float step, float beta, float bound) = (0.01f + (0.02f * random.NextSingle()), 0.4f * (random.NextSingle() - 0.5f), 0.3f + random.NextSingle());
        double a = 0.1 + random.NextDouble(), b = 0.4 * (random.NextDouble() - 0.5);
        double upGamma = 1 + (10 * random.NextDouble()), downGamma = 1 + (10 * random.NextDouble());
        double upA = Math.Exp(-upGamma * (a + b)) * (0.5 + random.NextDouble()), downA = Math.Exp(-downGamma * (a - b)) * (0.5 + random.NextDouble());
        ExponentialStepModel model = new()
        {
            Step = step,
            UpDown = beta,
            Low = -bound,
            High = bound,
            UpCurvature = (float)(2 * a * upGamma),
            DownCurvature = (float)(2 * a * downGamma),
            UpRest = (float)(upA * Math.Exp(upGamma * (a + b))),
            DownRest = (float)(downA * Math.Exp(downGamma * (a - b))),
        };
        AssertStep(model, random, -bound, bound, (w, up) =>
        {
            double z = (2 * a * w / (2.0 * bound)) + b, y = up ? 1 - (upA * Math.Exp(upGamma * z)) : 1 - (downA * Math.Exp(-downGamma * z));
            return (up ? step * (1 + (double)beta) : -step * (1 - (double)beta)) * Math.Max(y, 0);
        });
    }

    /// <summary>Δ⁺ ((b⁺ - w) / (b⁺ - b⁻))^ν⁺ up, -Δ⁻ ((w - b⁻) / (b⁺ - b⁻))^ν⁻ down, with and without a reference.</summary>
    [Property(MaxTest = 30)]
    public void Power_step(DataSeed data)
    {
        Random random = data.Random();
        (float step, float beta, float low, float high) = Common(random);
        float up = 0.2f + (3 * random.NextSingle()), down = 0.2f + (3 * random.NextSingle()), mean = 0.1f * low * random.NextSingle();
        AssertStep(
            new PowerStepModel { Step = step, UpDown = beta, Low = low, High = high, UpPower = up, DownPower = down }, random, low, high, Power);

        PowerStepReferenceModel referred = new()
        {
            Step = step,
            UpDown = beta,
            Low = low,
            High = high,
            UpPower = up,
            DownPower = down,
            Reference = new() { Mean = mean },
        };
        double point = Enumerable.Range(1, 200_000).Select(n => low + (n / 200_000.0 * (high - low))).First(w => Power(w, true) + Power(w, false) <= 0);
        AssertStep(
            referred, random, low - point - mean, high - point - mean, (w, isUp) => Power(w + point + mean, isUp), ((double)high - low) / 200_000);

        double Power(double w, bool isUp) => isUp
            ? step * (1 + (double)beta) * Math.Pow(Math.Max(high - w, 0) / ((double)high - low), up)
            : -step * (1 - (double)beta) * Math.Pow(Math.Max(w - low, 0) / ((double)high - low), down);
    }

    private static double Soft(double step, double beta, double low, double high, double w, bool up) =>
        up ? step * (1 + beta) * (1 - (w / high)) : -step * (1 - beta) * (1 - (w / low));

    private static (float Step, float Beta, float Low, float High) Common(Random random) =>
        (0.01f + (0.02f * random.NextSingle()), 0.4f * (random.NextSingle() - 0.5f), -0.3f - random.NextSingle(), 0.3f + random.NextSingle());

    // From weights that one step does not take to a bound: the array and the model's own equation.
    private static void AssertStep(
        DeviceModel model, Random random, double low, double high, Func<double, bool, double> step, double shift = 0)
    {
        FiredPulses pulses = new(model.Create(1, 1, default));
        for (int n = 0; n < 20; n++)
        {
            float w = (float)(low + ((high - low) * (0.1 + (0.8 * random.NextDouble()))));
            bool up = random.Next(2) == 0;
            double expected = step(w, up), slope = Math.Abs(step(w + 1e-4, up) - step(w - 1e-4, up)) / 2e-4;
            double tolerance = 3e-7 + (2e-5 * Math.Abs(expected)) + (slope * (1e-6 + shift));
            Assert.InRange(pulses.Steps(w, up)[0] - expected, -tolerance, tolerance);
            Assert.InRange(model.MeanStep(w, up) - expected, -tolerance, tolerance);
        }
    }
}
