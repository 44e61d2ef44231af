using Crosspoint.Devices;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Training.Tests;

/// <summary>A small text that can be learned, and small language models for it.</summary>
internal static class Texts
{
    public const int Symbols = 7;
    public const int Hidden = 9;

    /// <summary>Symbols in which each mostly follows from the last but one.</summary>
    public static Text Make(int length, int seed = 1)
    {
        Random random = new(seed);
        byte[] symbols = new byte[length];
        for (int n = 2; n < length; n++)
        {
            symbols[n] = (byte)(random.NextDouble() < 0.1 ? random.Next(Symbols) : ((3 * symbols[n - 2]) + 1) % Symbols);
        }

        return new Text(symbols, "synthetic");
    }

    public static IWeightMatrix Matrix(string algorithm, int inputs, int outputs, int id) => algorithm switch
    {
        "digital" => new DigitalSgd(inputs, outputs),
        "one by one" => new Observed(new DigitalSgd(inputs, outputs)),
        _ => new StochasticSgd(
            new ConstantStepArray(inputs, outputs, 0.001f, 2), new() { BitLength = 31, ExactPasses = true, UpdateManagement = true }, Synthetic.Seed, id),
    };

    /// <summary>Blocks of 9 cells over 7 symbols: widths are no multiples of a vector.</summary>
    public static LanguageModel Model(string algorithm, int window, int blocks = 2, int hidden = Hidden)
    {
        IWeightMatrix[] matrices =
        [
            .. Enumerable.Range(0, blocks).Select(k => Matrix(algorithm, (k == 0 ? Symbols : hidden) + hidden + 1, 4 * hidden, k + 1)),
            Matrix(algorithm, hidden + 1, Symbols, blocks + 1),
        ];
        for (int k = 0; k < matrices.Length; k++)
        {
            matrices[k].Program(InitialWeights.Recurrent(matrices[k], hidden, Synthetic.Seed, k + 1));
        }

        return new LanguageModel(window, matrices);
    }

    public static byte[] State(TextTrainer trainer)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        trainer.Save(writer);
        return stream.ToArray();
    }

    public static float[] Weights(LanguageModel model) =>
        [.. model.Matrices.SelectMany(m => Enumerable.Range(0, m.Inputs).SelectMany(i => m.Weights.Row(i).ToArray()))];
}
