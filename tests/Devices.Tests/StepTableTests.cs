using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>Bounds of moments in deviations with fixed seeds: 4.5 are passed by chance once in 150,000.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class StepTableTests
{
    private static readonly RandomAddress At = new(2016, 4, 1);

    [Property(MaxTest = 50)]
    public void Without_spread_all_devices_are_the_mean_one(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        StepTable.Parameters p = new() { Step = 0.01f * random.NextSingle() + 1e-4f, Slope = 2 * random.NextSingle() };
        StepTable table = new(inputs.Value, outputs.Value, p, address.At);
        AssertAll(table.Up, p.Step);
        AssertAll(table.Down, -p.Step);
        AssertAll(table.UpSlope, -p.Step * p.Slope);
        AssertAll(table.DownSlope, -p.Step * p.Slope);
        Assert.Equal(p.Step, table.Step);

        void AssertAll(PaddedMatrix matrix, float expected)
        {
            Assert.Equal((inputs.Value, outputs.Value), (matrix.Inputs, matrix.Outputs));
            for (int i = 0; i < matrix.Inputs; i++)
            {
                Same.Bits([.. Enumerable.Repeat(expected, matrix.Outputs)], matrix.Row(i));
                Same.Bits(new float[matrix.Stride - matrix.Outputs], matrix.PaddedRow(i)[matrix.Outputs..]);
            }
        }
    }

    /// <summary>Device d of the array takes the numbers 4 d to 4 d + 3: one each for size, difference and the two slopes.</summary>
    [Property(MaxTest = 50)]
    public void Every_device_has_numbers_of_its_own(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        float SomeOrNone(float some) => random.Next(2) * some;
        StepTable.Parameters p = new()
        {
            Step = 0.01f,
            StepSpread = SomeOrNone(0.5f),
            UpDownSpread = SomeOrNone(0.2f),
            Slope = SomeOrNone(1.5f),
            SlopeSpread = SomeOrNone(0.7f),
        };
        StepTable table = new(inputs.Value, outputs.Value, p, address.At);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                ulong first = 4 * (ulong)((i * outputs.Value) + j);
                double[] xi = [.. Enumerable.Range(0, 4).Select(n => (double)Gaussian.At(address.At, first + (ulong)n))];
                double size = 1 + (p.StepSpread * xi[0]), half = p.UpDownSpread * xi[1] / 2;
                double up = p.Step * Math.Max(size + half, 0.01), down = p.Step * Math.Max(size - half, 0.01);
                AssertNear(up, table.Up[i, j]);
                AssertNear(-down, table.Down[i, j]);
                AssertNear(-up * p.Slope * Math.Max(1 + (p.SlopeSpread * xi[2]), 0), table.UpSlope[i, j]);
                AssertNear(-down * p.Slope * Math.Max(1 + (p.SlopeSpread * xi[3]), 0), table.DownSlope[i, j]);
            }
        }

        static void AssertNear(double expected, float actual) =>
            Assert.InRange(Math.Abs(actual - expected), 0, 1e-8 + (1e-6 * Math.Abs(expected)));
    }

    [Fact]
    public void Steps_have_the_mean_and_the_spread_they_are_drawn_from()
    {
        const int Count = 256 * 256;
        StepTable table = new(256, 256, new() { Step = 0.5f, StepSpread = 0.1f, UpDownSpread = 0.05f, Slope = 2, SlopeSpread = 0.2f }, At);
        float[] up = table.Up.Padded.ToArray(), down = table.Down.Padded.ToArray();
        float[] upSlope = table.UpSlope.Padded.ToArray(), downSlope = table.DownSlope.Padded.ToArray();
        AssertNormal(up.Select((u, n) => (u - (double)down[n]) / 2), 0.5, 0.5 * 0.1);
        AssertNormal(up.Select((u, n) => u + (double)down[n]), 0, 0.5 * 0.05);
        AssertNormal(upSlope.Select((s, n) => -s / (double)up[n]), 2, 0.4);
        AssertNormal(downSlope.Select((s, n) => s / (double)down[n]), 2, 0.4);

        static void AssertNormal(IEnumerable<double> sample, double mean, double deviation)
        {
            (double m, double v) = Statistics.Moments([.. sample]);
            Assert.InRange((m - mean) / deviation * Math.Sqrt(Count), -4.5, 4.5);
            Assert.InRange(((v / (deviation * deviation)) - 1) / Math.Sqrt(2.0 / Count), -4.5, 4.5);
        }
    }

    /// <summary>A spread of 5: P(1 + 5 ξ is below 0.01) = Φ(-0.198) of the devices have the smallest step, none a smaller one.</summary>
    [Fact]
    public void No_step_falls_below_a_hundredth_and_no_slope_turns_round()
    {
        const int Count = 256 * 256;
        StepTable table = new(256, 256, new() { Step = 1, StepSpread = 5, Slope = 1, SlopeSpread = 5 }, At);
        AssertCut(table.Up.Padded.ToArray(), 0.01f, Statistics.NormalCdf(-0.198));
        AssertCut([.. table.Down.Padded.ToArray().Select(d => -d)], 0.01f, Statistics.NormalCdf(-0.198));
        AssertCut([.. table.UpSlope.Padded.ToArray().Select(s => -s)], 0, Statistics.NormalCdf(-0.2));
        AssertCut([.. table.DownSlope.Padded.ToArray().Select(s => -s)], 0, Statistics.NormalCdf(-0.2));

        static void AssertCut(float[] sizes, float smallest, double part)
        {
            Assert.Equal(smallest, sizes.Min());
            Assert.InRange((sizes.Count(s => s == smallest) - (part * Count)) / Math.Sqrt(part * (1 - part) * Count), -4.5, 4.5);
        }
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        foreach (float bad in new[] { -1, float.NaN, float.PositiveInfinity })
        {
            Rejected.With("Step", "above 0", bad, () => new StepTable(2, 3, new() { Step = bad }, At));
            Rejected.With("StepSpread", 0, bad, () => new StepTable(2, 3, new() { StepSpread = bad }, At));
            Rejected.With("UpDownSpread", 0, bad, () => new StepTable(2, 3, new() { UpDownSpread = bad }, At));
            Rejected.With("Slope", 0, bad, () => new StepTable(2, 3, new() { Slope = bad }, At));
            Rejected.With("SlopeSpread", 0, bad, () => new StepTable(2, 3, new() { SlopeSpread = bad }, At));
        }

        Rejected.With("Step", "above 0", 0f, () => new StepTable(2, 3, new() { Step = 0 }, At));
        Rejected.With("inputs", 1, 0, () => new StepTable(0, 3, new(), At));
        Rejected.With("outputs", 1, 0, () => new StepTable(2, 0, new(), At));
    }
}
