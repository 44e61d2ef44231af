using System.Runtime.Intrinsics;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>What one pulse does to the devices with a step of their own, held against the equations in double precision.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class PulsedDeviceTests
{
    private const float Bound = 0.6f, Curvature = 3, Power = 1.5f;

    [Property(MaxTest = 50)]
    public void Vectors_give_the_bits_of_single_devices(Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        StepTable table = Table(outputs.Value, address.At);
        AssertLanes(new LinearStep(table, Bound), random);
        AssertLanes(new LinearStep(table, float.PositiveInfinity), random);
        AssertLanes(new ExponentialStep(table, Bound, 50 * random.NextSingle() + 0.01f), random);
        AssertLanes(new PowerStep(table, Bound, 5 * random.NextSingle() + 0.01f), random);
    }

    /// <summary>Up: Δw = Δ⁺ (1 - γ⁺ w); down: Δw = -Δ⁻ (1 + γ⁻ w).</summary>
    [Property(MaxTest = 50)]
    public void Linear_steps_follow_their_equation(Size outputs, Address address, DataSeed data)
    {
        StepTable table = Table(outputs.Value, address.At);
        AssertLaw(new LinearStep(table, Bound), outputs.Value, data.Random(), (j, w, down) =>
        {
            double upSlope = -table.UpSlope[0, j] / (double)table.Up[0, j], downSlope = table.DownSlope[0, j] / (double)table.Down[0, j];
            return Exactly(down ? table.Down[0, j] * (1 + (downSlope * w)) : table.Up[0, j] * (1 - (upSlope * w)));
        });
    }

    /// <summary>Up: Δw = Δ⁺ max(1 - exp(-κ (1 - w / b)), 0); down: the same with -w.</summary>
    [Property(MaxTest = 50)]
    public void Exponential_steps_follow_their_equation(Size outputs, Address address, DataSeed data)
    {
        StepTable table = Table(outputs.Value, address.At);
        AssertLaw(new ExponentialStep(table, Bound, Curvature), outputs.Value, data.Random(), (j, w, down) =>
        {
            double far = down ? 1 + (w / Bound) : 1 - (w / Bound);
            return Exactly((down ? table.Down[0, j] : table.Up[0, j]) * Math.Max(1 - Math.Exp(-Curvature * far), 0));
        });
    }

    /// <summary>Up: Δw = Δ⁺ ((b - w) / 2 b)^ν; down: Δw = -Δ⁻ ((b + w) / 2 b)^ν; the distance may be off by 1.2e-7.</summary>
    [Property(MaxTest = 50)]
    public void Power_steps_follow_their_equation(Size outputs, Address address, DataSeed data)
    {
        StepTable table = Table(outputs.Value, address.At);
        AssertLaw(new PowerStep(table, Bound, Power), outputs.Value, data.Random(), (j, w, down) =>
        {
            double distance = (down ? Bound + w : Bound - w) / (2 * Bound), scale = down ? table.Down[0, j] : table.Up[0, j];
            return (scale * Math.Pow(Math.Max(distance - 1.2e-7, 0), Power), scale * Math.Pow(distance + 1.2e-7, Power));
        });
    }

    /// <summary>Steps that would pass the bounds by far, in the wrong direction too.</summary>
    [Property(MaxTest = 50)]
    public void No_pulse_leaves_the_bounds(Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        StepTable table = Table(outputs.Value, address.At);
        AssertBounds(new LinearStep(table, Bound));
        AssertBounds(new ExponentialStep(table, Bound, Curvature));
        AssertBounds(new PowerStep(table, Bound, Power));

        void AssertBounds<TDevice>(TDevice device)
            where TDevice : struct, IPulsedDevice
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                float w = Weight(random);
                for (int pulse = 0; pulse < 20; pulse++)
                {
                    device.Prepare(j, -random.Next(2), out PulseParameters<float> p);
                    w = device.Pulse(w, 200 * (random.NextSingle() - 0.5f), p);
                    Assert.InRange(w, -Bound, Bound);
                }
            }
        }
    }

    [Fact]
    public void Soft_bounds_are_reached_and_kept_and_the_middle_is_found_again()
    {
        StepTable linear = new(1, 20, new() { Step = 0.02f, Slope = 1 / Bound }, default), flat = new(1, 20, new() { Step = 0.02f }, default);
        AssertSoft(new LinearStep(linear, Bound));
        AssertSoft(new ExponentialStep(flat, Bound, Curvature));
        AssertSoft(new PowerStep(flat, Bound, 1));

        // 20 time constants of the slowest of the three to each side; a step up and one down then cancel at 0 to first order.
        static void AssertSoft<TDevice>(TDevice device)
            where TDevice : struct, IPulsedDevice
        {
            float[,] trace = PulseMeasurement.Trace(new PulsedArray<TDevice>(1, 20, device, 0.02f, Bound, 0), 1, 1200, 1200, 1);
            for (int j = 0; j < 20; j++)
            {
                Assert.InRange(trace[j, 1200], Bound - 1e-5f, Bound);
                Assert.InRange(trace[j, 2400], -Bound, -Bound + 1e-5f);
                Assert.InRange(trace[j, 1] - trace[j, 0], 0.00999f, 0.02001f);
                Assert.Equal(trace[j, 1] - trace[j, 0] > trace[j, 100] - trace[j, 99], trace[j, 99] > 0);
            }
        }
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        StepTable table = Table(3, default);
        foreach (float bad in new[] { 0, -1, float.NaN })
        {
            Rejected.With("bound", "above 0", bad, () => new LinearStep(table, bad));
            Rejected.With("bound", "above 0", bad, () => new ExponentialStep(table, bad, 1));
            Rejected.With("bound", "above 0", bad, () => new PowerStep(table, bad, 1));
            Rejected.With("curvature", "above 0", bad, () => new ExponentialStep(table, 1, bad));
            Rejected.With("power", "above 0", bad, () => new PowerStep(table, 1, bad));
        }

        Rejected.With("bound", "finite", float.PositiveInfinity, () => new ExponentialStep(table, float.PositiveInfinity, 1));
        Rejected.With("bound", "finite", float.PositiveInfinity, () => new PowerStep(table, float.PositiveInfinity, 1));
        Assert.Equal((1, 3), new LinearStep(table, 1).Shape);
        Assert.Equal((1, 3), new ExponentialStep(table, 1, 1).Shape);
        Assert.Equal((1, 3), new PowerStep(table, 1, 1).Shape);
    }

    private static StepTable Table(int outputs, RandomAddress at) =>
        new(1, outputs, new() { Step = 0.05f, StepSpread = 0.3f, UpDownSpread = 0.1f, Slope = 1 / Bound, SlopeSpread = 0.2f }, at);

    // Within the bounds, at times on one of them or on a zero.
    private static float Weight(Random random) => random.Next(8) switch
    {
        0 => Bound,
        1 => -Bound,
        2 => 0,
        3 => -0.0f,
        _ => Bound * ((2 * random.NextSingle()) - 1),
    };

    private static (double Least, double Most) Exactly(double step) => (step, step);

    private static void AssertLaw<TDevice>(
        TDevice device, int outputs, Random random, Func<int, double, bool, (double Least, double Most)> step)
        where TDevice : struct, IPulsedDevice
    {
        for (int j = 0; j < outputs; j++)
        {
            float w = Weight(random), m = 1 + (0.5f * random.NextSingle());
            bool down = random.Next(2) == 0;
            device.Prepare(j, down ? -1 : 0, out PulseParameters<float> p);
            (double least, double most) = step(j, w, down);
            double tolerance = 1e-7 * (Bound + (20 * Math.Abs(most)));
            double low = w + (m * Math.Min(least, most)) - tolerance, high = w + (m * Math.Max(least, most)) + tolerance;
            Assert.InRange(device.Pulse(w, m, p), Math.Clamp(low, -Bound, Bound), Math.Clamp(high, -Bound, Bound));
        }
    }

    // Pulses in both directions, lanes without one, factors below 0.
    private static void AssertLanes<TDevice>(TDevice device, Random random)
        where TDevice : struct, IPulsedDevice
    {
        int stride = (device.Shape.Outputs + 15) / 16 * 16;
        for (int place = 0; place < stride; place += 16)
        {
            int[] isDown = [.. Enumerable.Range(0, 16).Select(_ => -random.Next(2))];
            float[] w = [.. isDown.Select(_ => Weight(random))];
            float[] m = [.. isDown.Select(down => random.Next(3) == 0 ? (down != 0 ? 0 : -0.0f) : 4 * (random.NextSingle() - 0.4f))];
            float[] expected = new float[16], eights = new float[16], sixteen = new float[16];
            for (int l = 0; l < 16; l++)
            {
                device.Prepare(place + l, isDown[l], out PulseParameters<float> p);
                expected[l] = device.Pulse(w[l], m[l], p);
                if (m[l] == 0 && place + l < device.Shape.Outputs)
                {
                    Same.Bits([w[l]], [expected[l]]);
                }
            }

            foreach (int half in new[] { 0, 8 })
            {
                device.Prepare(place + half, Vector256.Create(isDown, half), out PulseParameters<Vector256<float>> p);
                device.Pulse(Vector256.Create(w, half), Vector256.Create(m, half), p).CopyTo(eights, half);
            }

            device.Prepare(place, Vector512.Create(isDown), out PulseParameters<Vector512<float>> all);
            device.Pulse(Vector512.Create(w), Vector512.Create(m), all).CopyTo(sixteen);
            Same.Bits(expected, eights);
            Same.Bits(expected, sixteen);
        }
    }
}
