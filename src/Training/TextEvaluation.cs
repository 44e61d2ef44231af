using Crosspoint.Training.Data;

namespace Crosspoint.Training;

/// <summary>Cross-entropy of a language model on a text it is not trained on.</summary>
public sealed class TextEvaluation
{
    private readonly LanguageModel model;
    private readonly Text text;
    private readonly Phase phase;
    private readonly float[][] kept;

    /// <summary>Prepares to read a text with a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">At least two symbols, each below the model's number of symbols.</param>
    /// <param name="phase">Keeps the random numbers of validation and test apart from those of training.</param>
    /// <exception cref="ArgumentException">The text does not fit the model, or the phase is training.</exception>
    public TextEvaluation(LanguageModel model, Text text, Phase phase)
    {
        model.RequireFit(text);
        if (phase == Phase.Train)
        {
            throw new ArgumentException($"phase: expected {Phase.Validate} or {Phase.Test}, got {phase}.", nameof(phase));
        }

        this.model = model;
        this.text = text;
        this.phase = phase;
        kept = [.. model.States.Select(state => new float[state.Length])];
    }

    /// <summary>Reads the text once, from a state of zero; weights stay, and so does the model's state.</summary>
    /// <param name="pass">Number of the pass, at least 0: each draws read noise of its own.</param>
    /// <param name="cancellation">Stops between two windows.</param>
    /// <returns>Mean cross-entropy, in nats a symbol.</returns>
    /// <exception cref="OperationCanceledException">The pass was stopped.</exception>
    public double CrossEntropy(int pass, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pass);
        model.ExchangeStates(kept, take: true);
        model.Reset();
        try
        {
            double loss = 0;
            int length = text.Predictions;
            for (int at = 0; at < length; at += model.Window)
            {
                cancellation.ThrowIfCancellationRequested();
                int steps = Math.Min(model.Window, length - at);
                Moment moment = new(phase, ((ulong)pass * (ulong)length) + (ulong)at);
                loss += model.Read(text.Symbols.Span.Slice(at, steps + 1), moment);
            }

            return loss / length;
        }
        finally
        {
            model.ExchangeStates(kept, take: false);
        }
    }
}
