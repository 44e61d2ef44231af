using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Training.Algorithms;

namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>Arrays, peripheries and every algorithm over them.</summary>
internal static class Analog
{
    public const ulong Seed = 2021;

    /// <summary>Reads exactly, updates A and C exactly; single pulses are pulses.</summary>
    public static AnalogTile.Options Exact { get; } = new() { Scheme = PulseScheme.Exact };

    /// <summary>The periphery of the paper: 7-bit DAC, 9-bit ADC, noise 0.06, bound 12; no management in transfers.</summary>
    public static AnalogTile.Options Noisy { get; } = new()
    {
        Forward = Periphery with { NoiseManagement = NoiseManagement.AbsoluteMaximum, BoundManagement = BoundManagement.Iterative },
        Backward = Periphery with { NoiseManagement = NoiseManagement.AbsoluteMaximum },
        Transfer = Periphery,
    };

    private static ReadParameters Periphery => new()
    {
        Dac = new Quantizer(1, 1f / 126),
        Adc = new Quantizer(12, 1f / 510),
        OutputNoise = 0.06f,
    };

    public static string[] Names { get; } =
        ["sgd", "tiki-taka", "tiki-taka column", "tiki-taka hadamard", "tiki-taka two reads", "ttv2", "ttv2 hysteresis", "ttv2 column",
        "c-ttv2", "c-ttv2 column", "agad", "agad column", "mixed precision"];

    /// <summary>Devices whose step never changes, without noise.</summary>
    public static ICrosspointArray Ideal(int inputs, int outputs, float step) => new ConstantStepArray(inputs, outputs, step);

    /// <summary>The paper's non-symmetric devices with so many states, and as much noise from pulse to pulse.</summary>
    public static ICrosspointArray Asymmetric(int inputs, int outputs, int states, int array, float sigma = 0.3f) => new LinearStepModel
    {
        Step = new Spread(2 / (1.66f * states), 0.3f),
        UpSlope = new Spread(1.66f, 0.2f),
        DownSlope = new Spread(1.66f, 0.2f),
        CycleNoise = sigma,
    }.Create(inputs, outputs, new RandomAddress(Seed, (ulong)array << 16, 0));

    /// <summary>Like <see cref="Asymmetric"/>, but all alike and without noise.</summary>
    public static ICrosspointArray Soft(int inputs, int outputs, float step) =>
        new LinearStepModel { Step = step }.Create(inputs, outputs, default);

    /// <summary>Devices whose step never changes, with noise from pulse to pulse.</summary>
    public static ICrosspointArray Jittery(int inputs, int outputs, float step, float sigma) =>
        new LinearStepModel { Step = step, UpSlope = 0, DownSlope = 0, CycleNoise = sigma }.Create(inputs, outputs, default);

    public static IWeightMatrix Matrix(string name, ICrosspointArray fast, ICrosspointArray slow, AnalogTile.Options periphery, int id = 1)
    {
        TransferBy by = name.EndsWith("column", StringComparison.Ordinal) ? TransferBy.Column : TransferBy.Row;
        return name switch
        {
            "sgd" => new PulsedSgd(slow, periphery, Seed, id),
            "mixed precision" => new MixedPrecision(slow, periphery, new(), Seed, id),
            "tiki-taka" or "tiki-taka column" =>
                new TikiTaka(fast, slow, periphery, new() { FastRate = 0.05f, TransferRate = 0.05f, Every = 2, By = by }, Seed, id),
            "tiki-taka hadamard" => new TikiTaka(
                fast, slow, periphery,
                new() { FastRate = 0.05f, TransferRate = 0.01f, Every = 2, Vectors = TransferVectors.Hadamard }, Seed, id),
            "tiki-taka two reads" => new TikiTaka(
                fast, slow, periphery, new() { FastRate = 0.05f, TransferRate = 0.05f, Every = 2, SeparateReads = true }, Seed, id),
            "ttv2" or "ttv2 column" => new TikiTaka2(
                fast, slow, periphery, new() { FastRate = 0.1f, TransferRate = 0.5f, Every = 2, By = by }, Seed, id),
            "ttv2 hysteresis" => new TikiTaka2(
                fast, slow, periphery, new() { FastRate = 0.1f, TransferRate = 0.5f, Every = 2, Hysteresis = 0.6f }, Seed, id),
            "c-ttv2" or "c-ttv2 column" => new ChoppedTikiTaka2(
                fast, slow, periphery, new() { FastRate = 0.1f, TransferRate = 0.5f, Every = 2, By = by }, Seed, id),
            "agad" or "agad column" => new Agad(
                fast, slow, periphery, new() { FastRate = 0.1f, TransferRate = 0.5f, Every = 2, By = by }, Seed, id),
            _ => throw new ArgumentException(name),
        };
    }

    /// <summary>Over noisy non-symmetric devices of 120 states, behind the paper's periphery.</summary>
    public static IWeightMatrix Matrix(string name, int inputs, int outputs, int id = 1) =>
        Matrix(name, Asymmetric(inputs, outputs, 120, 2 * id), Asymmetric(inputs, outputs, 120, (2 * id) + 1), Noisy, id);

    /// <summary>One weight everywhere.</summary>
    public static PaddedMatrix Constant(int inputs, int outputs, float value)
    {
        PaddedMatrix matrix = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            matrix.Row(i).Fill(value);
        }

        return matrix;
    }

    public static byte[] State(IWeightMatrix matrix)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        matrix.Save(writer);
        return stream.ToArray();
    }

    public static void Restore(IWeightMatrix matrix, byte[] state)
    {
        using BinaryReader reader = new(new MemoryStream(state));
        matrix.Load(reader);
    }
}
