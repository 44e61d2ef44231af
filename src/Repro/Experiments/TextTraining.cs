using System.Diagnostics;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Experiments;

/// <summary>
/// Trains a language model to the last epoch, with one look at the test text an epoch as the arrays are read and one with exact weights, and
/// keeps its state, with the whole curve, in the run's checkpoint: a run of more epochs goes on from one of fewer.
/// </summary>
internal sealed class TextTraining
{
    /// <summary>Cross-entropy on the test text as the arrays are read, after the last epoch.</summary>
    public const string TestError = "test_error_nats";

    /// <summary>The same with the weights read exactly.</summary>
    public const string DigitalError = "digital_test_error_nats";

    /// <summary>Cross-entropy on held-out training text, where parameters are chosen.</summary>
    public const string ValidationError = "validation_error_nats";

    private const string DigitalValidationError = "digital_validation_error_nats";
    private const int WindowsAtATime = 100;

    private readonly RunContext context;
    private readonly IReadOnlyList<IWeightMatrix> matrices;
    private readonly LanguageModel digital;
    private readonly TextEvaluation evaluation;
    private readonly TextEvaluation digitalEvaluation;
    private readonly int epochs;
    private readonly string[] columns;
    private readonly List<double[]> curve = [];

    /// <summary>Makes a loop at the beginning of the text.</summary>
    /// <param name="context">Checkpoint, progress and cancellation.</param>
    /// <param name="matrices">The matrices of the model, with their initial weights.</param>
    /// <param name="window">Characters of a window.</param>
    /// <param name="texts">What is trained on and what is looked at.</param>
    /// <param name="schedule">Learning rate of each epoch.</param>
    /// <param name="epochs">Number of epochs.</param>
    /// <param name="validate">Whether the second text is held-out training text.</param>
    public TextTraining(
        RunContext context, IReadOnlyList<IWeightMatrix> matrices, int window, (Text Train, Text Test) texts, GeometricSchedule schedule, int epochs,
        bool validate)
    {
        this.context = context;
        this.matrices = matrices;
        this.epochs = epochs;
        columns =
        [
            "epoch", "training_loss_nats", validate ? ValidationError : TestError, validate ? DigitalValidationError : DigitalError,
            "coincidences_per_character",
        ];
        LanguageModel model = new(window, matrices);
        digital = new LanguageModel(window, [.. matrices.Select(m => new DigitalSgd(m.Inputs, m.Outputs))]);
        Trainer = new TextTrainer(model, texts.Train, schedule);
        Phase phase = validate ? Phase.Validate : Phase.Test;
        evaluation = new TextEvaluation(model, texts.Test, phase);
        digitalEvaluation = new TextEvaluation(digital, texts.Test, phase);
    }

    /// <summary>The training itself.</summary>
    public TextTrainer Trainer { get; }

    /// <summary>What has a state of its own beside the training: it is written behind it, and read with the characters trained on so far.</summary>
    public (Action<BinaryWriter> Save, Action<BinaryReader, long> Load)? Beside { get; init; }

    /// <summary>Whether the state is saved at the end as well.</summary>
    public bool KeepsState { get; init; }

    /// <summary>Epochs trained so far, parts included.</summary>
    public double Done => curve.Count + ((double)Trainer.Position / Trainer.Length);

    /// <summary>Reads the stored state, if there is one.</summary>
    public bool TryLoad() => context.Checkpoint.TryLoad(Load);

    /// <summary>Trains to the last epoch, from the stored state if there is one.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public RunResult Run()
    {
        TryLoad();
        bool trained = curve.Count < epochs;
        try
        {
            while (curve.Count < epochs)
            {
                TrainEpoch();
                Look();
                context.Progress((double)curve.Count / epochs, $"epoch {curve.Count} of {epochs}, {curve[^1][2]:F3} nats");
            }
        }
        catch (OperationCanceledException)
        {
            Save();
            throw;
        }

        if (KeepsState && trained)
        {
            Save();
        }

        double[] last = curve[epochs - 1];
        return new RunResult
        {
            CurveColumns = columns,
            Curve = [.. curve.Take(epochs)],
            Metrics = [new(Point.Empty, columns[2], last[2]), new(Point.Empty, columns[3], last[3])],
            Counters = new Dictionary<string, long> { ["coincidences"] = (long)Math.Round(curve.Take(epochs).Sum(row => row[4]) * Trainer.Length) },
        };
    }

    private void TrainEpoch()
    {
        while (Trainer.Epoch == curve.Count)
        {
            long start = Stopwatch.GetTimestamp();
            int position = Trainer.Position;
            if (!Trainer.Run(WindowsAtATime, context.Cancellation))
            {
                throw new OperationCanceledException(context.Cancellation);
            }

            double loss = Trainer.Position == 0 ? Trainer.LastLoss : Trainer.Loss;
            double speed = ((Trainer.Position == 0 ? Trainer.Length : Trainer.Position) - position) / Stopwatch.GetElapsedTime(start).TotalSeconds;
            context.Progress(Done / epochs, $"epoch {curve.Count + 1} of {epochs}, training {loss:F3} nats, {speed:N0} characters/s");
            if (context.Checkpoint.IsDue)
            {
                Save();
            }
        }
    }

    private void Look()
    {
        for (int k = 0; k < matrices.Count; k++)
        {
            digital.Matrices[k].Program(matrices[k].Weights);
        }

        double error = evaluation.CrossEntropy(curve.Count, context.Cancellation);
        double exact = digitalEvaluation.CrossEntropy(curve.Count, context.Cancellation);
        double before = curve.Sum(row => row[4]) * Trainer.Length;
        double coincidences = (matrices.Sum(m => (double)m.Counters.Coincidences) - before) / Trainer.Length;
        curve.Add([curve.Count + 1, Trainer.LastLoss, error, exact, coincidences]);
        context.Curve(columns, curve);
    }

    private void Save() => context.Checkpoint.Save(writer =>
    {
        CurveState.Save(writer, curve);
        Trainer.Save(writer);
        Beside?.Save(writer);
    });

    private void Load(BinaryReader reader)
    {
        CurveState.Load(reader, curve, columns.Length);
        Trainer.Load(reader);
        Beside?.Load(reader, ((long)Trainer.Epoch * Trainer.Length) + Trainer.Position);
    }
}
