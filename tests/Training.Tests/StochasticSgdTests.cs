using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class StochasticSgdTests
{
    private const float Step = 0.001f;
    private static readonly float[] X = [0.9f, -0.4f, 0, 0.05f, 1];
    private static readonly float[] D = [0.3f, -0.8f, 0.01f, 0, -0.12f, 1];

    /// <summary>
    /// Fixed seed, 20,000 updates: the mean move is η x d within 5 of its deviations b √(BL p (1 - p)) with p = C² |x d|, on steps without
    /// noise and on pairs with it; also where C is divided unequally between rows and columns.
    /// </summary>
    [Theory]
    [InlineData("constant", 0.01f, 10, false)]
    [InlineData("constant", 0.002f, 10, false)]
    [InlineData("constant", 0.01f, 100, false)]
    [InlineData("constant", 0.002f, 10, true)]
    [InlineData("pair", 0.002f, 10, false)]
    public void The_mean_update_is_the_rate_times_input_times_error(string kind, float rate, int bitLength, bool updateManagement)
    {
        const int Updates = 20_000;
        ICrosspointArray array = kind == "constant"
            ? new ConstantStepArray(X.Length, D.Length, Step)
            : new UnidirectionalPairArray(
                X.Length, D.Length, new UnidirectionalPairArray.Parameters { States = 1_000_001, MaxWeight = 1_000, Sigma = 0.2f });
        StochasticSgd sgd = new(array, new() { BitLength = bitLength, UpdateManagement = updateManagement }, 11, 1);
        for (ulong step = 0; step < Updates; step++)
        {
            sgd.Update(X, D, rate, new Moment(Phase.Train, step));
        }

        for (int i = 0; i < X.Length; i++)
        {
            for (int j = 0; j < D.Length; j++)
            {
                double product = (double)X[i] * D[j], p = rate / (bitLength * Step) * Math.Abs(product);
                double events = Math.Min(1, bitLength * p);
                double deviation = Step * Math.Sqrt(((bitLength * p * (1 - p)) + (events * 0.04)) / Updates);
                double bound = (5 * deviation) + 1e-8;
                Assert.InRange((array.Weights[i, j] / Updates) - (rate * product), -bound, bound);
            }
        }
    }

    /// <summary>η = 0.01, BL = 10, b = 0.001: C = √(η / (BL b)) = 1, so that inputs and errors of 1 pulse in every slot: 10 coincidences.</summary>
    [Fact]
    public void The_gain_is_one_at_the_rate_of_ten_steps()
    {
        ConstantStepArray array = new(1, 1, Step);
        StochasticSgd sgd = new(array, new() { BitLength = 10 }, 3, 1);
        for (ulong step = 0; step < 100; step++)
        {
            sgd.Update([1], [-1], 0.01f, new Moment(Phase.Train, step));
        }

        Assert.Equal(1_000, array.Counters.Coincidences);
        Assert.Equal(-1, array.Weights[0, 0], 1e-4f);

        // A little less and the trains are no longer full: (1 - 0.98) · 10,000 coincidences are missing, ± 5 deviations of about 18.
        array = new ConstantStepArray(1, 1, Step);
        sgd = new StochasticSgd(array, new() { BitLength = 10 }, 3, 1);
        for (ulong step = 0; step < 1_000; step++)
        {
            sgd.Update([1], [-1], 0.0098f, new Moment(Phase.Train, step));
        }

        Assert.InRange(array.Counters.Coincidences, 9_800 - 90, 9_800 + 90);
    }

    /// <summary>Fixed seed, 20,000 reads: mean within 5 of its deviations, √(Σ_i w² p (1 - p) / BL).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void The_mean_of_coded_reads_is_the_exact_read(int bitLength)
    {
        const int Reads = 20_000;
        (StochasticSgd sgd, PaddedMatrix w) = Programmed(new() { BitLength = bitLength });
        float[] y = new float[D.Length], z = new float[X.Length], d = [0.002f, -0.004f, 0, 0.001f, 0.0001f, -0.003f];
        double[] sumY = new double[y.Length], sumZ = new double[z.Length];
        for (ulong step = 0; step < Reads; step++)
        {
            sgd.Forward(X, y, new Moment(Phase.Train, step));
            sgd.Backward(d, z, new Moment(Phase.Train, step));
            for (int j = 0; j < y.Length; j++)
            {
                sumY[j] += y[j];
            }

            for (int i = 0; i < z.Length; i++)
            {
                sumZ[i] += z[i];
            }
        }

        for (int j = 0; j < y.Length; j++)
        {
            double exact = 0, variance = 0;
            for (int i = 0; i < X.Length; i++)
            {
                exact += w[i, j] * (double)X[i];
                variance += w[i, j] * (double)w[i, j] * Math.Abs(X[i]) * (1 - Math.Abs(X[i])) / bitLength;
            }

            Assert.InRange((sumY[j] / Reads) - exact, -5 * Math.Sqrt(variance / Reads), 5 * Math.Sqrt(variance / Reads));
        }

        double scale = 0.004f;
        for (int i = 0; i < z.Length; i++)
        {
            double exact = 0, variance = 0;
            for (int j = 0; j < d.Length; j++)
            {
                double p = Math.Abs(d[j]) / scale;
                exact += w[i, j] * (double)d[j];
                variance += w[i, j] * (double)w[i, j] * scale * scale * p * (1 - p) / bitLength;
            }

            Assert.InRange((sumZ[i] / Reads) - exact, -5 * Math.Sqrt(variance / Reads), 5 * Math.Sqrt(variance / Reads));
        }
    }

    [Property]
    public void Reads_are_exact_where_exact_reads_are_asked_for(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        ConstantStepArray array = new(inputs.Value, outputs.Value, Step);
        array.Program(random.Matrix(inputs.Value, outputs.Value));
        float[] x = random.Signals(inputs.Value), d = random.Signals(outputs.Value);
        float[] y = new float[outputs.Value], z = new float[inputs.Value], exactY = new float[outputs.Value], exactZ = new float[inputs.Value];
        MatVec.Forward(array.Weights, x, exactY);
        MatVec.Backward(array.Weights, d, exactZ);

        StochasticSgd inference = new(array, new() { InferenceBitLength = 0 }, 1, 1);
        inference.Forward(x, y, new Moment(Phase.Test, 9));
        Same.Bits(exactY, y);
        inference.Forward(x, y, new Moment(Phase.Validate, 9));
        Same.Bits(exactY, y);

        StochasticSgd passes = new(array, new() { ExactPasses = true }, 1, 1);
        passes.Forward(x, y, new Moment(Phase.Train, 9));
        passes.Backward(d, z, new Moment(Phase.Train, 9));
        Same.Bits(exactY, y);
        Same.Bits(exactZ, z);
    }

    [Fact]
    public void A_read_is_a_function_of_its_moment_and_phases_are_apart()
    {
        const int Lines = 100;
        ConstantStepArray array = new(Lines, 2, Step);
        array.Program(new Random(4).Matrix(Lines, 2));
        StochasticSgd sgd = new(array, new(), 11, 1);
        float[] x = [.. Enumerable.Repeat(0.5f, Lines)];
        HashSet<string> reads = [];
        foreach (Phase phase in Enum.GetValues<Phase>())
        {
            for (ulong step = 0; step < 4; step++)
            {
                float[] first = new float[2], again = new float[2];
                sgd.Forward(x, first, new Moment(phase, step));
                sgd.Forward(x, again, new Moment(phase, step));
                Same.Bits(first, again);
                Assert.True(reads.Add(string.Join(' ', first)));
            }
        }
    }

    [Fact]
    public void The_length_of_trains_at_inference_can_be_changed()
    {
        (StochasticSgd sgd, _) = Programmed(new() { BitLength = 10, InferenceBitLength = 10 });
        float[] ten = new float[D.Length], exact = new float[D.Length], hundred = new float[D.Length];
        MatVec.Forward(sgd.Weights, X, exact);
        double[] errors = [0, 0];
        for (ulong step = 0; step < 2_000; step++)
        {
            sgd.InferenceBitLength = 10;
            sgd.Forward(X, ten, new Moment(Phase.Test, step));
            sgd.InferenceBitLength = 100;
            sgd.Forward(X, hundred, new Moment(Phase.Test, step));
            for (int j = 0; j < exact.Length; j++)
            {
                errors[0] += Math.Pow(ten[j] - exact[j], 2);
                errors[1] += Math.Pow(hundred[j] - exact[j], 2);
            }
        }

        // The variance of a read goes as 1 / BL; over 12,000 squares the ratio is 10 within a tenth.
        Assert.InRange(errors[0] / errors[1], 9, 11);
    }

    [Fact]
    public void An_error_of_zero_goes_back_as_zero_and_moves_nothing()
    {
        (StochasticSgd sgd, _) = Programmed(new() { UpdateManagement = true });
        float[] before = sgd.Weights.Padded.ToArray(), z = [1, 1, 1, 1, 1];
        sgd.Backward(new float[D.Length], z, default);
        Assert.Equal(-1, z.AsSpan().IndexOfAnyExcept(0f));
        sgd.Update(X, new float[D.Length], 0.01f, default);
        sgd.Update(new float[X.Length], D, 0.01f, default);
        sgd.Update(X, D, 0, default);
        Same.Bits(before, sgd.Weights.Padded);
        Assert.Equal(0, sgd.Counters.Coincidences);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 60)]
    [InlineData(15, 4)]
    [InlineData(61, 0)]
    public void The_array_is_reset_at_every_so_many_images(int every, int expected)
    {
        UnidirectionalPairArray array = new(1, 1, new UnidirectionalPairArray.Parameters());
        PaddedMatrix one = new(1, 1);
        one[0, 0] = 1;
        array.Program(one);
        StochasticSgd sgd = new(array, new() { ResetEvery = every }, 1, 1);
        for (ulong step = 0; step < 60; step++)
        {
            sgd.Update([0], [0], 0.01f, new Moment(Phase.Train, step));
        }

        Assert.Equal(expected, array.Counters.PairsReset);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        ConstantStepArray array = new(2, 2, Step);
        Rejected.With("bitLength", "4096", 0, () => new StochasticSgd(array, new() { BitLength = 0 }, 1, 1));
        Rejected.With("bitLength", "4096", 4097, () => new StochasticSgd(array, new() { BitLength = 4097 }, 1, 1));
        Rejected.With("options.InferenceBitLength", "", -1, () => new StochasticSgd(array, new() { InferenceBitLength = -1 }, 1, 1));
        Rejected.With("options.ResetEvery", "", -1, () => new StochasticSgd(array, new() { ResetEvery = -1 }, 1, 1));
        Rejected.With("id", 1, 0, () => new StochasticSgd(array, new(), 1, 0));
    }

    private static (StochasticSgd Sgd, PaddedMatrix Weights) Programmed(StochasticSgd.Options options)
    {
        ConstantStepArray array = new(X.Length, D.Length, Step);
        array.Program(new Random(4).Matrix(X.Length, D.Length));
        return (new StochasticSgd(array, options, 11, 1), array.Weights);
    }
}
