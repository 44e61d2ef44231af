using Crosspoint.Training;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Bench;

/// <summary>Windows of 100 characters of LSTM2-64-WP (T. Gokmen, 2021): two blocks of 64 cells over 87 symbols.</summary>
internal sealed class TextTrainingCase
{
    /// <summary>Characters of one call.</summary>
    public const int Characters = Windows * Window;

    private const int Windows = 10, Window = 100, Symbols = 87, Hidden = 64;
    private readonly LanguageModel model;
    private readonly Text text;
    private TextTrainer trainer;

    /// <summary>Makes the network.</summary>
    /// <param name="matrix">Makes a matrix of so many inputs and outputs; the last argument is its number.</param>
    public TextTrainingCase(Func<int, int, int, IWeightMatrix> matrix)
    {
        model = new LanguageModel(
            Window, matrix(Symbols + Hidden + 1, 4 * Hidden, 1), matrix((2 * Hidden) + 1, 4 * Hidden, 2), matrix(Hidden + 1, Symbols, 3));

        // A walk over the symbols, so that there is something to learn.
        Random random = new(1);
        byte[] symbols = new byte[Characters + 1];
        for (int n = 1; n < symbols.Length; n++)
        {
            symbols[n] = (byte)((symbols[n - 1] + random.Next(1, 9)) % Symbols);
        }

        text = new Text(symbols, "walk");
        Restart();
    }

    /// <summary>Floating point.</summary>
    public static TextTrainingCase FloatingPoint() => new((inputs, outputs, _) => new DigitalSgd(inputs, outputs));

    /// <summary>Trains on all windows.</summary>
    public void Train() => trainer.RunEpoch(default);

    /// <summary>Goes back to the initial weights.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(trainer))]
    public void Restart()
    {
        trainer = new TextTrainer(model, text, new GeometricSchedule(0.005f));
        for (int k = 0; k < model.Matrices.Count; k++)
        {
            model.Matrices[k].Program(InitialWeights.Recurrent(model.Matrices[k], Hidden, 1, k + 1));
        }
    }
}
