using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Training.Tests;

/// <summary>A small problem that every algorithm can learn, and small networks for it.</summary>
internal static class Synthetic
{
    public const int Pixels = 36;
    public const int Classes = 3;
    public const ulong Seed = 2017;

    /// <summary>Names of all algorithms with every variant of the reset.</summary>
    public static string[] Algorithms { get; } =
    [
        "digital",
        "constant step",
        .. from selection in Enum.GetValues<ResetSelection>()
           from write in Enum.GetValues<ResetWrite>()
           select $"pair {selection} {write}",
    ];

    /// <summary>Noise, and a bright third of the image that names its class.</summary>
    public static LabelledImages Images(int count, int seed = 1)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * Pixels], labels = new byte[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = (byte)random.Next(Classes);
            for (int i = 0; i < Pixels; i++)
            {
                bool bright = i / (Pixels / Classes) == labels[n];
                pixels[(n * Pixels) + i] = (byte)(random.Next(80) + (bright ? random.Next(175) : 0));
            }
        }

        return new LabelledImages(pixels, labels, Pixels, "synthetic");
    }

    public static IWeightMatrix Matrix(string algorithm, int inputs, int outputs, int id, int resetEvery = 15)
    {
        if (algorithm == "digital")
        {
            return new DigitalSgd(inputs, outputs);
        }

        StochasticSgd.Options options = new() { BitLength = 10, InferenceBitLength = 10, ResetEvery = resetEvery };
        return new StochasticSgd(Array(algorithm, inputs, outputs), options, Seed, id);
    }

    public static ICrosspointArray Array(string algorithm, int inputs, int outputs)
    {
        if (algorithm == "constant step")
        {
            return new ConstantStepArray(inputs, outputs, 0.001f, 2);
        }

        string[] parts = algorithm.Split(' ');
        return new UnidirectionalPairArray(inputs, outputs, new UnidirectionalPairArray.Parameters
        {
            Sigma = 0.1f,
            Selection = Enum.Parse<ResetSelection>(parts[1]),
            Write = Enum.Parse<ResetWrite>(parts[2]),
        });
    }

    /// <summary>36-33-17-3 with initial weights; widths are no multiples of a vector.</summary>
    public static MultilayerPerceptron Network(string algorithm)
    {
        int[] widths = [Pixels, 33, 17, Classes];
        IWeightMatrix[] matrices = [.. Enumerable.Range(1, 3).Select(k => Matrix(algorithm, widths[k - 1] + 1, widths[k], k))];
        return Started(matrices);
    }

    /// <summary>One layer over the pixels, which a few dozen images can train.</summary>
    public static MultilayerPerceptron OneLayer(string algorithm) => Started(Matrix(algorithm, Pixels + 1, Classes, 1));

    public static MultilayerPerceptron Started(params IWeightMatrix[] matrices)
    {
        for (int k = 0; k < matrices.Length; k++)
        {
            matrices[k].Program(InitialWeights.Glorot(matrices[k], Seed, k + 1));
        }

        return new MultilayerPerceptron(matrices);
    }

    public static Trainer Trainer(MultilayerPerceptron network, LabelledImages images, float rate = 0.05f) =>
        new(network, images, new Preprocessing(MeanNormalization.Global, images), new LearningSchedule(rate, 2), Seed);

    public static byte[] State(Trainer trainer)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        trainer.Save(writer);
        return stream.ToArray();
    }

    public static float[] Weights(MultilayerPerceptron network) =>
        [.. network.Matrices.SelectMany(m => Enumerable.Range(0, m.Inputs).SelectMany(i => m.Weights.Row(i).ToArray()))];
}

/// <summary>Passes everything on to a matrix and lets a test see it.</summary>
internal sealed class Observed(IWeightMatrix inner) : IWeightMatrix
{
    public Action<float[], Moment> OnForward { get; init; } = (_, _) => { };

    public Action<Moment> OnBackward { get; init; } = _ => { };

    public Action<float, Moment> OnUpdate { get; init; } = (_, _) => { };

    public int Inputs => inner.Inputs;

    public int Outputs => inner.Outputs;

    public PaddedMatrix Weights => inner.Weights;

    public ArrayCounters Counters => inner.Counters;

    public void Program(PaddedMatrix weights) => inner.Program(weights);

    public void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment)
    {
        OnForward(x.ToArray(), moment);
        inner.Forward(x, y, moment);
    }

    public void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment)
    {
        OnBackward(moment);
        inner.Backward(d, z, moment);
    }

    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        OnUpdate(rate, moment);
        inner.Update(x, d, rate, moment);
    }

    public void Save(BinaryWriter writer) => inner.Save(writer);

    public void Load(BinaryReader reader) => inner.Load(reader);
}
