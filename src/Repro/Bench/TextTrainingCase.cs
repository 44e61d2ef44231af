using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Figures.Gokmen2021;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Bench;

/// <summary>Windows of 100 characters of LSTM2-64-WP (T. Gokmen, 2021): two blocks of 64 cells over 87 symbols.</summary>
/// <remarks>Coincidences grow over the first thousands of characters: the state in which every sample begins has seen some.</remarks>
internal sealed class TextTrainingCase
{
    /// <summary>Characters of one call.</summary>
    public const int Characters = Windows * Window;

    private const int Windows = 10, Window = 100, Symbols = 87, Hidden = 64;
    private readonly LanguageModel model;
    private readonly TextTrainer trainer;
    private readonly TextTrainer reader;
    private readonly NormalNumbers normal = new();
    private readonly SavedState start;
    private long coincidences;
    private long characters;

    /// <summary>Makes the network.</summary>
    /// <param name="matrix">Makes a matrix of so many inputs and outputs; the last argument is its number.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="seen">Characters that are learned before the first sample.</param>
    public TextTrainingCase(Func<int, int, int, IWeightMatrix> matrix, float rate, int seen)
    {
        model = Model(matrix);
        // A walk over the symbols, so that there is something to learn.
        Random random = new(1);
        byte[] symbols = new byte[Characters + 1];
        for (int n = 1; n < symbols.Length; n++)
        {
            symbols[n] = (byte)((symbols[n - 1] + random.Next(1, 9)) % Symbols);
        }

        Text text = new(symbols, "walk");
        GeometricSchedule schedule = new(rate);
        trainer = new TextTrainer(model, text, schedule);
        for (int k = 0; k < model.Matrices.Count; k++)
        {
            model.Matrices[k].Program(InitialWeights.Recurrent(model.Matrices[k], Hidden, 1, k + 1));
        }

        for (int n = 0; n < seen; n += Characters)
        {
            trainer.RunEpoch(default);
        }

        start = new SavedState(trainer.Save);
        reader = new TextTrainer(Model((inputs, outputs, id) => new NeverUpdated(matrix(inputs, outputs, id))), text, schedule);
        start.Restore(reader.Load);
    }

    /// <summary>Coincidences a character, over all calls so far.</summary>
    public double Coincidences => (double)coincidences / characters;

    /// <summary>Floating point.</summary>
    public static TextTrainingCase FloatingPoint() => new((inputs, outputs, _) => new DigitalSgd(inputs, outputs), 0.005f, 0);

    /// <summary>The arrays and periphery of the paper.</summary>
    /// <param name="seen">Characters that are learned before the first sample.</param>
    /// <param name="set">Parameters of <see cref="GokmenArrays"/> that differ from their defaults.</param>
    public static TextTrainingCase Analog(int seen, IReadOnlyDictionary<string, object> set)
    {
        ParameterValues values = new(GokmenArrays.Parameters.Select(
            p => KeyValuePair.Create(p.Name, set.TryGetValue(p.Name, out object? value) ? value : p.Default)));
        float rate = values.Text("algorithm") == GokmenArrays.Sgd ? (float)values.Number("eta") : 1;
        return new((inputs, outputs, id) => GokmenArrays.Matrix(values, inputs, outputs, 1, id, isOutput: id == 3), rate, seen);
    }

    /// <summary>Trains on all windows.</summary>
    public void Train()
    {
        long before = model.Matrices.Sum(m => m.Counters.Coincidences);
        trainer.RunEpoch(default);
        coincidences += model.Matrices.Sum(m => m.Counters.Coincidences) - before;
        characters += Characters;
    }

    /// <summary>What no training by pulses can leave out: reads of all windows, both ways, and a normal number for each coincidence.</summary>
    public void Limit()
    {
        reader.RunEpoch(default);
        normal.Draw(0, (long)(Coincidences * Characters));
    }

    /// <summary>Goes back to the state before the first sample.</summary>
    public void Restart() => start.Restore(trainer.Load);

    private static LanguageModel Model(Func<int, int, int, IWeightMatrix> matrix) => new(
        Window, matrix(Symbols + Hidden + 1, 4 * Hidden, 1), matrix((2 * Hidden) + 1, 4 * Hidden, 2), matrix(Hidden + 1, Symbols, 3));
}
