using Crosspoint.Training.Data;

namespace Crosspoint.Training;

/// <summary>The epoch loop of a language model over a text, window by window; stoppable before any window.</summary>
/// <remarks>Its whole state is that of the matrices, the states of the blocks, the place in the text and the losses.</remarks>
public sealed class TextTrainer
{
    private readonly LanguageModel model;
    private readonly Text text;
    private readonly IReadOnlyList<GeometricSchedule> schedules;
    private readonly float[] rates;
    private double lossSum;

    /// <summary>Makes a loop at the beginning of the text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">At least two symbols, each below the model's number of symbols.</param>
    /// <param name="schedules">Learning rates: one for each matrix, or one for all.</param>
    /// <exception cref="ArgumentException">The text does not fit the model, or the schedules are of another number.</exception>
    public TextTrainer(LanguageModel model, Text text, params IReadOnlyList<GeometricSchedule> schedules)
    {
        model.RequireFit(text);
        if (schedules.Count != 1 && schedules.Count != model.Matrices.Count)
        {
            throw new ArgumentException($"schedules: expected 1 or {model.Matrices.Count}, got {schedules.Count}.", nameof(schedules));
        }

        this.model = model;
        this.text = text;
        this.schedules = schedules;
        rates = new float[model.Matrices.Count];
    }

    /// <summary>Finished epochs.</summary>
    public int Epoch { get; private set; }

    /// <summary>Symbols of the current epoch that have been read: a multiple of the model's window.</summary>
    public int Position { get; private set; }

    /// <summary>Symbols of an epoch that are read: all but the last, which only is told.</summary>
    public int Length => text.Predictions;

    /// <summary>Mean cross-entropy of the epoch that finished last, in nats a symbol, as it was seen during training.</summary>
    public double LastLoss { get; private set; }

    /// <summary>The same of the current epoch so far; 0 at its beginning.</summary>
    public double Loss => Position == 0 ? 0 : lossSum / Position;

    /// <summary>Called after each window, its updates done, with the symbols trained on so far, over all epochs: to look at the weights, not to change them.</summary>
    public Action<long>? AfterWindow { get; set; }

    /// <summary>Trains to the end of the epoch.</summary>
    /// <param name="cancellation">Stops before a window.</param>
    /// <returns>Whether the epoch was finished; <see langword="false"/> when it was stopped.</returns>
    public bool RunEpoch(CancellationToken cancellation) => Run(int.MaxValue, cancellation) && Position == 0;

    /// <summary>Trains on some windows, at most to the end of the epoch: between two calls a checkpoint may be written or progress told.</summary>
    /// <param name="windows">How many, at least 1.</param>
    /// <param name="cancellation">Stops before a window.</param>
    /// <returns>Whether it went on to the end of these windows or of the epoch; <see langword="false"/> when it was stopped.</returns>
    public bool Run(int windows, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windows, 1);
        for (int k = 0; k < rates.Length; k++)
        {
            rates[k] = schedules[schedules.Count == 1 ? 0 : k].Rate(Epoch);
        }

        for (; windows > 0 && Position < Length; windows--)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            if (Position == 0)
            {
                model.Reset();
            }

            int steps = Math.Min(model.Window, Length - Position);
            Moment moment = new(Phase.Train, ((ulong)Epoch * (ulong)Length) + (ulong)Position);
            lossSum += model.Train(text.Symbols.Span.Slice(Position, steps + 1), rates, moment);
            Position += steps;
            AfterWindow?.Invoke(((long)Epoch * Length) + Position);
        }

        if (Position == Length)
        {
            LastLoss = lossSum / Length;
            lossSum = 0;
            Position = 0;
            Epoch++;
        }

        return true;
    }

    /// <summary>Writes the state of the loop, of the blocks and of every matrix.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Epoch);
        writer.Write(Position);
        writer.Write(Length);
        writer.Write(lossSum);
        writer.Write(LastLoss);
        model.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of another model or text; the loop is then of no further use.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public void Load(BinaryReader reader)
    {
        Epoch = reader.ReadInt32();
        Position = reader.ReadInt32();
        int length = reader.ReadInt32();
        if (length != Length)
        {
            throw new InvalidDataException($"expected a text of {Length} + 1 symbols, got one of {length} + 1");
        }

        if (Epoch < 0 || Position < 0 || Position >= Length || Position % model.Window != 0)
        {
            throw new InvalidDataException($"expected a window of {model.Window} among {Length} symbols, got symbol {Position} of epoch {Epoch}");
        }

        lossSum = reader.ReadDouble();
        LastLoss = reader.ReadDouble();
        model.Load(reader);
    }
}
