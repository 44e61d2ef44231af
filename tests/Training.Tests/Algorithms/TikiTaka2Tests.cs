using Crosspoint.Devices;
using Crosspoint.Training.Algorithms;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

public class TikiTaka2Tests
{
    /// <summary>A held at v: C moves linearly at Δ η_c |v| / (n_s n_in) an update, as far as a whole number of reads makes a pulse.</summary>
    [Theory]
    [InlineData(5, 4, 0.1f, 0.3f)]
    [InlineData(1, 7, 0.02f, -0.5f)]
    [InlineData(3, 2, 0.4f, 0.01f)]
    public void A_constant_read_moves_C_in_proportion_to_time(int every, int inputs, float transferRate, float v)
    {
        const float Step = 0.001f;
        const int Outputs = 3;
        TikiTaka2 matrix = new(
            Analog.Ideal(inputs, Outputs, Step), Analog.Ideal(inputs, Outputs, Step), Analog.Exact,
            new() { TransferRate = transferRate, Every = every }, 1, 1);
        matrix.A.Array.Program(Analog.Constant(inputs, Outputs, v));
        int readsOfPulse = (int)Math.Floor(1 / (transferRate * Math.Abs(v))) + 1, updates = 0;
        foreach (int pulses in (int[])[10, 20, 40])
        {
            for (; updates < pulses * readsOfPulse * every * inputs; updates++)
            {
                matrix.Update(new float[inputs], new float[Outputs], 1, new Moment(Phase.Train, (ulong)updates));
            }

            double predicted = Step * transferRate * v / (every * inputs) * updates;
            Assert.Equal(Math.Sign(v) * pulses * Step, matrix.Weights[inputs - 1, Outputs - 1], 1e-6);
            Assert.InRange(matrix.Weights[0, 0] / predicted, 1 - (1.0 / readsOfPulse) - 1e-3, 1 + 1e-3);
        }
    }

    /// <summary>
    /// A constant gradient through pulses: A saturates where up steps vanish, at 1 / slope, and C then moves at Δ η_c / (slope n_s n_in).
    /// </summary>
    [Fact]
    public void A_constant_gradient_saturates_A_and_moves_C_in_proportion_to_time()
    {
        const int Inputs = 3, Outputs = 2, Every = 2;
        const float Step = 0.001f, Rate = 0.02f;
        TikiTaka2 matrix = new(
            Analog.Soft(Inputs, Outputs, 0.01f), Analog.Ideal(Inputs, Outputs, Step), new(),
            new() { FastRate = 0.05f, TransferRate = Rate, Every = Every }, 1, 1);
        float[] x = [1, 1, 1], d = [1, -1];
        ulong now = 0;
        for (; now < 2_000; now++)
        {
            matrix.Update(x, d, 1, new Moment(Phase.Train, now));
        }

        Assert.Equal(1 / 1.66, matrix.A.Array.Weights[1, 0], 1e-3);
        Assert.Equal(-1 / 1.66, matrix.A.Array.Weights[1, 1], 1e-3);
        double before = matrix.Weights[1, 0], perUpdate = Step * Rate / 1.66 / (Every * Inputs);
        const int Updates = 40_000;
        for (ulong end = now + Updates; now < end; now++)
        {
            matrix.Update(x, d, 1, new Moment(Phase.Train, now));
        }

        Assert.InRange((matrix.Weights[1, 0] - before) / (Updates * perUpdate), 0.97, 1.01);
        Assert.Equal(-matrix.Weights[1, 0], matrix.Weights[1, 1], 2 * Step);
    }

    /// <summary>κ = 0.6: after a pulse the next of the same sign comes 0.4 later, the next of the other sign 1.6 later; κ = 0: 1 either way.</summary>
    [Theory]
    [InlineData(0, 1.0, 1.0)]
    [InlineData(0.6f, 0.4, 1.6)]
    public void Hysteresis_shifts_the_thresholds(float hysteresis, double same, double opposite)
    {
        const float Step = 0.001f;
        TikiTaka2 matrix = new(
            Analog.Ideal(1, 1, Step), Analog.Ideal(1, 1, Step), Analog.Exact,
            new() { TransferRate = 1, Every = 1, Hysteresis = hysteresis }, 1, 1);
        ulong now = 0;
        Assert.Equal(1.0, Until(0.01f, 1), 0.011);
        Assert.Equal(same, Until(0.01f, 2), 0.011);
        Assert.Equal(opposite, Until(-0.01f, 1), 0.011);
        Assert.Equal(same, Until(-0.01f, 0), 0.011);
        Assert.Equal(opposite, Until(0.01f, 1), 0.011);

        // What has been added to H when C has made so many steps in all.
        double Until(float v, int steps)
        {
            matrix.A.Array.Program(Analog.Constant(1, 1, v));
            int reads = 0;
            while (MathF.Round(matrix.Weights[0, 0] / Step) != steps)
            {
                Assert.True(++reads < 1_000);
                matrix.Update([0], [0], 1, new Moment(Phase.Train, now++));
            }

            return reads * Math.Abs(v);
        }
    }

    /// <summary>The rate of a layer multiplies η_c, and η_a only where asked for.</summary>
    [Theory]
    [InlineData(false, 0.25f)]
    [InlineData(true, 0.125f)]
    public void The_rate_of_the_layer_schedules_the_transfers(bool scheduleFastRate, float expected)
    {
        TikiTaka2 matrix = new(
            Analog.Ideal(1, 1, 0.5f), Analog.Ideal(1, 1, 0.5f), Analog.Exact,
            new() { FastRate = 0.25f, TransferRate = 8, Every = 1, ScheduleFastRate = scheduleFastRate }, 1, 1);
        matrix.Update([1], [1], 0.5f, default);
        Assert.Equal(expected, matrix.A.Array.Weights[0, 0]);

        // η_c rate v = 8 · 0.5 · v = 1 or 0.5: no pulse yet, as H must pass 1.
        Assert.Equal(0, matrix.Weights[0, 0]);
        matrix.Update([0], [0], 0.5f, default);
        Assert.Equal(scheduleFastRate ? 0 : 0.5f, matrix.Weights[0, 0]);
    }

    [Fact]
    public void Reads_of_A_go_through_the_periphery_of_transfers()
    {
        ICrosspointArray fast = Analog.Ideal(40, 50, 0.001f), slow = Analog.Ideal(40, 50, 0.001f);
        TikiTaka2 matrix = new(
            fast, slow, Analog.Exact with { Transfer = new() { OutputNoise = 0.06f } }, new() { TransferRate = 10, Every = 1 }, 5, 1);
        for (ulong n = 0; n < 40; n++)
        {
            matrix.Update(new float[40], new float[50], 1, new Moment(Phase.Train, n));
        }

        // |10 · 0.06 ξ| > 1 with probability 0.0956: of 2,000 within 5 deviations of 13.2.
        Assert.InRange(slow.Counters.Coincidences, 191 - 66, 191 + 66);
    }

    /// <summary>
    /// Under noise alone H walks at random from κ to the next crossing of ± 1, (1 - κ²) / (η_c σ)² reads in the mean with a variance of
    /// 2 (1 - κ⁴) / 3 / (η_c σ)⁴, and a little longer, as its steps overshoot by 0.583 of their deviation. Under a mean v the pulses, up less
    /// down, are η_c v / (1 - κ) a read, less what overshoots.
    /// </summary>
    /// <remarks>Five deviations, the seed is fixed: a false alarm in less than one of a million seeds.</remarks>
    [Theory]
    [InlineData(0f)]
    [InlineData(0.6f)]
    [InlineData(0.9f)]
    public void Noise_of_reads_fires_C_the_less_the_more_hysteresis_there_is_at_one_gain(float hysteresis)
    {
        const int Outputs = 100, Reads = 40_000;
        const float Noise = 0.06f, Gain = 4, Step = 1e-4f, Mean = 0.002f;
        float transferRate = Gain * (1 - hysteresis);
        double deviation = transferRate * Noise, first = Math.Pow((1 + (0.5826 * deviation)) / deviation, 2); // from 0
        double interval = first - Math.Pow(hysteresis / deviation, 2), variance = 2.0 / 3 * (1 - Math.Pow(hysteresis, 4)) / Math.Pow(deviation, 4);
        double relative = variance / (interval * interval), fires = ((Reads - first) / interval) + ((1 + relative) / 2);
        (long pulses, _) = Run(0);
        Assert.InRange((double)pulses / Outputs / fires, 0.98 - (5 * Math.Sqrt(relative / fires / Outputs)), 1.02 + (5 * Math.Sqrt(relative / fires / Outputs)));

        (_, double moved) = Run(Mean);
        double taken = 1 - hysteresis + (0.5826 * deviation); // by a pulse from H, what overshoots is lost
        double expected = transferRate * Mean * Reads / taken, spread = 5 * deviation * Math.Sqrt((double)Reads / Outputs) / taken;
        Assert.InRange(moved / Step, expected - spread - (1 / taken), expected + spread + (1 / taken)); // H still holds up to 1

        (long Pulses, double Moved) Run(float v)
        {
            ICrosspointArray slow = Analog.Ideal(1, Outputs, Step);
            TikiTaka2 matrix = new(
                Analog.Ideal(1, Outputs, Step), slow, Analog.Exact with { Transfer = new() { OutputNoise = Noise } },
                new() { TransferRate = transferRate, Every = 1, Hysteresis = hysteresis }, 11, 1);
            matrix.A.Array.Program(Analog.Constant(1, Outputs, v));
            for (ulong n = 0; n < Reads; n++)
            {
                matrix.Update([0], new float[Outputs], 1, new Moment(Phase.Train, n));
            }

            return (slow.Counters.Coincidences, Enumerable.Range(0, Outputs).Average(j => (double)slow.Weights[0, j]));
        }
    }
}
