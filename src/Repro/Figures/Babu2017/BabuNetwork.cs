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
    public const string Accuracy = "test_accuracy_percent";

    /// <summary>Accuracy on the test images after the last epoch.</summary>
    public const string LastAccuracy = "last_test_accuracy_percent";

    /// <summary>Best accuracy on held-out training images over the epochs, where parameters are chosen.</summary>
    public const string ValidationAccuracy = "validation_accuracy_percent";

    /// <summary>Accuracy on held-out training images after the last epoch.</summary>
    public const string LastValidationAccuracy = "last_validation_accuracy_percent";

    private static readonly int[] Widths = [784, 256, 128, 10];

    private readonly RunContext context;
    private readonly IWeightMatrix[] matrices;
    private readonly Trainer trainer;
    private readonly Evaluation evaluation;
    private readonly List<double[]> curve = [];
    private readonly bool validate;
    private readonly Preprocessing preprocessing;

    /// <summary>Builds the network that the parameters of a run describe.</summary>
    public BabuNetwork(RunContext context)
    {
        this.context = context;
        ParameterValues p = context.Parameters;
        validate = p.Text("evaluateOn") == "validation";
        LabelledImages all = context.Train!;
        int held = all.Count / 6;
        LabelledImages train = validate ? all.Slice(0, all.Count - held, all.Name) : all;
        LabelledImages test = validate ? all.Slice(all.Count - held, held, all.Name) : context.Test!;

        matrices = [.. Enumerable.Range(1, Widths.Length - 1).Select(Matrix)];
        for (int k = 1; k <= matrices.Length; k++)
        {
            matrices[k - 1].Program(p.Text("initialWeights") == "glorot"
                ? InitialWeights.Glorot(matrices[k - 1], context.Seed, k)
                : InitialWeights.FanIn(matrices[k - 1], context.Seed, k));
        }

        MultilayerPerceptron network = new(matrices);
        preprocessing = new Preprocessing(p.Choice<MeanNormalization>("normalization"), train);
        LearningSchedule schedule = new((float)p.Number("eta0"), p.Whole("halveEvery"));
        trainer = new Trainer(network, train, preprocessing, schedule, context.Seed);
        evaluation = new Evaluation(network, test, preprocessing, validate ? Phase.Validate : Phase.Test, context.Seed);
    }

    /// <summary>The columns of <see cref="Curve"/>.</summary>
    public IReadOnlyList<string> CurveColumns => ["epoch", "training_loss_nats", validate ? ValidationAccuracy : Accuracy];

    /// <summary>The range that noisy inputs are clipped to: none, or what a pixel in [0, 1] becomes under a mean that all pixels share.</summary>
    public Evaluation.InputNoise ClippedToPixels =>
        context.Parameters.Has("noisyInputs") && context.Parameters.Text("noisyInputs") == "pixelRange"
            ? new Evaluation.InputNoise(0, preprocessing.Lowest, preprocessing.Highest)
            : Evaluation.InputNoise.None;

    /// <summary>Loss and accuracy of each epoch.</summary>
    public IReadOnlyList<double[]> Curve => curve;

    /// <summary>The best and the last accuracy of the curve.</summary>
    public IEnumerable<Metric> CurveMetrics =>
    [
        new(Point.Empty, validate ? ValidationAccuracy : Accuracy, curve.Max(row => row[2])),
        new(Point.Empty, validate ? LastValidationAccuracy : LastAccuracy, curve[^1][2]),
    ];

    /// <summary>Device events of all arrays.</summary>
    public IReadOnlyDictionary<string, long> Counters => new Dictionary<string, long>
    {
        ["coincidences"] = matrices.Sum(m => m.Counters.Coincidences),
        ["programming_events"] = matrices.Sum(m => m.Counters.Events),
        ["pairs_reset"] = matrices.Sum(m => m.Counters.PairsReset),
    };

    /// <summary>Trains to the last epoch and gives the curve with its best and last accuracy; see <see cref="Train"/>.</summary>
    /// <param name="further">Further metrics of the trained network.</param>
    public RunResult TrainToResult(Func<IEnumerable<Metric>>? further = null)
    {
        Train();
        try
        {
            return new RunResult
            {
                CurveColumns = CurveColumns,
                Curve = curve,
                Metrics = [.. CurveMetrics, .. further?.Invoke() ?? []],
                Counters = Counters,
            };
        }
        catch (OperationCanceledException)
        {
            context.Checkpoint.Save(Save);
            throw;
        }
    }

    /// <summary>Trains to the last epoch, from a checkpoint if there is one, with one look at the test images an epoch.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public void Train()
    {
        context.Checkpoint.TryLoad(Load);
        int epochs = context.Parameters.Whole("epochs");
        while (curve.Count < epochs)
        {
            try
            {
                if (trainer.Epoch == curve.Count && !trainer.RunEpoch(context.Cancellation))
                {
                    throw new OperationCanceledException(context.Cancellation);
                }

                double accuracy = evaluation.Accuracy(curve.Count, Evaluation.InputNoise.None, context.Cancellation);
                curve.Add([curve.Count + 1, trainer.LastLoss, accuracy]);
            }
            catch (OperationCanceledException)
            {
                context.Checkpoint.Save(Save);
                throw;
            }

            context.Curve(CurveColumns, curve);
            context.Progress((double)curve.Count / epochs, $"epoch {curve.Count} of {epochs}, accuracy {curve[^1][2]:F2} %");
            if (context.Checkpoint.IsDue && curve.Count < epochs)
            {
                context.Checkpoint.Save(Save);
            }
        }
    }

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

        return evaluation.Accuracy(context.Parameters.Whole("epochs") + reading, input, context.Cancellation);
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

    private void Save(BinaryWriter writer)
    {
        writer.Write(curve.Count);
        foreach (double value in curve.SelectMany(row => row))
        {
            writer.Write(value);
        }

        trainer.Save(writer);
    }

    private void Load(BinaryReader reader)
    {
        int epochs = reader.ReadInt32();
        for (int e = 0; e < epochs; e++)
        {
            curve.Add([reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()]);
        }

        trainer.Load(reader);
    }
}
