using Crosspoint.Devices.Extraction;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 20)]
public class ExtractionTests
{
    private static readonly RandomAddress Inputs = new(3, 77, 1000);

    [Property]
    public void Without_noise_regression_finds_the_weights_of_all_arrays_from_shared_inputs(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        Recorded[] arrays = [.. new[] { inputs.Value, random.Next(1, inputs.Value + 1), inputs.Value }.Select(n => new Recorded(random.Matrix(n, outputs.Value)))];
        WeightRegression regression = new(Inputs, new(), arrays);
        int reads = (2 * inputs.Value) + 10;
        for (int n = 0; n < reads; n++)
        {
            regression.Read((ulong)n);
        }

        IReadOnlyList<ExtractedWeights> found = regression.Solve();
        for (int k = 0; k < arrays.Length; k++)
        {
            Assert.Equal(reads, found[k].Reads);
            Assert.Equal(0, found[k].Ridge);
            Assert.True(WeightError.Between(arrays[k].Weights, found[k].Weights).Largest < 2e-6, "rounding to single precision alone");
            Assert.All(arrays[k].X, x => Assert.InRange(x, -1, 1));
        }
    }

    [Property]
    public void Regression_is_the_least_squares_solution_with_its_standard_errors(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        int n = 1 + (inputs.Value / 4), m = 1 + (outputs.Value / 8), reads = n + 1 + random.Next(200);
        Recorded array = new(random.Matrix(n, m)) { Noise = () => (float)random.NextDouble() };
        RegressionOptions options = new() { Ridge = random.Next(2) * random.NextDouble(), WorstCondition = double.PositiveInfinity };
        WeightRegression regression = new(Inputs, options, array);
        for (int r = 0; r < reads; r++)
        {
            regression.Read((ulong)r);
        }

        ExtractedWeights found = regression.Solve()[0];
        double[,] inverse = Inverse(array, n, found.Ridge);
        for (int j = 0; j < m; j++)
        {
            double[] xy = [.. Enumerable.Range(0, n).Select(k => Sum(reads, r => (double)array.X[(r * n) + k] * array.Y[(r * m) + j]))];
            double[] w = [.. Enumerable.Range(0, n).Select(i => Sum(n, k => inverse[i, k] * xy[k]))];
            double left = Sum(reads, r => Math.Pow(array.Y[(r * m) + j] - Sum(n, i => w[i] * array.X[(r * n) + i]), 2));
            for (int i = 0; i < n; i++)
            {
                double error = Math.Sqrt(inverse[i, i] * left / (reads - n));
                Assert.Equal(w[i], found.Weights[i, j], 1e-5 * (1 + Math.Abs(w[i])) * Math.Max(1, found.Condition * 1e-6));
                Assert.Equal(error, found.PredictedError(i, j), 1e-5 + (1e-6 * error * Math.Max(1, found.Condition)));
            }
        }
    }

    /// <summary>Seed 2021; each mean square is an average over 10,240 errors, whose deviation is √(2 / 10,240): 4.5 of them.</summary>
    [Fact]
    public void The_errors_of_a_noisy_tile_are_those_predicted_from_its_reads_and_from_its_periphery()
    {
        const int N = 80, M = 128, Reads = 4_000, Repeats = 50;
        ReadParameters periphery = TilesOf.Periphery() with { BoundManagement = BoundManagement.None };
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), N, M, new() { Forward = periphery, Scale = 2 });
        PaddedMatrix weights = new Random(5).Matrix(N, M, 0.6f);
        tile.Program(weights);
        TileReads source = new(tile, TilesOf.At(0));
        WeightRegression regression = new(Inputs, new() { InputStep = periphery.Dac.Step }, source);
        for (int n = 0; n < Reads; n++)
        {
            regression.Read((ulong)n);
        }

        ExtractedWeights found = regression.Solve()[0];
        double output = tile.Scale * ReadError.Output(periphery);
        double measured = WeightError.Between(weights, found.Weights).Deviation;
        Near(found.RmsPredictedError, measured);
        Near(ReadError.Regression(output, N, Reads), measured);
        ExtractedWeights lines = OneHotReads.Read(source, Repeats, 1_000_000);
        Assert.Equal(N * Repeats, lines.Reads);
        double ofLines = WeightError.Between(weights, lines.Weights).Deviation;
        Near(lines.RmsPredictedError, ofLines);
        Near(output / Math.Sqrt(Repeats), ofLines);
        Assert.Equal(double.PositiveInfinity, OneHotReads.Read(source, 1).RmsPredictedError);

        // Rounded by the DAC to what the estimate does not know.
        WeightRegression rounded = new(Inputs, new(), source);
        for (int n = 0; n < Reads; n++)
        {
            rounded.Read((ulong)n);
        }

        double square = 0;
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < M; j++)
            {
                square += weights[i, j] * (double)weights[i, j] / (N * M);
            }
        }

        double more = tile.Scale * ReadError.OutputOfRounded(periphery, N, square / (tile.Scale * tile.Scale));
        Near(ReadError.Regression(more, N, Reads), WeightError.Between(weights, rounded.Solve()[0].Weights).Deviation);

        static void Near(double expected, double actual) => Assert.InRange(actual / expected, 0.96, 1.04);
    }

    /// <summary>Seed 77; weights that move in a straight line over 6,000 reads are found at its middle, to the noise that their motion is.</summary>
    [Fact]
    public void Weights_that_move_are_found_at_their_mean()
    {
        Random random = new(77);
        PaddedMatrix from = random.Matrix(20, 30), to = random.Matrix(20, 30), middle = new(20, 30);
        Recorded array = new(new PaddedMatrix(20, 30));
        WeightRegression regression = new(Inputs, new(), array);
        const int Reads = 6_000;
        for (int n = 0; n < Reads; n++)
        {
            Mix(array.Weights, (n + 0.5f) / Reads);
            regression.Read((ulong)n);
        }

        Mix(middle, 0.5f);
        ExtractedWeights found = regression.Solve()[0];
        double error = WeightError.Between(middle, found.Weights).Deviation;
        Assert.InRange(error / found.RmsPredictedError, 0.85, 1.15);
        Assert.True(error < 0.1 * WeightError.Between(from, to).Deviation, "it is no snapshot");

        void Mix(PaddedMatrix into, float part)
        {
            for (int i = 0; i < 20; i++)
            {
                for (int j = 0; j < 30; j++)
                {
                    into[i, j] = from[i, j] + (part * (to[i, j] - from[i, j]));
                }
            }
        }
    }

    [Fact]
    public void Fewer_reads_than_lines_take_a_ridge_and_no_error_is_predicted()
    {
        Recorded array = new(new Random(1).Matrix(30, 7));
        WeightRegression regression = new(Inputs, new(), array);
        Assert.Throws<InvalidOperationException>(regression.Solve);
        for (int n = 0; n < 20; n++)
        {
            regression.Read((ulong)n);
        }

        ExtractedWeights found = regression.Solve()[0];
        Assert.True(found.Ridge > 0);
        Assert.True(found.Condition > 1e8);
        Assert.Equal(double.PositiveInfinity, found.RmsPredictedError);
        for (int j = 0; j < 7; j++)
        {
            for (int n = 0; n < 20; n++)
            {
                double y = Enumerable.Range(0, 30).Sum(i => (double)found.Weights[i, j] * array.X[(n * 30) + i]);
                Assert.Equal(array.Y[(n * 7) + j], y, 1e-3);
            }
        }
    }

    [Property]
    public void Sums_go_on_after_a_stop_as_if_there_had_been_none(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        WeightRegression whole = new(Inputs, new(), new Recorded(weights)), first = new(Inputs, new(), new Recorded(weights));
        WeightRegression second = new(Inputs, new(), new Recorded(weights));
        int reads = random.Next(1, 100), cut = random.Next(reads);
        for (int n = 0; n < reads; n++)
        {
            whole.Read((ulong)n);
            (n < cut ? first : second).Read((ulong)n);
            if (n == cut - 1)
            {
                second.Load(new BinaryReader(new MemoryStream(State(first))));
            }
        }

        Assert.Equal(State(whole), State(second));
        Assert.Equal(reads, second.Reads);
    }

    [Fact]
    public void Sums_of_other_arrays_or_what_cannot_be_sums_are_refused()
    {
        WeightRegression sums = new(Inputs, new(), new Recorded(new PaddedMatrix(3, 4)));
        byte[] state = State(sums);
        Assert.Throws<InvalidDataException>(() => new WeightRegression(Inputs, new(), new Recorded(new PaddedMatrix(4, 3))).Load(Reader(state)));
        Assert.Throws<EndOfStreamException>(() => sums.Load(Reader(state[..^1])));
        BitConverter.TryWriteBytes(state.AsSpan(12), double.NaN);
        Assert.Throws<InvalidDataException>(() => sums.Load(Reader(state)));
        BitConverter.TryWriteBytes(state, -1L);
        Assert.Throws<InvalidDataException>(() => sums.Load(Reader(state)));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Recorded array = new(new PaddedMatrix(3, 4));
        foreach (RegressionOptions options in (RegressionOptions[])
            [new() { InputStep = -1 }, new() { InputStep = float.NaN }, new() { Ridge = -1 }, new() { RidgeOfIllConditioned = 0 }, new() { WorstCondition = 0 }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new WeightRegression(Inputs, options, array));
        }

        Assert.Throws<ArgumentException>(() => new WeightRegression(Inputs, new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => OneHotReads.Read(array, 0));
        Assert.Throws<ArgumentException>(() => WeightError.Between(new PaddedMatrix(3, 4), new PaddedMatrix(4, 3)));
    }

    [Fact]
    public void A_read_allocates_nothing()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 70, 40, TilesOf.Noisy);
        WeightRegression regression = new(Inputs, new(), new TileReads(tile, TilesOf.At(0)));
        Read(0);
        Allocation.None(Read);

        void Read(int run)
        {
            for (int n = 0; n < 64; n++)
            {
                regression.Read((ulong)n);
            }
        }
    }

    [Fact]
    public void Extraction_gives_the_same_bits_at_every_width()
    {
        AnalogTile wide = TilesOf.Of(TilesOf.Model(), 130, 37, TilesOf.Noisy), narrow = TilesOf.Of(TilesOf.Model(), 65, 50, TilesOf.Noisy);
        wide.Program(new Random(1).Matrix(130, 37));
        narrow.Program(new Random(2).Matrix(65, 50));
        WeightRegression regression = new(Inputs, new(), new TileReads(wide, TilesOf.At(0)), new TileReads(narrow, TilesOf.At(1 << 20)));
        for (int n = 0; n < 300; n++)
        {
            regression.Read((ulong)n);
        }

        using Fingerprint print = new();
        foreach (ExtractedWeights found in regression.Solve())
        {
            print.Add(found.Weights.Padded);
            print.Add([(float)found.RmsPredictedError, (float)found.Condition]);
        }

        print.AssertIs("6a17a8298ecbf89c7eb691bd287e047b39bad5adb5201ed985e710a272a5cb4f");
    }

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    // (Σ x xᵀ + λ)⁻¹ by elimination with pivots.
    private static double[,] Inverse(Recorded array, int n, double ridge)
    {
        double[,] a = new double[n, 2 * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i, j] = Sum(array.X.Count / n, r => (double)array.X[(r * n) + i] * array.X[(r * n) + j]) + (i == j ? ridge : 0);
            }

            a[i, n + i] = 1;
        }

        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i, k]));
            for (int j = 0; j < 2 * n; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }

            for (int i = 0; i < n; i++)
            {
                double factor = i == k ? 1 - (1 / a[k, k]) : a[i, k] / a[k, k];
                for (int j = (2 * n) - 1; j >= 0; j--)
                {
                    a[i, j] -= factor * a[k, j];
                }
            }
        }

        double[,] inverse = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                inverse[i, j] = a[i, n + j];
            }
        }

        return inverse;
    }

    private static byte[] State(WeightRegression sums)
    {
        using MemoryStream stream = new();
        sums.Save(new BinaryWriter(stream));
        return stream.ToArray();
    }

    private static BinaryReader Reader(byte[] bytes) => new(new MemoryStream(bytes));

    /// <summary>A plain product with noise from outside, which remembers what it was asked.</summary>
    private sealed class Recorded(PaddedMatrix weights) : IReadable
    {
        public PaddedMatrix Weights => weights;

        public List<float> X { get; } = [];

        public List<float> Y { get; } = [];

        public Func<float> Noise { get; init; } = () => 0;

        public int Inputs => weights.Inputs;

        public int Outputs => weights.Outputs;

        public void Read(ReadOnlySpan<float> x, Span<float> y, ulong read)
        {
            X.AddRange(x);
            for (int j = 0; j < y.Length; j++)
            {
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    sum += (double)x[i] * weights[i, j];
                }

                y[j] = (float)sum + Noise();
            }

            Y.AddRange(y);
        }
    }
}
