using Crosspoint.Kernels;

namespace Crosspoint.Training.RandomWeights;

/// <summary>Hidden states of many samples, each +1 or -1, packed as bits: computed once, trained on often.</summary>
/// <remarks>3,000 hidden units of 70,000 samples are 26 MB.</remarks>
public sealed class SignFeatures
{
    private readonly uint[] bits;

    /// <summary>Makes room for samples.</summary>
    /// <param name="count">Number of samples, at least 0.</param>
    /// <param name="width">Hidden units of a sample, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SignFeatures(int count, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Count = count;
        Width = width;
        Words = SignBits.Words(width);
        bits = new uint[checked(count * Words)];
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Hidden units of a sample.</summary>
    public int Width { get; }

    /// <summary>Words of a sample.</summary>
    public int Words { get; }

    /// <summary>The bits of one sample as <see cref="SignBits"/> packs them, shape [<see cref="Words"/>].</summary>
    /// <param name="sample">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Span<uint> Row(int sample) => bits.AsSpan(sample * Words, Words);

    /// <summary>The bits of the first samples, unit by unit: bit n of row j is unit j of sample n.</summary>
    /// <param name="samples">How many, at most <see cref="Count"/>.</param>
    /// <returns>Shape [width, <see cref="SignBits.Words"/>(samples)].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public uint[] UnitByUnit(int samples)
    {
        uint[] units = new uint[checked(Width * SignBits.Words(samples))];
        SignBits.Transpose(bits.AsSpan(0, samples * Words), samples, Width, units);
        return units;
    }
}
