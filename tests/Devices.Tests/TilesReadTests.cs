using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 50)]
public class TilesReadTests
{
    private const double DacStep = 2.0 / 126, AdcStep = 24.0 / 510, OutputBound = 12;

    [Property]
    public void A_noiseless_read_follows_the_steps_of_the_paper(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        AnalogTile tile = Tile(inputs.Value, outputs.Value, 0);
        tile.Program(random.Matrix(inputs.Value, outputs.Value, 10)); // large enough for bound management
        float[] x = random.Signals(inputs.Value, 5), y = new float[outputs.Value];
        ReadOutcome outcome = tile.Forward(x, y, TilesOf.At(1));
        (double[] expected, int reads, bool[] tied) = Paper(tile, x);
        if (!tied.Contains(true))
        {
            Assert.Equal(reads, outcome.Reads);
            Assert.All(Enumerable.Range(0, y.Length), j => Assert.Equal(expected[j], y[j], 1e-5 * (1 + Math.Abs(expected[j]))));
        }
    }

    [Fact]
    public void A_read_of_an_array_of_zeros_has_the_noise_of_the_paper_on_the_grid_of_its_converter()
    {
        const int Outputs = 100_000;
        AnalogTile tile = Tile(1, Outputs, 0.06f);
        float[] y = new float[Outputs];
        tile.Forward([-0.25f], y, TilesOf.At(1));
        double unit = 0.25 * tile.Scale;
        Assert.All(y.Take(1000), v => Assert.Equal(Math.Round(v / unit / AdcStep), v / unit / AdcStep, 1e-3));
        (double mean, double variance) = Statistics.Moments([.. y.Select(v => v / unit)]);
        double expected = (0.06 * 0.06) + (AdcStep * AdcStep / 12);
        Assert.InRange(mean / Math.Sqrt(expected / Outputs), -4.5, 4.5);
        Assert.InRange((variance / expected) - 1, -4.5 * Math.Sqrt(2.0 / Outputs), 4.5 * Math.Sqrt(2.0 / Outputs));
    }

    [Property]
    public void A_batch_is_read_as_its_vectors_are_alone(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        foreach (WeightScaling scaling in Enum.GetValues<WeightScaling>())
        {
            AnalogTile.Options options = TilesOf.Noisy with { Scaling = scaling };
            AnalogTile alone = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, options);
            AnalogTile together = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, options);
            PaddedMatrix w = random.Matrix(inputs.Value, outputs.Value);
            alone.Program(w);
            together.Program(w);
            const int Batch = 35;
            PaddedMatrix x = random.Matrix(Batch, inputs.Value), y = new(Batch, outputs.Value);
            PaddedMatrix d = random.Matrix(Batch, outputs.Value), z = new(Batch, inputs.Value);
            ReadOutcome[] outcomes = new ReadOutcome[Batch];
            together.Forward(x, y, TilesOf.At(100), outcomes);
            together.Backward(d, z, TilesOf.At(100), outcomes);
            float[] one = new float[outputs.Value], back = new float[inputs.Value];
            for (int b = 0; b < Batch; b++)
            {
                alone.Forward(x.Row(b), one, TilesOf.At(100 + (ulong)b));
                Same.Bits(one, y.Row(b));
                Assert.Equal(alone.Backward(d.Row(b), back, TilesOf.At(100 + (ulong)b)), outcomes[b]);
                Same.Bits(back, z.Row(b));
            }

            Assert.Equal(alone.Counters.DacConversions, together.Counters.DacConversions);
            Assert.Equal(alone.Counters.AdcConversions, together.Counters.AdcConversions);
        }
    }

    [Property]
    public void Products_of_a_window_may_be_asked_for_in_two_parts(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        foreach (WeightScaling scaling in Enum.GetValues<WeightScaling>())
        {
            foreach (BoundManagement bounds in (BoundManagement[])[BoundManagement.None, BoundManagement.Iterative])
            {
                ReadParameters backward = TilesOf.Noisy.Forward with { Adc = new Quantizer(0.5f, 0.01f), BoundManagement = bounds };
                AnalogTile.Options options = TilesOf.Noisy with { Scaling = scaling, Backward = backward };
                AnalogTile alone = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, options);
                AnalogTile parted = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, options);
                PaddedMatrix w = random.Matrix(inputs.Value, outputs.Value);
                alone.Program(w);
                parted.Program(w);
                const int Steps = 11;
                int first = random.Next(inputs.Value);
                PaddedMatrix d = random.Matrix(Steps + 3, outputs.Value), z = new(Steps + 3, inputs.Value);
                for (int n = Steps - 1; n >= 0; n--)
                {
                    parted.BeginBackward(d, first, inputs.Value - first, z, n, TilesOf.At(100 + (ulong)n));
                }

                parted.EndBackward(d, first, z, Steps, TilesOf.At(100));
                float[] whole = new float[inputs.Value];
                for (int n = 0; n < Steps; n++)
                {
                    alone.Backward(d.Row(n), whole, TilesOf.At(100 + (ulong)n));
                    Same.Bits(whole, z.Row(n));
                }

                Assert.Equal(alone.Counters.AdcConversions, parted.Counters.AdcConversions);
                Assert.Equal(alone.Counters.BackwardReads, parted.Counters.BackwardReads);
                Assert.Equal(alone.Counters.ClippedReads, parted.Counters.ClippedReads);
            }
        }
    }

    [Fact]
    public void Lines_of_one_step_are_read_with_different_noise()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 200, 200, TilesOf.Noisy with { Transfer = new() { OutputNoise = 1 } });
        float[] first = new float[200], second = new float[200], column = new float[200];
        tile.ReadRow(3, 1, first, TilesOf.At(9));
        tile.ReadRow(4, 1, second, TilesOf.At(9));
        tile.ReadColumn(3, 1, column, TilesOf.At(9));
        Assert.InRange(Statistics.CorrelationDeviations(first, second), -4.5, 4.5);
        Assert.InRange(Statistics.CorrelationDeviations(first, column), -4.5, 4.5);
        tile.ReadRow(3, 1, second, TilesOf.At(9));
        Same.Bits(first, second);
    }

    [Fact]
    public void A_transfer_of_many_lines_is_their_sum_in_array_units()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 5, 4, new AnalogTile.Options { Scale = 2 });
        tile.Program(new Random(1).Matrix(5, 4));
        float[] x = [1, 0, -2, 0.5f, 3], d = [1, -1, 0, 2], v = new float[4], y = new float[4], u = new float[5], z = new float[5];
        tile.ReadRows(x, v, TilesOf.At(0));
        tile.ReadColumns(d, u, TilesOf.At(0));
        tile.Forward(x, y, TilesOf.At(0));
        tile.Backward(d, z, TilesOf.At(0));
        Same.Bits(y, [.. v.Select(n => 2 * n)]);
        Same.Bits(z, [.. u.Select(n => 2 * n)]);
        Assert.Equal((2L, 2L), (tile.Counters.ForwardReads, tile.Counters.BackwardReads));
    }

    [Fact]
    public void A_line_is_read_in_array_units_and_a_vector_in_logical_ones()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 5, 4, new AnalogTile.Options { Scale = 2 });
        tile.Program(new Random(1).Matrix(5, 4));
        float[] row = new float[4], column = new float[5], y = new float[4], z = new float[5];
        tile.ReadRow(2, 3, row, TilesOf.At(0));
        tile.ReadColumn(1, 3, column, TilesOf.At(0));
        tile.Forward([0, 0, 3, 0, 0], y, TilesOf.At(0));
        tile.Backward([0, 3, 0, 0], z, TilesOf.At(0));
        Same.Bits([.. row.Select(v => 2 * v)], y);
        Same.Bits([.. column.Select(v => 2 * v)], z);
    }

    private static AnalogTile Tile(int inputs, int outputs, float noise) =>
        TilesOf.Of(TilesOf.Model(), inputs, outputs, TilesOf.Noisy with { Forward = TilesOf.Periphery(noise) });

    // gokmen2021, section 2.5, steps 1 to 7; whether a number lay so near the middle of two levels, or the bound, that roundings decide.
    private static (double[] Y, int Reads, bool[] Tied) Paper(AnalogTile tile, float[] x)
    {
        double[] y = new double[tile.Outputs];
        bool[] tied = new bool[1];
        double a = x.Max(v => Math.Abs((double)v));
        if (a == 0)
        {
            return (y, 0, tied);
        }

        double Level(double v, double step)
        {
            double part = Math.Abs(v / step) % 1;
            tied[0] |= Math.Abs(part - 0.5) < 1e-3;
            return Math.Round(v / step) * step;
        }

        int reads = 0;
        for (double r = 1; ; r *= 2)
        {
            reads++;
            bool clipped = false;
            double[] signal = [.. x.Select(v => Math.Clamp(Level(v / (a * r), DacStep), -1, 1))];
            for (int j = 0; j < y.Length; j++)
            {
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    sum += tile.Array.Weights[i, j] * signal[i];
                }

                double level = Level(sum, AdcStep);
                clipped |= level > OutputBound + 1e-6 || level < -OutputBound - 1e-6;
                y[j] = Math.Clamp(level, -OutputBound, OutputBound) * a * r * tile.Scale;
            }

            if (!clipped || r > 15.75)
            {
                return (y, reads, tied);
            }
        }
    }
}
