using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>Seeded inputs, the same in every run.</summary>
internal static class Inputs
{
    public static uint[] Words(int count, int seed)
    {
        uint[] words = new uint[count];
        new Random(seed).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    /// <summary>Uniform in [-1, 1).</summary>
    public static float[] Signals(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    public static PaddedMatrix Matrix(int inputs, int outputs, int seed)
    {
        PaddedMatrix matrix = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            Signals(outputs, seed + i).CopyTo(matrix.Row(i));
        }

        return matrix;
    }

    /// <summary>784 pixels of which a fifth are lit, as in MNIST, minus the mean.</summary>
    public static float[] Image(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, 784).Select(_ => (random.Next(5) == 0 ? random.NextSingle() : 0) - 0.13f)];
    }
}
