using Crosspoint.Devices;
using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training.Data;
using Crosspoint.Training.SignPulses;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>
/// The systems of C. H. Bennett, V. Parmar, L. E. Calvet, J.-O. Klein, M. Suri, M. J. Marinella, D. Querlioz, IEEE Access 7, 73938 (2019),
/// with every parameter that the paper gives or leaves open: what a figure sets, and how devices and networks follow from it.
/// </summary>
internal static class BennettSystem
{
    /// <summary>Random first layer, trained output layer.</summary>
    public const string NoProp = "noprop";

    /// <summary>Two trained layers.</summary>
    public const string Mlp = "mlp";

    /// <summary>One trained layer over the pixels.</summary>
    public const string OneLayer = "oneLayer";

    /// <summary>Devices of equal steps.</summary>
    public const string Linear = "linear";

    /// <summary>Devices whose steps shrink.</summary>
    public const string Nonlinear = "nonlinear";

    /// <summary>Floating-point weights: ridge regression behind the random layer, gradient descent in the MLP.</summary>
    public const string Software = "software";

    /// <summary>Weights of the ridge regression, written to devices.</summary>
    public const string OffChip = "offChip";

    /// <summary>Accuracy at the end: the mean of the last five evaluations.</summary>
    public const string Accuracy = "test_accuracy_percent";

    /// <summary>The same on held-out training images, where parameters are chosen.</summary>
    public const string ValidationAccuracy = "validation_accuracy_percent";

    /// <summary>The best of all evaluations.</summary>
    public const string BestAccuracy = "best_test_accuracy_percent";

    /// <summary>Training samples from one evaluation to the next.</summary>
    public const int EvaluateEvery = 10_000;

    /// <summary>Evaluations whose mean is <see cref="Accuracy"/>.</summary>
    public const int LastEvaluations = 5;

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    /// <summary>Every parameter.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("system", NoProp, "1", "paper", Words: [NoProp, Mlp, OneLayer]),
        new("device", Linear, "1", "paper", Words: [Linear, Nonlinear, Software, OffChip]),
        new("hidden", 3000, "units", "paper: M", 1, 20_000),
        new("nopropEpochs", 3, "epochs", "paper", 1, 1_000),
        new("mlpEpochs", 8, "epochs", "paper", 1, 1_000),
        new("batch", 100, "samples", "paper: one programming cycle of the MLP", 1, 10_000),
        new("nopropBatch", 1, "samples", "paper: NoProp writes sample by sample", 1, 10_000),
        new("rule", "sWH", "1", "paper: pulses for a wrong output, 1, |T - O| = 2 or (T - O)^2 = 4", Words: ["sWH", "L1", "L2"]),
        new("levels", 256, "levels", "paper: g", 2, 65_536),
        new("secondLevels", 0, "levels", "paper: g of the second layer; 0 for as many as in the first", 0, 65_536),
        new("levelsDeviation", 0.0, "g", "paper: spread of g from device to device", 0, 10),
        new("extremaDeviation", 0.0, "range", "paper: spread of G_max and G_min from device to device", 0, 10),
        new("asymmetry", 1.0, "1", "paper: zeta, RESET against SET", 1e-3, 100),
        new("writeNoise", 0.0, "step", "paper: sigma of eq. 13", 0, 100),
        new("alphaSet", 0.15, "1", "chosen: validation, study-alpha; the paper gives no value", 1e-3, 100),
        new("alphaReset", 0.15, "1", "chosen: validation, study-alpha; the paper gives no value", 1e-3, 100),
        new("clip", 0.1, "range", "paper: the outer tenths are left out of the fit; chosen: and of the operation", 0, 0.49),
        new("pair", "both", "1", "paper: both devices of a pair are written", Words: ["both", "random", "alternating", "reference"]),
        new("start", 0.1, "range", "chosen: validation, study-inputs; the paper has the whole range, 1", 0, 1),
        new("inputs", "twoSided", "1", "paper: eq. 5, inputs in [-1, 1]; study-inputs", Words: ["twoSided", "oneSided"]),
        new("bias", false, "1", "chosen: constant inputs of the random and the output layer; the paper calls them optional"),
        new("activation", "tanh", "1", "paper", Words: ["tanh", "sigmoid", "relu", "rectifier"]),
        new("gain", 0.1, "1/range", "chosen: validation, study-gain; kappa of tanh(kappa a), the paper's gain factor has no unit", 1e-6, 1e3),
        new("softmaxGain", 0.15, "1/range", "chosen: validation, study-gain; gamma", 1e-6, 1e3),
        new("deadZone", 0.0, "1", "chosen: not in the paper; study-deadzone", 0, 10),
        new("firstSum", "gradient", "1", "paper: eq. 11; study-batch", Words: ["gradient", "signOfInput", "signOfBoth"]),
        new("secondSum", "gradient", "1", "paper: eq. 10; study-batch", Words: ["gradient", "signOfInput", "signOfBoth"]),
        new("rate", 0.1, "1", "chosen: learning rate of the software MLP", 1e-6, 100),
        new("lambda", 1.0, "1", "chosen: ridge parameter, insensitive from 1 to 1,000", 1e-9, 1e9),
        new("curve", false, "1", "whether the course is stored, or only its end", Records: true),
        new("trainImages", 60_000, "images", "paper", 100, 60_000),
        new("evaluateOn", "test", "1", "test: the test images; validation: the last sixth of the training images, held out",
            Words: ["test", "validation"]),
    ];

    /// <summary>The voltages that pixels stand for.</summary>
    public static PixelCoding Coding(ParameterValues p) => p.Text("inputs") == "twoSided" ? PixelCoding.TwoSided : PixelCoding.OneSided;

    /// <summary>Pulses that a wrong output is answered with.</summary>
    public static int Pulses(ParameterValues p) => p.Text("rule") switch { "L1" => 2, "L2" => 4, _ => 1 };

    /// <summary>The devices of a synapse, in units of the mean range of one device.</summary>
    /// <param name="p">The parameters.</param>
    /// <param name="levels">g.</param>
    public static DeviceModel Synapse(ParameterValues p, int levels)
    {
        JumpModel device = p.Text("device") == Nonlinear
            ? new NonlinearJumpModel
            {
                SetStrength = (float)p.Number("alphaSet"),
                ResetStrength = (float)p.Number("alphaReset"),
                Clip = (float)p.Number("clip"),
                StuckWeight = 0.5f,
            }
            : new LinearJumpModel();
        device = device with
        {
            Levels = new Spread(levels, (float)p.Number("levelsDeviation")),
            ExtremaDeviation = (float)p.Number("extremaDeviation"),
            Asymmetry = (float)p.Number("asymmetry"),
            CycleNoise = (float)p.Number("writeNoise"),
            States = p.Text("device") == OffChip ? levels : 0,
        };
        return p.Text("pair") == "reference"
            ? new ReferencedDeviceModel { Device = device, Reference = 0.5f }
            : new DifferentialPairModel { Device = device, Pulses = p.Choice<PairPulses>("pair"), Center = 0.5f };
    }

    /// <summary>An array of synapses where its devices begin: uniformly between their extrema, or closer to zero weight.</summary>
    /// <param name="p">The parameters.</param>
    /// <param name="levels">g.</param>
    /// <param name="inputs">Rows.</param>
    /// <param name="outputs">Columns.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array in its network, from 1.</param>
    public static ICrosspointArray Array(ParameterValues p, int levels, int inputs, int outputs, ulong seed, int id)
    {
        ICrosspointArray array = Synapse(p, levels).Create(inputs, outputs, DeviceAddress(seed, id));
        float start = (float)p.Number("start");
        if (start < 1)
        {
            PaddedMatrix weights = new(inputs, outputs);
            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    weights[i, j] = start * array.Weights[i, j];
                }
            }

            array.Program(weights);
        }

        return array;
    }

    /// <summary>The weights of a random layer: two devices in their OFF state for each, which are never written (eq. 8).</summary>
    /// <param name="inputs">Rows, the constant input included.</param>
    /// <param name="hidden">Columns.</param>
    /// <param name="seed">The seed of the run.</param>
    public static PaddedMatrix RandomWeights(int inputs, int hidden, ulong seed) =>
        new DifferentialPairModel { Device = new OffStateModel() }.Create(inputs, hidden, DeviceAddress(seed, 1)).Weights;

    /// <summary>Where the devices of an array are drawn.</summary>
    public static RandomAddress DeviceAddress(ulong seed, int id) => new(seed, ((ulong)id << 40) | 0xBE2019, 0);

    /// <summary>The activation of hidden units.</summary>
    public static HiddenActivation Activation(ParameterValues p)
    {
        float gain = (float)p.Number("gain");
        return p.Text("activation") switch
        {
            "tanh" => new HiddenActivation(ActivationShape.Tanh, gain),
            "sigmoid" => new HiddenActivation(ActivationShape.Sigmoid, gain),
            "relu" => new HiddenActivation(ActivationShape.Rectifier, gain, 1, 0),
            _ => new HiddenActivation(ActivationShape.Rectifier, gain, 1.5f, 0.1f),
        };
    }

    /// <summary>Seconds of one run on one core while the other is as busy, for estimates.</summary>
    public static double ExpectedSeconds(ParameterValues p)
    {
        double images = p.Whole("trainImages") / 60_000.0, wide = p.Whole("hidden") / 3000.0;
        double looks = p.Flag("curve") ? 1.3 : 1.1;
        return (p.Text("system"), p.Text("device")) switch
        {
            (OneLayer, _) => 0.5 * images * p.Whole("nopropEpochs"),
            (NoProp, Software or OffChip) => (4 * wide * images) + (2.5 * wide * wide),
            (NoProp, _) => images * wide * (1.5 + (0.3 * looks * p.Whole("nopropEpochs"))),
            _ => images * looks * p.Whole("mlpEpochs") * (0.2 + (0.0015 * p.Whole("hidden"))),
        };
    }
}
