using Crosspoint.Devices;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>
/// The network of A. V. Babu, B. Rajendran, "Stochastic deep learning in memristive networks", ICECS 2017, 214-217, in its three forms
/// (floating point, stochastic with floating-point weights, memristive), with every parameter that the paper gives or leaves open.
/// </summary>
internal sealed class BabuNetwork
{
    /// <summary>The form with exact products and updates.</summary>
    public const string FloatingPoint = "floatingPoint";

    /// <summary>The form whose passes and updates are pulse trains, on weights of unlimited resolution.</summary>
    public const string Stochastic = "stochastic";

    /// <summary>The stochastic form on pairs of unidirectional devices.</summary>
    public const string Memristive = "memristive";

    /// <summary>Best accuracy on the test images over the epochs, which is what the paper reports.</summary>
    public const string Accuracy = ImageTraining.Accuracy;

    /// <summary>Accuracy on the test images after the last epoch.</summary>
    public const string LastAccuracy = ImageTraining.LastAccuracy;

    /// <summary>Best accuracy on held-out training images over the epochs, where parameters are chosen.</summary>
    public const string ValidationAccuracy = ImageTraining.ValidationAccuracy;

    /// <summary>Accuracy on held-out training images after the last epoch.</summary>
    public const string LastValidationAccuracy = ImageTraining.LastValidationAccuracy;

    private static readonly int[] Widths = [784, 256, 128, 10];

    private readonly RunContext context;
    private readonly IWeightMatrix[] matrices;
    private readonly ImageTraining training;
    private readonly Preprocessing preprocessing;

    /// <summary>Builds the network that the parameters of a run describe.</summary>
    public BabuNetwork(RunContext context)
    {
        this.context = context;
        ParameterValues p = context.Parameters;
        bool validate = p.Text("evaluateOn") == "validation";
        (LabelledImages Train, LabelledImages Test) images = ImageTraining.Split(context.Train!, context.Test!, validate);

        matrices = [.. Enumerable.Range(1, Widths.Length - 1).Select(Matrix)];
        for (int k = 1; k <= matrices.Length; k++)
        {
            matrices[k - 1].Program(p.Text("initialWeights") == "glorot"
                ? InitialWeights.Glorot(matrices[k - 1], context.Seed, k)
                : InitialWeights.FanIn(matrices[k - 1], context.Seed, k));
        }

        preprocessing = new Preprocessing(p.Choice<MeanNormalization>("normalization"), images.Train);
        LearningSchedule schedule = new((float)p.Number("eta0"), p.Whole("halveEvery"));
        training = new ImageTraining(context, new MultilayerPerceptron(matrices), images, preprocessing, schedule, p.Whole("epochs"), validate);
    }

    /// <summary>The range that noisy inputs are clipped to: none, or what a pixel in [0, 1] becomes under a mean that all pixels share.</summary>
    public Evaluation.InputNoise ClippedToPixels =>
        context.Parameters.Has("noisyInputs") && context.Parameters.Text("noisyInputs") == "pixelRange"
            ? new Evaluation.InputNoise(0, preprocessing.Lowest, preprocessing.Highest)
            : Evaluation.InputNoise.None;

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

    /// <summary>Trains to the last epoch, from a checkpoint if there is one, and gives the curve with its best and last accuracy.</summary>
    /// <param name="further">Further metrics of the trained network.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public RunResult TrainToResult(Func<IEnumerable<Metric>>? further = null) => training.Run(further);

    /// <summary>Accuracy on noisy inputs, read with trains of another length.</summary>
    /// <param name="inferenceBitLength">BL of the reading; 0 reads exactly.</param>
    /// <param name="input">Noise on the inputs.</param>
    /// <param name="reading">Number of the reading: each draws trains of its own.</param>
    public double AccuracyUnderNoise(int inferenceBitLength, Evaluation.InputNoise input, int reading)
    {
        foreach (StochasticSgd matrix in matrices.OfType<StochasticSgd>())
        {
            matrix.InferenceBitLength = inferenceBitLength;
        }

        return training.Evaluation.Accuracy(context.Parameters.Whole("epochs") + reading, input, context.Cancellation);
    }

    private IWeightMatrix Matrix(int k)
    {
        ParameterValues p = context.Parameters;
        int inputs = Widths[k - 1] + 1, outputs = Widths[k], bitLength = p.Whole("bitLength");
        if (p.Text("network") == FloatingPoint)
        {
            return new DigitalSgd(inputs, outputs);
        }

        bool memristive = p.Text("network") == Memristive;
        StochasticSgd.Options options = new()
        {
            BitLength = bitLength,
            InferenceBitLength = bitLength,
            ExactPasses = p.Has("exactPasses") && p.Flag("exactPasses"),
            NoiseManagement = p.Flag("noiseManagement"),
            UpdateManagement = p.Flag("updateManagement"),
            ResetEvery = memristive ? p.Whole("resetEvery") : 0,
        };
        ICrosspointArray array = memristive
            ? new UnidirectionalPairArray(inputs, outputs, Pair(p))
            : new ConstantStepArray(inputs, outputs, (float)p.Number("step"));
        return new StochasticSgd(array, options, context.Seed, k);
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
