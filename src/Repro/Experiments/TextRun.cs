using System.Diagnostics;
using System.Globalization;
using Crosspoint.Training;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Experiments;

/// <summary>Trains a language model inside a run: tests it after each epoch, keeps checkpoints and tells how far it is.</summary>
internal sealed class TextRun
{
    /// <summary>The columns of the curve.</summary>
    public static readonly IReadOnlyList<string> Columns = ["epoch", "train_nats_per_character", "test_nats_per_character"];

    private const int WindowsAtATime = 50;

    private readonly RunContext context;
    private readonly TextTrainer trainer;
    private readonly TextEvaluation evaluation;
    private readonly List<double[]> curve = [];

    /// <summary>Takes what is trained and tested.</summary>
    /// <param name="context">Checkpoint, progress and cancellation.</param>
    /// <param name="model">The model, with its initial weights.</param>
    /// <param name="train">What it is trained on.</param>
    /// <param name="test">What it is tested on after each epoch.</param>
    /// <param name="phase"><see cref="Phase.Test"/>, or <see cref="Phase.Validate"/> where parameters are chosen.</param>
    /// <param name="schedules">Learning rates: one for each matrix, or one for all.</param>
    public TextRun(RunContext context, LanguageModel model, Text train, Text test, Phase phase, params IReadOnlyList<GeometricSchedule> schedules)
    {
        this.context = context;
        trainer = new TextTrainer(model, train, schedules);
        evaluation = new TextEvaluation(model, test, phase);
    }

    /// <summary>Trains, from the checkpoint on where there is one.</summary>
    /// <param name="epochs">Epochs in all.</param>
    /// <returns>One row an epoch, of <see cref="Columns"/>.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public IReadOnlyList<double[]> Run(int epochs)
    {
        context.Checkpoint.TryLoad(Load);
        long started = Stopwatch.GetTimestamp(), first = Done;
        try
        {
            while (curve.Count < epochs)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                if (trainer.Epoch == curve.Count)
                {
                    trainer.Run(WindowsAtATime, context.Cancellation);
                }

                if (trainer.Epoch > curve.Count)
                {
                    curve.Add([trainer.Epoch, trainer.LastLoss, evaluation.CrossEntropy(trainer.Epoch, context.Cancellation)]);
                }

                if (context.Checkpoint.IsDue)
                {
                    context.Checkpoint.Save(Save);
                }

                Tell(epochs, (Done - first) / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }
        catch (OperationCanceledException)
        {
            context.Checkpoint.Save(Save);
            throw;
        }

        return curve;
    }

    private long Done => ((long)trainer.Epoch * trainer.Length) + trainer.Position;

    private void Tell(int epochs, double rate)
    {
        string error = curve.Count == 0 ? string.Empty : $", test {curve[^1][2].ToString("F3", CultureInfo.InvariantCulture)} nats";
        string speed = rate.ToString("N0", CultureInfo.InvariantCulture);
        context.Progress(
            Math.Min(1, (double)Done / ((long)epochs * trainer.Length)),
            $"epoch {Math.Min(trainer.Epoch + 1, epochs)} of {epochs}, {speed} characters/s{error}");
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
        int rows = reader.ReadInt32();
        for (int row = 0; row < rows; row++)
        {
            curve.Add([reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()]);
        }

        trainer.Load(reader);
        if (rows < 0 || trainer.Epoch - rows is < 0 or > 1)
        {
            throw new InvalidDataException($"expected {trainer.Epoch} epochs in the curve, got {rows}");
        }
    }
}
