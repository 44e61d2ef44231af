using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>When the signs of choppers flip.</summary>
public enum ChopperFlips
{
    /// <summary>Each line for itself, with a probability after each of its reads.</summary>
    Random,

    /// <summary>All lines in the same cycle, every ⌈1 / probability⌉ cycles.</summary>
    Regular,
}

/// <summary>A sign for each line, by which what is written to A is multiplied, and what is read of it back again.</summary>
/// <remarks>M. J. Rasch et al., Nat. Commun. 15:7133 (2024): an offset of the reference then changes its sign in H and averages out.</remarks>
internal sealed class Choppers
{
    private readonly float[] signs;
    private readonly float[] chopped;
    private readonly float probability;
    private readonly ChopperFlips flips;

    public Choppers(int lines, float probability, ChopperFlips flips)
    {
        signs = new float[lines];
        chopped = new float[lines];
        this.probability = probability;
        this.flips = flips;
        Restart();
    }

    /// <summary>+1 or -1, shape [lines].</summary>
    public ReadOnlySpan<float> Signs => signs;

    /// <summary>c ∘ x, or c ∘ δ by column; the numbers hold until the next call.</summary>
    public ReadOnlySpan<float> Chop(ReadOnlySpan<float> signals)
    {
        TensorPrimitives.Multiply(signals, signs, chopped);
        return chopped;
    }

    /// <summary>Behind the read of a line: flips its sign if it is time.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cycle">Cycles over all lines before this one.</param>
    /// <param name="at">Where the random number of this read stands.</param>
    /// <returns>Whether it flipped.</returns>
    public bool Flip(int line, long cycle, in RandomAddress at)
    {
        if (!IsTime(cycle, at))
        {
            return false;
        }

        signs[line] = -signs[line];
        return true;
    }

    public void Restart() => signs.AsSpan().Fill(1);

    public void Save(BinaryWriter writer)
    {
        foreach (float sign in signs)
        {
            writer.Write(sign < 0);
        }
    }

    public void Load(BinaryReader reader)
    {
        foreach (ref float sign in signs.AsSpan())
        {
            sign = reader.ReadBoolean() ? -1 : 1;
        }
    }

    public static void Validate(float probability, ChopperFlips flips)
    {
        Require.InRange("FlipProbability", float.Epsilon, 1, probability);
        Require.InRange("Flips", 0, (int)ChopperFlips.Regular, (int)flips);
    }

    private bool IsTime(long cycle, in RandomAddress at)
    {
        if (flips == ChopperFlips.Regular)
        {
            long period = (long)MathF.Ceiling(1 / probability);
            return (cycle + 1) % period == 0;
        }

        uint word = 0;
        RandomWords.Fill(at, new Span<uint>(ref word));
        return word < probability * 4294967296.0;
    }
}
