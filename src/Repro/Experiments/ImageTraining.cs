using Crosspoint.Training;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Experiments;

/// <summary>Trains a network on images to the last epoch, with one look at the test images an epoch, and keeps its state in the run's checkpoint.</summary>
internal sealed class ImageTraining
{
    /// <summary>Best accuracy on the test images over the epochs.</summary>
    public const string Accuracy = "test_accuracy_percent";

    /// <summary>Accuracy on the test images after the last epoch.</summary>
    public const string LastAccuracy = "last_test_accuracy_percent";

    /// <summary>Best accuracy on held-out training images over the epochs, where parameters are chosen.</summary>
    public const string ValidationAccuracy = "validation_accuracy_percent";

    /// <summary>Accuracy on held-out training images after the last epoch.</summary>
    public const string LastValidationAccuracy = "last_validation_accuracy_percent";

    private readonly RunContext context;
    private readonly IReadOnlyList<IWeightMatrix> matrices;
    private readonly Trainer trainer;
    private readonly int epochs;
    private readonly bool validate;
    private readonly List<double[]> curve = [];

    /// <summary>Makes a loop before its first epoch.</summary>
    /// <param name="context">Checkpoint, progress, cancellation and seed.</param>
    /// <param name="network">The network, with its initial weights.</param>
    /// <param name="images">What is trained on and what is looked at.</param>
    /// <param name="preprocessing">From pixels to inputs.</param>
    /// <param name="schedule">Learning rate of each epoch.</param>
    /// <param name="epochs">Number of epochs.</param>
    /// <param name="validate">Whether the second images are held-out training images.</param>
    public ImageTraining(
        RunContext context, SequentialNetwork network, (LabelledImages Train, LabelledImages Test) images, Preprocessing preprocessing,
        LearningSchedule schedule, int epochs, bool validate)
    {
        this.context = context;
        this.epochs = epochs;
        this.validate = validate;
        matrices = [.. network.Matrices];
        trainer = new Trainer(network, images.Train, preprocessing, schedule, context.Seed);
        Evaluation = new Evaluation(network, images.Test, preprocessing, validate ? Phase.Validate : Phase.Test, context.Seed);
    }

    /// <summary>Reads the test images.</summary>
    public Evaluation Evaluation { get; }

    /// <summary>The columns of the curve.</summary>
    private string[] CurveColumns => ["epoch", "training_loss_nats", validate ? ValidationAccuracy : Accuracy];

    /// <summary>The training images and what is looked at: the test images, or the last sixth of the training images, held out.</summary>
    public static (LabelledImages Train, LabelledImages Test) Split(LabelledImages all, LabelledImages test, bool validate)
    {
        int held = all.Count / 6;
        return validate
            ? (all.Slice(0, all.Count - held, all.Name), all.Slice(all.Count - held, held, all.Name))
            : (all, test);
    }

    /// <summary>Trains to the last epoch, from a checkpoint if there is one, and gives the curve with its best and last accuracy.</summary>
    /// <param name="further">Further metrics of the trained network.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public RunResult Run(Func<IEnumerable<Metric>>? further = null)
    {
        context.Checkpoint.TryLoad(Load);
        try
        {
            while (curve.Count < epochs)
            {
                RunEpoch();
            }

            return new RunResult
            {
                CurveColumns = CurveColumns,
                Curve = curve,
                Metrics =
                [
                    new(Point.Empty, validate ? ValidationAccuracy : Accuracy, curve.Max(row => row[2])),
                    new(Point.Empty, validate ? LastValidationAccuracy : LastAccuracy, curve[^1][2]),
                    .. further?.Invoke() ?? [],
                ],
                Counters = new Dictionary<string, long>
                {
                    ["coincidences"] = matrices.Sum(m => m.Counters.Coincidences),
                    ["programming_events"] = matrices.Sum(m => m.Counters.Events),
                    ["pairs_reset"] = matrices.Sum(m => m.Counters.PairsReset),
                },
            };
        }
        catch (OperationCanceledException)
        {
            context.Checkpoint.Save(Save);
            throw;
        }
    }

    private void RunEpoch()
    {
        if (trainer.Epoch == curve.Count && !trainer.RunEpoch(context.Cancellation))
        {
            throw new OperationCanceledException(context.Cancellation);
        }

        double accuracy = Evaluation.Accuracy(curve.Count, Evaluation.InputNoise.None, context.Cancellation);
        curve.Add([curve.Count + 1, trainer.LastLoss, accuracy]);
        context.Curve(CurveColumns, curve);
        context.Progress((double)curve.Count / epochs, $"epoch {curve.Count} of {epochs}, accuracy {accuracy:F2} %");
        if (context.Checkpoint.IsDue && curve.Count < epochs)
        {
            context.Checkpoint.Save(Save);
        }
    }

    private void Save(BinaryWriter writer)
    {
        CurveState.Save(writer, curve);
        trainer.Save(writer);
    }

    private void Load(BinaryReader reader)
    {
        CurveState.Load(reader, curve, CurveColumns.Length);
        trainer.Load(reader);
    }
}
