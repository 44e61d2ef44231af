using System.Numerics;

namespace Crosspoint.Training.Data;

/// <summary>The voltages that pixels stand for, in units of the read voltage: black is <paramref name="Low"/>, white <paramref name="High"/>.</summary>
/// <param name="Low">Input of a black pixel.</param>
/// <param name="High">Input of a white pixel.</param>
/// <remarks>
/// x = Low + (High - Low) p / 255. Four fifths of the pixels of MNIST are black; a sum over inputs is therefore taken over
/// (High - Low) p / 255, which is zero there, and Low times the sum of the weights is added behind it.
/// </remarks>
public readonly record struct PixelCoding(float Low, float High)
{
    private const float White = 255;

    /// <summary>From -1 to 1: V = 2 V_read X / L_max - V_read of C. H. Bennett et al., IEEE Access 7, 73938 (2019), eq. 5.</summary>
    public static PixelCoding TwoSided => new(-1, 1);

    /// <summary>From 0 to 1.</summary>
    public static PixelCoding OneSided => new(0, 1);

    /// <summary>Writes the inputs of one image less those of a black one.</summary>
    /// <param name="pixels">0..255, shape [pixels].</param>
    /// <param name="above">Receives (High - Low) p / 255, shape [pixels or more]; what stands behind is left as it is.</param>
    public void Above(ReadOnlySpan<byte> pixels, Span<float> above)
    {
        float scale = (High - Low) / White;
        above = above[..pixels.Length];
        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Above(low, scale, above[i..]);
            Above(high, scale, above[(i + Vector<ushort>.Count)..]);
        }

        for (; i < above.Length; i++)
        {
            above[i] = scale * pixels[i];
        }
    }

    private static void Above(Vector<ushort> pixels, float scale, Span<float> above)
    {
        Vector.Widen(pixels, out Vector<uint> low, out Vector<uint> high);
        (scale * Vector.ConvertToSingle(low.As<uint, int>())).CopyTo(above);
        (scale * Vector.ConvertToSingle(high.As<uint, int>())).CopyTo(above[Vector<float>.Count..]);
    }
}
