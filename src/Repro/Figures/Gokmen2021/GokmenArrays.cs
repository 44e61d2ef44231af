using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>
/// The arrays, periphery and algorithms of T. Gokmen, "Enabling training of neural networks on noisy hardware", Front. Artif. Intell.
/// 4:699148 (2021), with every parameter that the paper gives or leaves open.
/// </summary>
internal static class GokmenArrays
{
    /// <summary>Exact products and updates.</summary>
    public const string FloatingPoint = "floatingPoint";

    /// <summary>Gradient descent by pulses on one array.</summary>
    public const string Sgd = "sgd";

    /// <summary>Algorithm 1.</summary>
    public const string TikiTaka = "tikiTaka";

    /// <summary>Algorithm 2.</summary>
    public const string Ttv2 = "ttv2";

    /// <summary>Its chopped descendant.</summary>
    public const string ChoppedTtv2 = "cTtv2";

    /// <summary>Its descendant with a running reference.</summary>
    public const string Agad = "agad";

    /// <summary>Gradients accumulated digitally, weights on devices.</summary>
    public const string MixedPrecision = "mixedPrecision";

    private const ulong DeviceStream = 0x80;

    /// <summary>The algorithms by their names.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [FloatingPoint, Sgd, TikiTaka, Ttv2, ChoppedTtv2, Agad, MixedPrecision];

    /// <summary>Parameters of devices, periphery and algorithms.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("algorithm", Ttv2, "1", "paper; cTtv2, agad and mixedPrecision are later than it", Words: Algorithms),
        DeviceParameter.Declared,
        new("symmetric", false, "1", "paper: a symmetric device has no slopes, everything else unchanged"),
        new("symmetricBound", 0.0, "weight", "chosen: hard bounds of symmetric devices, the range that states are counted in is 0.6; 0 for none", 0, 1000, AddedLater: true),
        new("muDw", 0.001, "weight", "paper: 1,200 states", 1e-7, 1),
        new("sigmaDw", 0.3, "1", "paper", 0, 10),
        new("muSlope", 1.66, "1/weight", "paper", 0, 1000),
        new("sigmaSlope", 0.2, "1", "paper; 0.1 and 0.3 gave the same", 0, 10),
        new("sigmaCycle", 0.3, "step", "paper", 0, 10),
        new("additiveNoise", false, "1", "paper: multiplicative in figure 3, additive for Models I to III"),
        new("readNoise", 0.06, "weight", "paper: 10 % of the nominal range", 0, 10),
        new("outputBound", 12.0, "weight", "paper: 20 times the nominal range", 1e-3, 1e9),
        new("dacBits", 7, "bit", "paper", 2, 24),
        new("adcBits", 9, "bit", "paper", 2, 24),
        new("weightRange", 2.0, "weight", "paper: [-0.6, 0.6] of the array stands for [-2, 2]", 1e-3, 1e3),
        new("maxBitLength", 128, "slot", "chosen: the paper sets no limit to the slots of an update", 1, 4096),
        new("eta", 0.005, "1", "chosen: rate of floating point and SGD, in logical weights", 1e-9, 100),
        new("fastRate", 0.1, "weight", "chosen: validation; eta_a, rate of A", 1e-9, 1000),
        new("fastRateOfOutput", 1.0, "1", "chosen: validation; factor of eta_a in the softmax layer, whose errors are the largest", 1e-6, 1000),
        new("transferRate", 1.0, "1/weight", "chosen: validation; eta_c, of what A reads into C or, in thresholds, into H", 1e-9, 1e6),
        new("rateFactor", 1.0, "1", "chosen: validation; factor of eta, or of eta_c, from epoch to epoch", 0.01, 1),
        new("transferEvery", 5, "updates", "paper: n_s, 5 was best", 1, 1_000_000),
        new("gamma", 1.0, "1", "chosen: part of A in what Tiki-Taka reads", 0, 100),
        new("threshold", 0.06, "weight", "paper: Tiki-Taka's T, the noise of a read", 0, 10),
        new("turnedFast", false, "1", "chosen, for speed alone: A lies with its output lines as rows; TTv2, c-TTv2 and AGAD", AddedLater: true),
        new("hysteresis", 0.0, "1", "paper: 0 plain, 0.6 the hysteretic threshold", 0, 1),
    ];

    /// <summary>The device that the parameters describe.</summary>
    public static DeviceModel Device(ParameterValues p)
    {
        if (DeviceParameter.Decode(p.Text(DeviceParameter.Name)) is { } preset)
        {
            return preset.Model;
        }

        float slope = p.Flag("symmetric") ? 0 : (float)p.Number("muSlope"), spread = (float)p.Number("sigmaSlope");
        float noise = (float)p.Number("sigmaCycle");
        bool additive = p.Flag("additiveNoise");
        float bound = p.Flag("symmetric") ? (float)p.Number("symmetricBound") : 0;
        LinearStepModel device = new()
        {
            Step = new((float)p.Number("muDw"), (float)p.Number("sigmaDw")),
            UpSlope = new(slope, spread),
            DownSlope = new(slope, spread),
            CycleNoise = additive ? 0 : noise,
            AdditiveNoise = additive ? noise : 0,
        };
        return bound > 0 ? device with { Bounded = true, Low = -bound, High = bound } : device;
    }

    /// <summary>The periphery that the parameters describe: noise management both ways, bound management forward, none for transfers.</summary>
    public static AnalogTile.Options Periphery(ParameterValues p)
    {
        ReadParameters plain = new()
        {
            Dac = new Quantizer(1, Quantizer.ResolutionOfBits(p.Whole("dacBits"))),
            Adc = new Quantizer((float)p.Number("outputBound"), Quantizer.ResolutionOfBits(p.Whole("adcBits"))),
            OutputNoise = (float)p.Number("readNoise"),
        };
        ReadParameters managed = plain with { NoiseManagement = NoiseManagement.AbsoluteMaximum };
        return new AnalogTile.Options
        {
            Forward = managed with { BoundManagement = BoundManagement.Iterative },
            Backward = managed,
            Transfer = plain,
            Scale = (float)p.Number("weightRange") / 0.6f,
            BitLength = p.Whole("maxBitLength"),
        };
    }

    /// <summary>What a matrix is told as its rate: η of floating point, SGD and mixed precision, a factor of η_c of the others.</summary>
    public static GeometricSchedule Schedule(ParameterValues p) => new(
        p.Text("algorithm") is FloatingPoint or Sgd or MixedPrecision ? (float)p.Number("eta") : 1, (float)p.Number("rateFactor"));

    /// <summary>A weight matrix under the algorithm of the parameters.</summary>
    /// <param name="p">The parameters.</param>
    /// <param name="inputs">Input lines.</param>
    /// <param name="outputs">Output lines.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix, from 1.</param>
    /// <param name="isOutput">Whether it is the softmax layer.</param>
    /// <param name="reuse">Updates that one example brings, as the patches of a convolution do: n_s counts examples.</param>
    /// <param name="watch">Puts an observer around an array, by the numbers of matrix and array; <see langword="null"/> for none.</param>
    public static IWeightMatrix Matrix(
        ParameterValues p, int inputs, int outputs, ulong seed, int id, bool isOutput, int reuse = 1,
        Func<int, int, ICrosspointArray, ICrosspointArray>? watch = null)
    {
        AnalogTile.Options periphery = Periphery(p);
        float fast = (float)(p.Number("fastRate") * (isOutput ? p.Number("fastRateOfOutput") : 1));
        float transfer = (float)p.Number("transferRate"), hysteresis = (float)p.Number("hysteresis");
        int every = p.Whole("transferEvery") * reuse;
        bool turned = p.Flag("turnedFast") && p.Text("algorithm") is not TikiTaka;
        return p.Text("algorithm") switch
        {
            FloatingPoint => new DigitalSgd(inputs, outputs),
            Sgd => new PulsedSgd(Array(0), periphery, seed, id),
            TikiTaka => new TikiTaka(
                Array(0), Array(1), periphery,
                new()
                {
                    FastRate = fast,
                    TransferRate = transfer,
                    Every = every,
                    Gamma = (float)p.Number("gamma"),
                    Threshold = (float)p.Number("threshold"),
                },
                seed, id),
            Ttv2 => new TikiTaka2(
                Array(0), Array(1), periphery, new() { FastRate = fast, TransferRate = transfer, Every = every, Hysteresis = hysteresis, TurnedFast = turned }, seed, id),
            ChoppedTtv2 => new ChoppedTikiTaka2(
                Array(0), Array(1), periphery, new() { FastRate = fast, TransferRate = transfer, Every = every, Hysteresis = hysteresis, TurnedFast = turned }, seed, id),
            Agad => new Agad(
                Array(0), Array(1), periphery, new() { FastRate = fast, TransferRate = transfer, Every = every, Hysteresis = hysteresis, TurnedFast = turned }, seed, id),
            _ => new MixedPrecision(Array(0), periphery, new(), seed, id),
        };

        ICrosspointArray Array(int tile)
        {
            RandomAddress at = new Moment(Phase.Train, 0).Tile(seed, id, tile);
            (int rows, int columns) = turned && tile == 0 ? (outputs, inputs) : (inputs, outputs);
            ICrosspointArray array = Device(p).Create(rows, columns, at with { Stream = at.Stream | DeviceStream });
            return watch is null ? array : watch(id, tile, array);
        }
    }
}
