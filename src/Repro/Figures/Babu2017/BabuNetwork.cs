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
internal sealed partial class BabuNetwork
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
}
