using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>What holds for every algorithm over analog tiles.</summary>
public class AnalogAlgorithmTests
{
    public static TheoryData<string> Names => [.. Analog.Names];

    public static TheoryData<string> NamesButSgd => [.. Analog.Names.Where(name => name != "sgd")];

    /// <summary>
    /// Fixed seeds, 120 states, noise 0.3 from pulse to pulse, reads of noise 0.06. Non-symmetric devices drag plain SGD towards zero
    /// by every pulse of noise in the gradient; what works around them ends far nearer.
    /// </summary>
    [Theory]
    [MemberData(nameof(NamesButSgd))]
    public void Every_algorithm_learns_where_plain_SGD_fails(string name)
    {
        double sgd = Error("sgd"), error = Error(name);
        double most = name.StartsWith("tiki-taka", StringComparison.Ordinal) ? 0.5 * sgd : 0.25 * sgd;
        Assert.True(sgd > 0.1 && error < most, $"plain SGD ends at {sgd:F4}, {name} at {error:F4}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_resumed_run_gives_the_same_bytes(string name)
    {
        IWeightMatrix whole = Programmed(name), first = Programmed(name), second = Analog.Matrix(name, 7, 21);
        Run(whole, 0, 1_003);
        Run(first, 0, 507);
        Analog.Restore(second, Analog.State(first));
        Assert.Equal(Analog.State(first), Analog.State(second));
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
        Run(second, 507, 1_003);
        Assert.Equal(Analog.State(whole), Analog.State(second));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_of_another_shape_or_cut_short_is_refused(string name)
    {
        IWeightMatrix matrix = Programmed(name);
        Run(matrix, 0, 50);
        byte[] state = Analog.State(matrix);
        Assert.Throws<InvalidDataException>(() => Analog.Restore(Analog.Matrix(name, 8, 21), state));
        Assert.ThrowsAny<IOException>(() => Analog.Restore(Analog.Matrix(name, 7, 21), state[..^1]));
    }

    /// <summary>What is behind the tiles in a state: the cursor first, whose three numbers cannot be anything.</summary>
    [Fact]
    public void A_state_with_numbers_that_cannot_be_is_refused()
    {
        TikiTaka2 matrix = (TikiTaka2)Programmed("ttv2");
        Run(matrix, 0, 50);
        byte[] state = Analog.State(matrix);
        int filter = 8 + (4 * 7 * 21), cursor = state.Length - filter - 16;
        foreach ((int at, byte[] value) in (ReadOnlySpan<(int, byte[])>)
            [
                (cursor, BitConverter.GetBytes(2)), (cursor, BitConverter.GetBytes(-1)),
                (cursor + 4, BitConverter.GetBytes(7)), (cursor + 4, BitConverter.GetBytes(-1)),
                (cursor + 8, BitConverter.GetBytes(-1L)),
                (cursor + 16, BitConverter.GetBytes(8)),
                (cursor + 24, BitConverter.GetBytes(1.5f)), (cursor + 24, BitConverter.GetBytes(float.NaN)),
            ])
        {
            byte[] wrong = [.. state];
            value.CopyTo(wrong, at);
            Assert.Throws<InvalidDataException>(() => Analog.Restore(Analog.Matrix("ttv2", 7, 21), wrong));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Programming_begins_anew(string name)
    {
        IWeightMatrix used = Programmed(name), fresh = Programmed(name);
        Run(used, 0, 300);
        used.Program(Start);
        Run(used, 300, 400);
        Run(fresh, 300, 400);
        Same.Bits(fresh.Weights.Padded, used.Weights.Padded);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        IWeightMatrix matrix = Programmed(name);
        float[] x = new Random(1).Weights(7), d = new Random(2).Weights(21), y = new float[21], z = new float[7];
        Steps(0, 200);
        Allocation.None(run => Steps(200 * (run + 1), 200 * (run + 2)));

        void Steps(int from, int to)
        {
            for (int n = from; n < to; n++)
            {
                Moment moment = new(Phase.Train, (ulong)n);
                matrix.Forward(x, y, moment);
                matrix.Backward(d, z, moment);
                matrix.Update(x, d, 0.5f, moment);
            }
        }
    }

    /// <summary>Fixed seed, 4,000 updates of A and C together; the mean of the logical weights moves by η x d.</summary>
    [Fact]
    public void The_rate_of_pulsed_SGD_is_that_of_the_logical_weights()
    {
        const float Scale = 10 / 3f, Step = 0.001f, Rate = 0.002f;
        PulsedSgd sgd = new(Analog.Ideal(1, 1, Step), new() { Scale = Scale }, Analog.Seed, 1);
        for (int n = 0; n < 4_000; n++)
        {
            sgd.Update([0.5f], [-0.4f], Rate, new Moment(Phase.Train, (ulong)n));
        }

        double moved = -0.2 * Rate * 4_000, deviation = Math.Sqrt(-moved * Step * Scale);
        Assert.InRange(sgd.Weights[0, 0] - moved, -5 * deviation, 5 * deviation);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Programmed_weights_are_read_in_logical_units(string name)
    {
        PaddedMatrix weights = new Random(3).Matrix(7, 21, 0.5f);
        IWeightMatrix matrix = Analog.Matrix(name, Analog.Ideal(7, 21, 0.001f), Analog.Ideal(7, 21, 0.001f), Analog.Exact with { Scale = 4 });
        matrix.Program(weights);
        Same.Bits(weights.Padded, matrix.Weights.Padded);
        float[] x = new Random(4).Weights(7), y = new float[21], expected = new float[21];
        matrix.Forward(x, y, default);
        MatVec.Forward(weights, x, expected);
        Same.Bits(expected, y);
        Rejected.With("weights", "[7, 21]", "[7, 20]", () => matrix.Program(new PaddedMatrix(7, 20)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rate_that_is_no_rate_is_refused_before_anything_moves(string name)
    {
        IWeightMatrix matrix = Programmed(name);
        byte[] before = Analog.State(matrix);
        foreach (float rate in (float[])[-1, float.NaN, float.PositiveInfinity])
        {
            Rejected.With("rate", 0, rate, () => matrix.Update(new float[7], new float[21], rate, default));
        }

        Assert.Equal(before, Analog.State(matrix));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        ICrosspointArray a = Analog.Ideal(3, 2, 0.001f), c = Analog.Ideal(3, 2, 0.001f);
        AnalogTile.Options p = new();
        Rejected.With("FastRate", 0, -1f, () => new TikiTaka2(a, c, p, new() { FastRate = -1 }, 1, 1));
        Rejected.With("TransferRate", 0, float.NaN, () => new TikiTaka(a, c, p, new() { TransferRate = float.NaN }, 1, 1));
        Rejected.With("Every", 1, 0, () => new Agad(a, c, p, new() { Every = 0 }, 1, 1));
        Rejected.With("By", "[0, 1]", 2, () => new ChoppedTikiTaka2(a, c, p, new() { By = (TransferBy)2 }, 1, 1));
        Rejected.With("Hysteresis", "[0, 1]", 1.5f, () => new TikiTaka2(a, c, p, new() { Hysteresis = 1.5f }, 1, 1));
        Rejected.With("Hysteresis", "[0, 1]", -0.1f, () => new ChoppedTikiTaka2(a, c, p, new() { Hysteresis = -0.1f }, 1, 1));
        Rejected.With("Hysteresis", "[0, 1]", 2f, () => new Agad(a, c, p, new() { Hysteresis = 2 }, 1, 1));
        Rejected.With("FlipProbability", 1, 1.1f, () => new ChoppedTikiTaka2(a, c, p, new() { FlipProbability = 1.1f }, 1, 1));
        Rejected.With("Flips", "[0, 1]", -1, () => new Agad(a, c, p, new() { Flips = (ChopperFlips)(-1) }, 1, 1));
        Rejected.With("MeanRate", 1, 0f, () => new Agad(a, c, p, new() { MeanRate = 0 }, 1, 1));
        Rejected.With("Gamma", 0, -0.5f, () => new TikiTaka(a, c, p, new() { Gamma = -0.5f }, 1, 1));
        Rejected.With("Threshold", 0, -0.5f, () => new TikiTaka(a, c, p, new() { Threshold = -0.5f }, 1, 1));
        Rejected.With("Vectors", "[0, 1]", 2, () => new TikiTaka(a, c, p, new() { Vectors = (TransferVectors)2 }, 1, 1));
        Rejected.With("Every", 1, -3, () => new MixedPrecision(c, p, new() { Every = -3 }, 1, 1));
        Rejected.With("LargestPulses", "[1, 250]", 251, () => new MixedPrecision(c, p, new() { LargestPulses = 251 }, 1, 1));
        Rejected.With("slow", "[3, 2]", "[2, 3]", () => new TikiTaka2(a, Analog.Ideal(2, 3, 0.001f), p, new(), 1, 1));
        Rejected.With("id", 1, 0, () => new TikiTaka2(a, c, p, new(), 1, 0));
        Rejected.With("id", 1, 0, () => new PulsedSgd(c, p, 1, 0));
        Rejected.With("id", 1, 0, () => new MixedPrecision(c, p, new(), 1, 0));
    }

    private static PaddedMatrix Start => new Random(5).Matrix(7, 21, 0.2f);

    private static IWeightMatrix Programmed(string name)
    {
        IWeightMatrix matrix = Analog.Matrix(name, 7, 21);
        matrix.Program(Start);
        return matrix;
    }

    private static void Run(IWeightMatrix matrix, int from, int to)
    {
        for (int n = from; n < to; n++)
        {
            Random random = new(n);
            matrix.Update(random.Signals(7), random.Signals(21), 0.5f, new Moment(Phase.Train, (ulong)n));
        }
    }

    private static double Error(string name)
    {
        IWeightMatrix matrix = Analog.Matrix(name, 8, 5);
        Regression regression = new(matrix, 1) { TargetNoise = 0.6f };
        float rate = name is "sgd" or "mixed precision" ? 0.02f : 1;
        for (int k = 0; k < 4; k++, rate /= 2)
        {
            regression.Run(6_000, rate);
        }

        double error = 0;
        for (int k = 0; k < 10; k++)
        {
            regression.Run(200, rate);
            error += regression.Error() / 10;
        }

        return error;
    }
}
