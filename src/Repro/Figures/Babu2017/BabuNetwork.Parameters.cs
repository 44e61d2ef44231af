using Crosspoint.Devices;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <content>What the paper gives or leaves open.</content>
internal sealed partial class BabuNetwork
{
    /// <summary>The parameters of the paper's synapse.</summary>
    public static IReadOnlyList<Parameter> DeviceParameters { get; } =
    [
        new("states", 32, "1", "paper", 2, 65_536),
        new("onOffRatio", 15.0, "1", "paper; fixes B in siemens and cancels in the weight", 1.0001, 1e9),
        new("maxWeight", 0.25, "weight", "chosen: validation, fig5-study", 1e-3, 1e3),
        new("sigma", 0.1, "B", "paper", 0, 100),
        new("programmingNoise", "perEvent", "1", "derived: figure 2 shows one error an event", Words: ["perEvent", "perPulse"]),
        new("resetEvery", 15, "images", "paper", 0, 1_000_000),
        new("resetSelection", "saturated", "1",
            "chosen: validation, fig5-study; the paper resets so that devices at G_max can learn again",
            Words: ["all", "saturated", "bothRaised"]),
        new("saturationFraction", 0.95, "range", "chosen: where a device counts as saturated", 1e-3, 1),
        new("resetWrite", "noisy", "1", "chosen: validation, fig5-study; a reset programs with the error of any event",
            Words: ["exact", "noisy", "rounded"]),
    ];

    /// <summary>The parameters of the paper's network and synapse.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("network", Memristive, "1", "paper", Words: [FloatingPoint, Stochastic, Memristive]),
        new("epochs", 30, "epochs", "paper", 1, 10_000),
        new("eta0", 0.01, "1", "chosen: the schedule of Gokmen and Vlasov 2016 for this network, confirmed by validation", 1e-6, 10),
        new("halveEvery", 10, "epochs", "chosen: the schedule of Gokmen and Vlasov 2016", 1, 10_000),
        new("bitLength", 10, "slots", "paper", 1, 256),
        new("step", 0.001, "weight", "chosen: all gains are 1 at BL = 10 and eta = 0.01; the stochastic network without devices", 1e-9, 10),
        new("normalization", "global", "1", "chosen: the paper says mean normalization", Words: ["none", "global", "perPixel"]),
        new("initialWeights", "glorot", "1", "chosen", Words: ["glorot", "fanIn"]),
        new("noiseManagement", true, "1", "chosen: errors scaled by their maximum in the backward trains"),
        new("updateManagement", false, "1", "chosen: not in the paper"),
        .. DeviceParameters,
        new("evaluateOn", "test", "1", "test: the test images; validation: the last sixth of the training images, held out",
            Words: ["test", "validation"]),
    ];

    /// <summary>Seconds of one run on one core while the other is as busy, for estimates; on all of MNIST.</summary>
    public static double ExpectedSeconds(ParameterValues p)
    {
        double microseconds = p.Text("network") switch
        {
            FloatingPoint => 25,
            Stochastic => 20 + (0.4 * p.Whole("bitLength")),
            _ => 20 + (0.25 * p.Whole("bitLength")),
        };
        return p.Whole("epochs") * 60_000 * microseconds * 1e-6;
    }

    /// <summary>The two-device synapse that the parameters describe.</summary>
    public static UnidirectionalPairArray.Parameters Pair(ParameterValues p) => new()
    {
        States = p.Whole("states"),
        OnOffRatio = (float)p.Number("onOffRatio"),
        MaxWeight = (float)p.Number("maxWeight"),
        Sigma = (float)p.Number("sigma"),
        Noise = p.Choice<ProgrammingNoise>("programmingNoise"),
        Selection = p.Choice<ResetSelection>("resetSelection"),
        SaturationFraction = (float)p.Number("saturationFraction"),
        Write = p.Choice<ResetWrite>("resetWrite"),
    };
}
