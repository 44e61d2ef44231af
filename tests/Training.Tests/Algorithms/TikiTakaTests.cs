using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

public class TikiTakaTests
{
    private const int Inputs = 8, Outputs = 5;

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.5f, false)]
    [InlineData(1, false)]
    [InlineData(0.5f, true)]
    public void What_is_read_is_gamma_A_plus_C(float gamma, bool separateReads)
    {
        TikiTaka matrix = Programmed(Analog.Exact with { Scale = 3 }, new() { Gamma = gamma, SeparateReads = separateReads }, out var a, out var c);
        float[] x = new Random(3).Weights(Inputs), d = new Random(4).Weights(Outputs), y = new float[Outputs], z = new float[Inputs];
        matrix.Forward(x, y, default);
        matrix.Backward(d, z, default);
        for (int j = 0; j < Outputs; j++)
        {
            double sum = Enumerable.Range(0, Inputs).Sum(i => 3.0 * ((gamma * a[i, j]) + c[i, j]) * x[i]);
            Assert.Equal(sum, y[j], 1e-5);
        }

        for (int i = 0; i < Inputs; i++)
        {
            double sum = Enumerable.Range(0, Outputs).Sum(j => 3.0 * ((gamma * a[i, j]) + c[i, j]) * d[j]);
            Assert.Equal(sum, z[i], 1e-5);
            for (int j = 0; j < Outputs; j++)
            {
                Assert.Equal(3.0 * ((gamma * a[i, j]) + c[i, j]), matrix.Weights[i, j], 1e-5);
            }
        }
    }

    /// <summary>Fixed seed, 50,000 outputs: one read has the variance σ², two have (1 + γ²) σ², each within 5 of its deviations.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1.25)]
    public void One_read_has_one_noise_and_two_reads_have_two(bool separateReads, double expected)
    {
        const int Reads = 10_000;
        ReadParameters noise = new() { OutputNoise = 0.1f };
        TikiTaka matrix = Programmed(
            Analog.Exact with { Forward = noise, Backward = noise }, new() { Gamma = 0.5f, SeparateReads = separateReads }, out _, out _);
        float[] x = new float[Inputs], y = new float[Outputs];
        x[0] = 1;
        double[] mean = new double[Outputs];
        List<double> squares = [];
        for (int j = 0; j < Outputs; j++)
        {
            mean[j] = matrix.Weights[0, j];
        }

        for (int n = 0; n < Reads; n++)
        {
            matrix.Forward(x, y, new Moment(Phase.Train, (ulong)n));
            squares.AddRange(y.Select((value, j) => Math.Pow((value - mean[j]) / 0.1, 2)));
        }

        double deviation = expected * Math.Sqrt(2.0 / squares.Count);
        Assert.InRange(squares.Average(), expected - (5 * deviation), expected + (5 * deviation));
    }

    [Fact]
    public void Reads_below_the_threshold_transfer_nothing()
    {
        TikiTaka matrix = Programmed(
            Analog.Exact, new() { Gamma = 0, Threshold = 0.25f, TransferRate = 1, Every = 1 }, out PaddedMatrix a, out PaddedMatrix c);
        for (int n = 0; n < Inputs; n++)
        {
            matrix.Update(new float[Inputs], new float[Outputs], 1, new Moment(Phase.Train, (ulong)n));
        }

        for (int i = 0; i < Inputs; i++)
        {
            for (int j = 0; j < Outputs; j++)
            {
                Assert.Equal(MathF.Abs(a[i, j]) < 0.25f ? c[i, j] : c[i, j] + a[i, j], matrix.Weights[i, j]);
            }
        }
    }

    /// <summary>Σ_t u uᵀ = N 1: a cycle adds N η_c A to C, whether or not the number of lines is a power of two; each next one the same.</summary>
    [Theory]
    [InlineData(8, TransferBy.Row, 8)]
    [InlineData(5, TransferBy.Row, 8)]
    [InlineData(1, TransferBy.Row, 1)]
    [InlineData(8, TransferBy.Column, 8)]
    [InlineData(9, TransferBy.Column, 16)]
    public void Hadamard_vectors_are_orthogonal_and_come_round(int lines, TransferBy by, int cycle)
    {
        const float Rate = 1 / 128f;
        (int inputs, int outputs) = by == TransferBy.Row ? (lines, 6) : (6, lines);
        TikiTaka matrix = new(
            Analog.Ideal(inputs, outputs, 0.001f), Analog.Ideal(inputs, outputs, 0.001f), Analog.Exact,
            new() { Gamma = 0, Threshold = 0, TransferRate = Rate, Every = 1, Vectors = TransferVectors.Hadamard, By = by }, 1, 1);
        PaddedMatrix a = Dyadic(inputs, outputs, 9);
        matrix.A.Array.Program(a);
        for (int n = 1; n <= 3 * cycle; n++)
        {
            matrix.Update(new float[inputs], new float[outputs], 1, new Moment(Phase.Train, (ulong)n));
            Assert.Equal(n % cycle, matrix.NextLine);
            if (n % cycle != 0)
            {
                continue;
            }

            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    Assert.Equal(n * Rate * a[i, j], matrix.Weights[i, j]);
                }
            }
        }
    }

    private static TikiTaka Programmed(AnalogTile.Options periphery, TikiTaka.Options options, out PaddedMatrix a, out PaddedMatrix c)
    {
        TikiTaka matrix = new(
            Analog.Ideal(Inputs, Outputs, 0.001f), Analog.Ideal(Inputs, Outputs, 0.001f), periphery, options, Analog.Seed, 1);
        PaddedMatrix logical = Dyadic(Inputs, Outputs, 1);
        matrix.Program(logical);
        a = Dyadic(Inputs, Outputs, 2);
        matrix.A.Array.Program(a);
        c = new PaddedMatrix(Inputs, Outputs);
        for (int i = 0; i < Inputs; i++)
        {
            for (int j = 0; j < Outputs; j++)
            {
                c[i, j] = logical[i, j] / periphery.Scale;
            }
        }

        return matrix;
    }

    /// <summary>Multiples of 1/16 within ± 1/2, whose sums are not rounded.</summary>
    private static PaddedMatrix Dyadic(int inputs, int outputs, int seed)
    {
        Random random = new(seed);
        PaddedMatrix matrix = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                matrix[i, j] = random.Next(-8, 9) / 16f;
            }
        }

        return matrix;
    }
}
