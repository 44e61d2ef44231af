using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 50)]
public class TilesUpdateTests
{
    /// <summary>Every cross-point within 5.5 deviations of its mean: missed by chance once in 100,000 seeds for 260 of them.</summary>
    [Theory]
    [InlineData(PulseScheme.Stochastic, 31, true, true)]
    [InlineData(PulseScheme.Stochastic, 4096, true, true)]
    [InlineData(PulseScheme.Stochastic, 10, false, false)]
    [InlineData(PulseScheme.MeanCount, 31, true, true)]
    public void The_mean_of_updates_is_the_rate_times_the_product(
        PulseScheme scheme, int bitLength, bool updateManagement, bool bitLengthManagement)
    {
        const int Updates = 4000;
        const float Rate = 0.05f;
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 13, 20, new AnalogTile.Options
        {
            Scheme = scheme,
            BitLength = bitLength,
            UpdateManagement = updateManagement,
            BitLengthManagement = bitLengthManagement,
        });
        Random random = new(3);
        float[] x = random.Signals(13), d = random.Signals(20, 0.9f);
        for (int n = 0; n < Updates; n++)
        {
            tile.Update(x, d, Rate, TilesOf.At((ulong)n));
        }

        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < d.Length; j++)
            {
                double pulses = Rate * x[i] * d[j] / TilesOf.Step, size = Math.Abs(pulses), part = size - Math.Floor(size);
                double variance = scheme == PulseScheme.MeanCount ? part * (1 - part) : size;
                double error = (tile.Array.Weights[i, j] / TilesOf.Step / Updates) - pulses;
                Assert.True(Math.Abs(error) <= (5.5 * Math.Sqrt(variance / Updates)) + 1e-4, $"[{i}, {j}]: {error} at {pulses}");
            }
        }

        Assert.Equal(Updates, tile.Counters.Updates);
    }

    [Fact]
    public void A_mean_count_has_the_variance_of_its_fraction_and_independent_cross_points()
    {
        const int Updates = 2000, Outputs = 32;
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 2, Outputs, new AnalogTile.Options { Scheme = PulseScheme.MeanCount });
        float[] d = new float[Outputs], before = new float[Outputs];
        Array.Fill(d, 0.37f);
        double squares = 0, common = 0;
        for (int n = 0; n < Updates; n++)
        {
            tile.Program(new PaddedMatrix(2, Outputs));
            tile.Update([1, 0], d, 0.1f, TilesOf.At((ulong)n)); // 3.7 pulses
            double[] deviations = [.. tile.Array.Weights.Row(0).ToArray().Select(w => (w / TilesOf.Step) - 3.7)];
            squares += deviations.Sum(v => v * v);
            common += deviations.Sum() * deviations.Sum();
            Assert.All(deviations, v => Assert.True(Math.Abs(v + 0.7) < 1e-3 || Math.Abs(v - 0.3) < 1e-3));
        }

        double variance = 0.3 * 0.7;
        Assert.InRange(squares / (Updates * Outputs * variance), 0.98, 1.02);
        Assert.InRange(common / (Updates * Outputs * variance), 1 - (4.5 * Math.Sqrt(2.0 / Updates)), 1 + (4.5 * Math.Sqrt(2.0 / Updates)));
    }

    [Property]
    public void Deterministic_pulses_are_always_the_same_and_near_what_they_should_be(Size inputs, Size outputs, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        float[] x = random.Signals(inputs.Value), d = random.Signals(outputs.Value);
        float rate = random.NextSingle() * TilesOf.Step * slots.Value;
        AnalogTile.Options options = new()
        {
            Scheme = PulseScheme.Deterministic,
            BitLength = slots.Value,
            UpdateManagement = random.Next(2) == 0,
            BitLengthManagement = random.Next(2) == 0,
        };
        AnalogTile first = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, options);
        AnalogTile second = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, options);
        first.Update(x, d, rate, TilesOf.At(1));
        second.Update(x, d, rate, TilesOf.At(2));
        Same.Bits(first.Array.Weights.Padded, second.Array.Weights.Padded);

        PulseCoding coding = PulseCoding.Of(x, d, rate, TilesOf.Step, slots.Value, options.UpdateManagement, options.BitLengthManagement);
        for (int i = 0; i < x.Length && coding.Pulses; i++)
        {
            for (int j = 0; j < d.Length; j++)
            {
                double p = Math.Min(1, coding.RowGain * Math.Abs(x[i])), q = Math.Min(1, coding.ColumnGain * Math.Abs(d[j]));
                double pulses = first.Array.Weights[i, j] / TilesOf.Step * Math.Sign(x[i] * d[j]);
                double bound = 0.5 + ((p + q) / 2) + (0.25 / coding.BitLength);
                Assert.InRange(pulses - (coding.BitLength * p * q), -bound - 1e-3, bound + 1e-3);
            }
        }
    }

    [Property]
    public void An_exact_update_is_the_product_within_the_bounds_of_the_array(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        AnalogTile tile = TilesOf.Of(TilesOf.Model(bound: 0.5f), inputs.Value, outputs.Value, new AnalogTile.Options { Scheme = PulseScheme.Exact });
        float[] x = random.Signals(inputs.Value), d = random.Signals(outputs.Value);
        tile.Program(random.Matrix(inputs.Value, outputs.Value, 0.5f));
        PaddedMatrix expected = TilesOf.Copy(tile.Array.Weights);
        tile.Update(x, d, 0.3f, TilesOf.At(0));
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                Assert.Equal(Math.Clamp(expected[i, j] + (0.3 * x[i] * d[j]), -0.5, 0.5), tile.Array.Weights[i, j], 1e-6);
            }
        }
    }

    [Property]
    public void A_line_pulse_moves_that_line_alone_by_a_step_of_each_sign(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, new AnalogTile.Options());
        PaddedMatrix expected = new(inputs.Value, outputs.Value);
        for (int n = 0; n < 6; n++)
        {
            int i = random.Next(inputs.Value), j = random.Next(outputs.Value);
            float[] alongRow = random.Signals(outputs.Value), alongColumn = random.Signals(inputs.Value);
            tile.PulseRow(i, alongRow, TilesOf.At((ulong)n));
            tile.PulseRow((i + 1) % inputs.Value, alongRow, TilesOf.At((ulong)n));
            tile.PulseColumn(j, alongColumn, TilesOf.At((ulong)n));
            for (int k = 0; k < outputs.Value; k++)
            {
                expected[i, k] += TilesOf.Step * Math.Sign(alongRow[k]);
                expected[(i + 1) % inputs.Value, k] += TilesOf.Step * Math.Sign(alongRow[k]);
            }

            for (int k = 0; k < inputs.Value; k++)
            {
                expected[k, j] += TilesOf.Step * Math.Sign(alongColumn[k]);
            }
        }

        for (int i = 0; i < inputs.Value; i++)
        {
            Assert.All(Enumerable.Range(0, outputs.Value), j => Assert.Equal(expected[i, j], tile.Array.Weights[i, j], 1e-5f));
        }
    }

    [Fact]
    public void Line_pulses_of_one_step_have_noise_of_their_own()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(sigma: 0.3f), 2, 500, new AnalogTile.Options());
        float[] ones = new float[500];
        Array.Fill(ones, 1f);
        tile.PulseRow(0, ones, TilesOf.At(7));
        tile.PulseRow(1, ones, TilesOf.At(7));
        float[] a = [.. tile.Array.Weights.Row(0).ToArray().Select(w => ((w / TilesOf.Step) - 1) / 0.3f)];
        float[] b = [.. tile.Array.Weights.Row(1).ToArray().Select(w => ((w / TilesOf.Step) - 1) / 0.3f)];
        Assert.InRange(Statistics.CorrelationDeviations(a, b), -4.5, 4.5);
    }

    [Theory]
    [InlineData(31, 31)]
    [InlineData(PulseTrains.MaxBitLength, 500)]
    public void Trains_are_as_long_as_the_largest_product_needs_up_to_the_cap(int cap, int expected)
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 1, 1, new AnalogTile.Options { BitLength = cap });
        tile.Update([1], [1], 500 * TilesOf.Step * 0.9999f, TilesOf.At(0));
        Assert.Equal(expected, tile.Counters.LongestTrain);
        Assert.Equal(expected, tile.Counters.Coincidences);
    }
}
