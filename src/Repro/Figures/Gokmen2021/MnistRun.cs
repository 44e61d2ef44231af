using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>The networks of section 2.11 for digits, trained under any of the algorithms; rates and state as in <see cref="LstmRun"/>.</summary>
/// <remarks>
/// Fully connected, 784-256-128-10 with sigmoids; and 16 kernels of 5 x 5, tanh, 2 x 2 max pooling, 32 kernels of 5 x 5, tanh, pooling,
/// 512-128 tanh, 128-10: 576 reads and updates of the first matrix an image, 64 of the second. n_s counts images, so that it is 576 and 64
/// updates there, as in the paper.
/// </remarks>
internal sealed class MnistRun
{
    /// <summary>The fully connected network.</summary>
    public const string Dense = "dense";

    /// <summary>The convolutional network.</summary>
    public const string Convolutional = "convolutional";

    /// <summary>Wrong classes of the test images after the last epoch.</summary>
    public const string TestError = "test_error_percent";

    /// <summary>Wrong classes of held-out training images after the last epoch, where parameters are chosen.</summary>
    public const string ValidationError = "validation_error_percent";

    private const int Columns = 4;
    private const int ImagesAtATime = 200;
    private static readonly int[] Widths = [784, 256, 128, 10];
    private static readonly ConvolutionalNetwork Convolutions = new() { Input = new(28, 28, 1), Convolutions = [(5, 16), (5, 32)], Dense = [128, 10] };

    private readonly RunContext context;
    private readonly IWeightMatrix[] matrices;
    private readonly Trainer trainer;
    private readonly Evaluation evaluation;
    private readonly List<double[]> curve = [];
    private readonly bool validate;
    private readonly int images;

    /// <summary>Builds the network that the parameters of a run describe.</summary>
    public MnistRun(RunContext context)
    {
        this.context = context;
        ParameterValues p = context.Parameters;
        validate = p.Text("evaluateOn") == "validation";
        LabelledImages all = context.Train!;
        int held = all.Count / 6;
        LabelledImages train = Part(validate ? all.Slice(0, all.Count - held, all.Name) : all, p.Whole("trainImages"));
        LabelledImages test = Part(validate ? all.Slice(all.Count - held, held, all.Name) : context.Test!, p.Whole("testImages"));
        images = train.Count;

        bool dense = p.Text("network") == Dense;
        (int Inputs, int Outputs, int Reuse)[] shapes = dense
            ? [.. Enumerable.Range(1, Widths.Length - 1).Select(k => (Widths[k - 1] + 1, Widths[k], 1))]
            : [.. Convolutions.Matrices];
        matrices = [.. shapes.Select((s, k) => GokmenArrays.Matrix(p, s.Inputs, s.Outputs, context.Seed, k + 1, k == shapes.Length - 1, s.Reuse))];
        for (int k = 1; k <= matrices.Length; k++)
        {
            matrices[k - 1].Program(dense ? InitialWeights.Glorot(matrices[k - 1], context.Seed, k) : InitialWeights.FanIn(matrices[k - 1], context.Seed, k));
        }

        SequentialNetwork network = dense ? new MultilayerPerceptron(matrices) : Convolutions.Make(matrices);
        Preprocessing pixels = new(MeanNormalization.None, train);
        trainer = new Trainer(network, train, pixels, GokmenArrays.Schedule(p).Rate, context.Seed);
        evaluation = new Evaluation(network, test, pixels, validate ? Phase.Validate : Phase.Test, context.Seed);
    }

    /// <summary>Parameters of the networks and their training beside those of the arrays.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("network", Dense, "1", "paper", Words: [Dense, Convolutional]),
        .. GokmenArrays.Parameters.Select(p => p.Name switch
        {
            "transferEvery" => p with { Default = 1, Unit = "images", Source = "paper: 576 updates of the first convolution, which are one image" },
            "weightRange" => p with { Default = 0.6, Source = "chosen: validation; [-0.6, 0.6], so that logical weights are those of the array" },
            _ => p,
        }),
        new("epochs", 30, "epochs", "chosen: as Gokmen and Vlasov 2016 for the fully connected network", 1, 10_000),
        new("trainImages", 0, "images", "chosen: all, as 0 says; a smaller number takes the first ones", 0, int.MaxValue),
        new("testImages", 0, "images", "chosen: all, as 0 says; a smaller number takes the first ones", 0, int.MaxValue),
        new("evaluateOn", "test", "1", "test: the test images; validation: the last sixth of the training images, held out",
            Words: ["test", "validation"]),
    ];

    /// <summary>Trains to the last epoch, from the stored state if there is one, with one look at the test images an epoch.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public RunResult Train()
    {
        context.Checkpoint.TryLoad(Load);
        int epochs = context.Parameters.Whole("epochs");
        bool trained = curve.Count < epochs;
        try
        {
            while (curve.Count < epochs)
            {
                TrainEpoch(epochs);
                double error = 100 - evaluation.Accuracy(curve.Count, Evaluation.InputNoise.None, context.Cancellation);
                double before = curve.Sum(row => row[3]) * images;
                double coincidences = (matrices.Sum(m => (double)m.Counters.Coincidences) - before) / images;
                curve.Add([curve.Count + 1, trainer.LastLoss, error, coincidences]);
                context.Progress((double)curve.Count / epochs, $"epoch {curve.Count} of {epochs}, error {error:F2} %");
            }
        }
        catch (OperationCanceledException)
        {
            context.Checkpoint.Save(Save);
            throw;
        }

        if (trained)
        {
            context.Checkpoint.Save(Save);
        }

        string metric = validate ? ValidationError : TestError;
        return new RunResult
        {
            CurveColumns = ["epoch", "training_loss_nats", metric, "coincidences_per_image"],
            Curve = [.. curve.Take(epochs)],
            Metrics = [new(Point.Empty, metric, curve[epochs - 1][2])],
            Counters = new Dictionary<string, long> { ["coincidences"] = (long)Math.Round(curve.Take(epochs).Sum(row => row[3]) * images) },
        };
    }

    private static LabelledImages Part(LabelledImages all, int count) =>
        count == 0 || count >= all.Count ? all : all.Slice(0, count, all.Name);

    private void TrainEpoch(int epochs)
    {
        while (trainer.Epoch == curve.Count)
        {
            if (!trainer.Run(ImagesAtATime, context.Cancellation))
            {
                throw new OperationCanceledException(context.Cancellation);
            }

            context.Progress((curve.Count + ((double)trainer.Position / images)) / epochs, $"epoch {curve.Count + 1} of {epochs}");
            if (context.Checkpoint.IsDue)
            {
                context.Checkpoint.Save(Save);
            }
        }
    }

    private void Save(BinaryWriter writer)
    {
        CurveState.Save(writer, curve);
        trainer.Save(writer);
    }

    private void Load(BinaryReader reader)
    {
        CurveState.Load(reader, curve, Columns);
        trainer.Load(reader);
    }
}
