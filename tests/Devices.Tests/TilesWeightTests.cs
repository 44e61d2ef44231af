using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 50)]
public class TilesWeightTests
{
    private const int Side = 64;

    [Property]
    public void Scaling_puts_the_largest_weight_where_it_belongs_and_changes_nothing_logical(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        foreach (WeightScaling scaling in Enum.GetValues<WeightScaling>())
        {
            AnalogTile.Options options = new() { Scaling = scaling, Scheme = PulseScheme.Exact, Scale = 3 };
            AnalogTile tile = TilesOf.Of(TilesOf.Model(), inputs.Value, outputs.Value, options);
            PaddedMatrix w = random.Matrix(inputs.Value, outputs.Value, 4), now = new(inputs.Value, outputs.Value);
            tile.Program(w);
            Assert.Equal(tile.Scale, tile.OutputScales.ToArray().Max());
            IEnumerable<int> lines = Enumerable.Range(0, inputs.Value);
            float[] largest = [.. Enumerable.Range(0, outputs.Value).Select(j => lines.Max(i => MathF.Abs(tile.Array.Weights[i, j])))];
            if (scaling == WeightScaling.PerTile)
            {
                Assert.Equal(0.6f, largest.Max(), 1e-6f);
            }
            else if (scaling == WeightScaling.PerOutput)
            {
                Assert.All(largest, v => Assert.Equal(0.6f, v, 1e-6f));
            }

            float[] x = random.Signals(inputs.Value), d = random.Signals(outputs.Value), y = new float[outputs.Value], z = new float[inputs.Value];
            tile.Forward(x, y, default);
            tile.Backward(d, z, default);
            for (int j = 0; j < y.Length; j++)
            {
                Assert.Equal(Enumerable.Range(0, x.Length).Sum(i => (double)w[i, j] * x[i]), y[j], 1e-3);
            }

            for (int i = 0; i < z.Length; i++)
            {
                Assert.Equal(Enumerable.Range(0, d.Length).Sum(j => (double)w[i, j] * d[j]), z[i], 1e-3);
            }

            float[] scaled = [.. d.Select((v, j) => v / tile.OutputScales[j])];
            tile.Update(x, scaled, 0.1f, default);
            tile.Weights(now);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.All(Enumerable.Range(0, d.Length), j => Assert.Equal(w[i, j] + (0.1f * x[i] * d[j]), now[i, j], 1e-4f));
            }
        }
    }

    [Theory]
    [InlineData(WeightScaling.PerTile)]
    [InlineData(WeightScaling.PerOutput)]
    public void Weights_of_zero_leave_the_scale_as_it_was(WeightScaling scaling)
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 3, 4, new AnalogTile.Options { Scaling = scaling, Scale = 3 });
        Assert.Equal(default, tile.Program(new PaddedMatrix(3, 4)));
        Assert.Equal(3, tile.Scale);
    }

    [Fact]
    public void Exact_programming_errs_where_the_devices_end()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(bound: 0.5f), 1, 4, new AnalogTile.Options());
        PaddedMatrix w = new(1, 4);
        ((ReadOnlySpan<float>)[0.1f, 0.75f, -0.5f, -1]).CopyTo(w.Row(0));
        ProgrammingReport report = tile.Program(w);
        Assert.Equal((0.5, 0, 0, 2), (report.LargestError, report.Iterations, report.Pulses, report.Outside));
        Assert.Equal((0 - 0.25 + 0 + 0.5) / 4, report.Mean, 1e-6);
    }

    /// <summary>Error² = Δ²/12 + Δ² σ² mean n² + Δ² s² mean |n|: rounding, devices and cycles; the deviation's own error is below 3 %.</summary>
    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(0.1f, 0f)]
    [InlineData(0f, 0.5f)]
    [InlineData(0.2f, 0.3f)]
    public void Open_loop_programming_errs_as_the_devices_let_expect(float spread, float sigma)
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(stepSpread: spread, sigma: sigma), Side, Side, new AnalogTile.Options());
        PaddedMatrix w = new Random(5).Matrix(Side, Side);
        ProgrammingReport report = tile.Program(w, new ProgrammingOptions { Method = ProgrammingMethod.OpenLoop }, TilesOf.At(0));
        double pulses = 0, squares = 0;
        foreach (float v in w.Values)
        {
            double n = Math.Abs(Math.Round(v / TilesOf.Step));
            pulses += n / Side / Side;
            squares += n * n / Side / Side;
        }

        double expected = TilesOf.Step * Math.Sqrt((1 / 12.0) + (spread * spread * squares) + (sigma * sigma * pulses));
        Assert.InRange(report.Deviation / expected, 0.88, 1.12);
        Assert.InRange(report.Mean / (expected / Side), -4.5, 4.5);
        Assert.Equal((int)Math.Round(pulses * Side * Side), report.Pulses);
        Assert.Equal(1, report.Iterations);
        if (spread == 0 && sigma == 0)
        {
            Assert.InRange(report.LargestError, 0, 0.501 * TilesOf.Step);
        }
    }

    [Fact]
    public void Open_loop_programming_follows_the_mean_device_where_it_is_given()
    {
        LinearStepModel model = TilesOf.Model(slope: 1.66f);
        AnalogTile plain = TilesOf.Of(model, Side, Side, new AnalogTile.Options()), told = TilesOf.Of(model, Side, Side, new AnalogTile.Options());
        PaddedMatrix w = new Random(5).Matrix(Side, Side, 0.4f);
        ProgrammingOptions options = new() { Method = ProgrammingMethod.OpenLoop };
        Assert.InRange(plain.Program(w, options, TilesOf.At(0)).LargestError, 0.05, 0.2);
        Assert.InRange(told.Program(w, options with { Device = model }, TilesOf.At(0)).LargestError, 0, 0.501 * TilesOf.Step);
    }

    [Fact]
    public void Write_and_verify_with_ideal_reads_ends_within_the_tolerance()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(slope: 1, stepSpread: 0.2f, sigma: 0.3f), Side, Side, new AnalogTile.Options());
        PaddedMatrix w = new Random(5).Matrix(Side, Side, 0.5f);
        ProgrammingOptions options = new() { Method = ProgrammingMethod.WriteAndVerify, Tolerance = 2 * TilesOf.Step, Iterations = 200 };
        ProgrammingReport report = tile.Program(w, options, TilesOf.At(0));
        Assert.Equal(0, report.Outside);
        Assert.InRange(report.LargestError, 0, 2 * TilesOf.Step);
        Assert.InRange(report.Iterations, 2, 199);
        Assert.Equal((report.Iterations + 1) * Side, tile.Counters.RowReads);
        Assert.Equal(tile.Counters.Coincidences, report.Pulses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Write_and_verify_errs_by_the_noise_of_its_reads(int reads)
    {
        const float Noise = 0.05f;
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), Side, Side, new AnalogTile.Options { Transfer = new() { OutputNoise = Noise } });
        ProgrammingOptions options = new() { Method = ProgrammingMethod.WriteAndVerify, Iterations = 1, Reads = reads, Tolerance = 0 };
        ProgrammingReport report = tile.Program(new Random(5).Matrix(Side, Side, 0.5f), options, TilesOf.At(0));

        // One round from a read with noise σ / √n leaves that noise, and half a step.
        double expected = Math.Sqrt((Noise * Noise / reads) + (TilesOf.Step * TilesOf.Step / 12));
        Assert.InRange(report.Deviation / expected, 1 - (4.5 / (Side * Math.Sqrt(2))), 1 + (4.5 / (Side * Math.Sqrt(2))));
    }

    [Fact]
    public void Reading_out_averages_the_noise_away_and_counts_its_reads()
    {
        const float Noise = 0.06f;
        const int Reads = 25;
        AnalogTile.Options options = new() { Transfer = new() { OutputNoise = Noise }, Scaling = WeightScaling.PerOutput };
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), Side, Side, options);
        PaddedMatrix w = new Random(5).Matrix(Side, Side), read = new(Side, Side);
        tile.Program(w);
        tile.ReadOut(read, Reads, TilesOf.At(3));
        double squares = 0;
        for (int i = 0; i < Side; i++)
        {
            for (int j = 0; j < Side; j++)
            {
                squares += Math.Pow((read[i, j] - w[i, j]) / tile.OutputScales[j], 2);
            }
        }

        Assert.InRange(Math.Sqrt(squares) / Side / (Noise / Math.Sqrt(Reads)), 0.95, 1.05);
        TileCounters c = tile.Counters;
        Assert.Equal((Side * Reads, Side * Reads, Side * Side * Reads), (c.RowReads, c.DacConversions, c.AdcConversions));
    }

    [Fact]
    public void An_array_of_pairs_is_programmed_like_any_other()
    {
        AnalogTile tile = new(new UnidirectionalPairArray(9, 21, new() { Sigma = 0 }), new AnalogTile.Options());
        PaddedMatrix w = new Random(5).Matrix(9, 21, 0.9f);
        foreach (ProgrammingMethod method in Enum.GetValues<ProgrammingMethod>())
        {
            tile.Array.Program(new PaddedMatrix(9, 21));
            ProgrammingOptions options = new() { Method = method, Tolerance = tile.Array.MinStep / 2 };
            Assert.InRange(tile.Program(w, options, TilesOf.At(0)).LargestError, 0, 0.501 * tile.Array.MinStep);
        }
    }
}
