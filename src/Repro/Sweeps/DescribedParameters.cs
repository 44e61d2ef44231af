using Crosspoint.Devices.Presets;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;
using Crosspoint.Training.Layers;

namespace Crosspoint.Repro.Sweeps;

/// <summary>
/// Everything that a description of a network and its training may say, section by section. The reader, the schema, the echo and the keys of
/// results are all made from this list; the device is described by its preset.
/// </summary>
internal static class DescribedParameters
{
    /// <summary>The kind of the network.</summary>
    public const string Network = "network.kind";

    /// <summary>The algorithm.</summary>
    public const string Algorithm = "algorithm.kind";

    /// <summary>The device as a whole preset; a description says <c>device</c> and a name, a file or a model.</summary>
    public const string Device = "device.preset";

    /// <summary>The text that is read; results depend on what is in it, not on its name.</summary>
    public const string Text = "data.text";

    private const double Huge = 1e30;

    /// <summary>All of them, in the order in which they are echoed.</summary>
    public static IReadOnlyList<DescribedParameter> All { get; } =
    [
        .. Data(), .. NetworkParts(), .. AlgorithmOptions(),
        Of(Device, string.Empty, "1", "the device, as crosspoint device show --json writes it", algorithms: Kinds.OnDevices),
        .. Periphery(), .. TrainingLoop(),
    ];

    /// <summary>They by their paths.</summary>
    public static IReadOnlyDictionary<string, DescribedParameter> ByPath { get; } = All.ToDictionary(parameter => parameter.Path);

    private static IEnumerable<DescribedParameter> Data() =>
    [
        Of("data.train", 0, "1", "images or characters to train on, the first ones; 0 for all", 0, int.MaxValue),
        Of("data.test", 0, "1", "images or characters to test on, the first ones; 0 for all", 0, int.MaxValue),
        Of("data.evaluateOn", "test", "1", "test, or validation: a part of the training data, held out: the last sixth of images, of a text as much as the test", words: ["test", "validation"]),
        Of(Text, string.Empty, "1", "a text file instead of War and Peace, by its path from this file", networks: Kinds.Texts),
        Word("data.normalization", MeanNormalization.Global, "the mean that is subtracted from pixels", networks: Kinds.Images),
    ];

    private static IEnumerable<DescribedParameter> NetworkParts() =>
    [
        Of(Network, Kinds.Perceptron, "1", "mlp and convolution read the digits of MNIST, lstm a text", words: Kinds.Networks),
        new(new("network.hidden", "256-128", "units", "widths of the hidden dense layers; of an lstm the cells of its blocks, from the input on", 1, 65_536), IsList: true)
        {
            Defaults = new Dictionary<string, object> { [Kinds.Convolutional] = "128", [Kinds.Lstm] = "64-64" },
        },
        Word("network.activation", ActivationFunction.Sigmoid, "function of hidden units", networks: Kinds.Images) with
        {
            Defaults = new Dictionary<string, object> { [Kinds.Convolutional] = PresetWriter.Word(ActivationFunction.Tanh) },
        },
        new(new("network.channels", "16-32", "kernels", "kernels of the convolutions, each with 2 x 2 max pooling behind it", 1, 4096), [Kinds.Convolutional], IsList: true),
        Of("network.kernel", 5, "pixels", "width and height of the kernels", 1, 27, networks: [Kinds.Convolutional]),
        Of("network.unroll", 100, "characters", "window of back-propagation through time", 1, 10_000, networks: Kinds.Texts),
        Of("network.initialWeights", "glorot", "1", "law of the initial weights; those of an lstm are uniform within 1 / √cells", words: ["glorot", "fanIn"], networks: Kinds.Images),
    ];

    private static IEnumerable<DescribedParameter> AlgorithmOptions() =>
    [
        Of(Algorithm, Kinds.FloatingPoint, "1", "how weights are read and updated", words: Kinds.Algorithms),
        Of("algorithm.bitLength", 10, "slots", "slots of a pulse train in training", 1, PulseTrains.MaxBitLength, algorithms: [Kinds.Stochastic]),
        Of("algorithm.inferenceBitLength", 10, "slots", "slots of a train at inference; 0 reads exactly", 0, StochasticSgd.MaxInferenceBitLength, algorithms: [Kinds.Stochastic]),
        Of("algorithm.exactPasses", false, "1", "training reads exactly, only the update is coded", algorithms: [Kinds.Stochastic]),
        Of("algorithm.noiseManagement", true, "1", "errors are scaled by their largest magnitude before they are coded", algorithms: [Kinds.Stochastic]),
        Of("algorithm.updateManagement", false, "1", "rows and columns pulse equally often at their maxima", algorithms: [Kinds.Stochastic]),
        Of("algorithm.bitLengthManagement", false, "1", "trains are as short as the largest input and error allow", algorithms: [Kinds.Stochastic]),
        Of("algorithm.resetEvery", 0, "updates", "updates from one reset of the array to the next; 0 for never", 0, 1_000_000, algorithms: [Kinds.Stochastic]),
        Of("algorithm.fastRate", 0.1, "weight", "η_a, rate of the fast array", 1e-9, 1000, algorithms: Kinds.Transfers),
        Of("algorithm.transferRate", 0.1, "1/weight", "η_c, of what the fast array reads into the slow one; training.rate multiplies it", 1e-9, 1e6, algorithms: Kinds.Transfers),
        Of("algorithm.every", 5, "updates", "n_s, updates from one transfer to the next", 1, 1_000_000, algorithms: [.. Kinds.Transfers, Kinds.MixedPrecision]) with
        {
            Defaults = new Dictionary<string, object> { [Kinds.MixedPrecision] = 1 },
        },
        Word("algorithm.by", TransferBy.Row, "lines that are transferred", algorithms: Kinds.Transfers),
        Of("algorithm.scheduleFastRate", false, "1", "training.rate multiplies fastRate too", algorithms: Kinds.Transfers),
        Of("algorithm.turnedFast", false, "1", "the fast array lies with its output lines as rows, which is quicker where they pulse more rarely than the inputs", algorithms: [Kinds.Ttv2, Kinds.ChoppedTtv2, Kinds.Agad]),
        Of("algorithm.gamma", 1.0, "1", "γ, part of the fast array in what is read", 0, 100, algorithms: [Kinds.TikiTaka]),
        Of("algorithm.threshold", 0.06, "weight", "T, reads of the fast array below it count as nothing", 0, 1000, algorithms: [Kinds.TikiTaka]),
        Word("algorithm.vectors", TransferVectors.OneHot, "vectors that the fast array is read by", algorithms: [Kinds.TikiTaka]),
        Of("algorithm.separateReads", false, "1", "fast and slow array are read one after the other", algorithms: [Kinds.TikiTaka]),
        Of("algorithm.hysteresis", 0.0, "1", "κ, where the digital filter goes after it fired; 0.6 in the paper's hysteretic threshold", 0, 1, algorithms: [Kinds.Ttv2, Kinds.ChoppedTtv2, Kinds.Agad]),
        Of("algorithm.flipProbability", 0.1, "1", "probability that a line's sign flips after a read", 1e-6, 1, algorithms: [Kinds.ChoppedTtv2, Kinds.Agad]),
        Word("algorithm.flips", ChopperFlips.Random, "when signs flip", algorithms: [Kinds.ChoppedTtv2, Kinds.Agad]) with
        {
            Defaults = new Dictionary<string, object> { [Kinds.Agad] = PresetWriter.Word(ChopperFlips.Regular) },
        },
        Of("algorithm.meanRate", 0.5, "1", "β, weight of a new read in the running mean", 1e-6, 1, algorithms: [Kinds.Agad]),
        Of("algorithm.largestPulses", 31, "pulses", "most pulses of a cross-point in one transfer", 1, 250, algorithms: [Kinds.MixedPrecision]),
    ];

    private static IEnumerable<DescribedParameter> Periphery() =>
    [
        Of("periphery.scale", 1.0, "1", "weight of the network over weight of the array", 1e-9, 1e9, algorithms: Kinds.Analog),
        Word("periphery.scaling", WeightScaling.Fixed, "how the scale is chosen when initial weights are programmed", algorithms: Kinds.Analog),
        Of("periphery.largestWeight", 0.6, "weight", "where scaling puts the largest weight", 1e-9, 1e9, algorithms: Kinds.Analog),
        Word("periphery.scheme", PulseScheme.Stochastic, "how an update reaches the devices", algorithms: Kinds.Analog),
        Of("periphery.bitLength", 31, "slots", "slots of an update's trains, with bit-length management the most there may be", 1, PulseTrains.MaxBitLength, algorithms: Kinds.Analog),
        Of("periphery.updateManagement", true, "1", "rows and columns pulse equally often at their maxima", algorithms: Kinds.Analog),
        Of("periphery.bitLengthManagement", true, "1", "trains are as short as the largest input and error allow", algorithms: Kinds.Analog),
        .. Direction("forward", NoiseManagement.AbsoluteMaximum, BoundManagement.Iterative, Kinds.Analog),
        .. Direction("backward", NoiseManagement.AbsoluteMaximum, BoundManagement.None, Kinds.Analog),
        .. Direction("transfer", NoiseManagement.None, BoundManagement.None, Kinds.Transfers),
    ];

    // As usual, the baseline of T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016): 7-bit DAC, 9-bit ADC, noise of 0.06, bound of 12.
    private static IEnumerable<DescribedParameter> Direction(string name, NoiseManagement noise, BoundManagement bound, string[] algorithms)
    {
        string at = $"periphery.{name}.";
        return
        [
            Of(at + "dacBits", 7, "bits", "of the input converter; 0 for no rounding", 0, 24, algorithms: algorithms),
            Of(at + "dacBound", 1.0, "1", "where inputs clip; 0 for nowhere", 0, Huge, algorithms: algorithms),
            Of(at + "adcBits", 9, "bits", "of the output converter; 0 for no rounding", 0, 24, algorithms: algorithms),
            Of(at + "adcBound", 12.0, "weight", "where outputs clip; 0 for nowhere", 0, Huge, algorithms: algorithms),
            Of(at + "inputNoise", 0.0, "1", "standard deviation on each input", 0, Huge, algorithms: algorithms),
            Of(at + "outputNoise", 0.06, "weight", "standard deviation on each output", 0, Huge, algorithms: algorithms),
            Of(at + "weightNoise", 0.0, "weight", "standard deviation on each weight and read", 0, Huge, algorithms: algorithms),
            Word(at + "weightNoiseForm", WeightReadNoise.PerCrosspoint, "how it is drawn", algorithms: algorithms),
            Word(at + "noiseManagement", noise, "how the range of the inputs is chosen", algorithms: algorithms),
            Of(at + "largestRange", 0.0, "1", "largest range of noise management; 0 for any", 0, Huge, algorithms: algorithms),
            Of(at + "constantRange", 1.0, "1", "range of the constant noise management", 1e-30, Huge, algorithms: algorithms),
            Of(at + "averageDecay", 0.001, "1", "weight of a new read in the running average", 1e-9, 1, algorithms: algorithms),
            Of(at + "assumedWeight", 0.6, "weight", "that positiveNegativeSum assumes", 1e-9, Huge, algorithms: algorithms),
            Word(at + "boundManagement", bound, "what happens when a read clipped", algorithms: algorithms),
            Of(at + "largestReduction", 1000.0, "1", "of the inputs, where bound management ends", 0, Huge, algorithms: algorithms),
            Of(at + "coarsestResolution", 0.25, "1", "step of the inputs, where bound management ends", 1e-9, Huge, algorithms: algorithms),
        ];
    }

    private static IEnumerable<DescribedParameter> TrainingLoop() =>
    [
        Of("training.epochs", 10, "epochs", "passes over the training data", 1, 100_000),
        Of("training.rate", 0.01, "1", "learning rate η; with a transferring algorithm a factor of transferRate, and then 1 as a rule", 0, 1000) with
        {
            Defaults = Kinds.Transfers.ToDictionary(name => name, _ => (object)1.0),
        },
        Of("training.halveEvery", 0, "epochs", "epochs after which the rate is halved; 0 for never", 0, 100_000, networks: Kinds.Images),
        Of("training.rateFactor", 1.0, "1", "factor of the rate from epoch to epoch", 1e-6, 1, networks: Kinds.Texts),
    ];

    private static DescribedParameter Of(
        string path, object usual, string unit, string meaning, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity,
        string[]? words = null, string[]? networks = null, string[]? algorithms = null) =>
        new(new Parameter(path, usual, unit, meaning, minimum, maximum, words), networks, algorithms);

    private static DescribedParameter Word<T>(string path, T usual, string meaning, string[]? networks = null, string[]? algorithms = null)
        where T : struct, Enum =>
        Of(path, PresetWriter.Word(usual), "1", meaning, words: [.. Enum.GetValues<T>().Select(value => PresetWriter.Word(value))], networks: networks, algorithms: algorithms);
}
