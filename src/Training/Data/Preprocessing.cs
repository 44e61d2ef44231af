using System.Numerics;
using System.Numerics.Tensors;

namespace Crosspoint.Training.Data;

/// <summary>What is taken from the pixels of an image before a network sees them.</summary>
public enum MeanNormalization
{
    /// <summary>Nothing: inputs are pixel / 255, in [0, 1].</summary>
    None,

    /// <summary>The mean of all training pixels, one number.</summary>
    Global,

    /// <summary>The mean of each pixel over the training images.</summary>
    PerPixel,
}

/// <summary>Turns bytes into the inputs of a network: pixel / 255 minus a mean of the training images.</summary>
public sealed class Preprocessing
{
    private const float White = 255;
    private readonly float offset;
    private readonly float[]? means;

    /// <summary>Takes the mean from training images.</summary>
    /// <param name="normalization">Which mean is subtracted.</param>
    /// <param name="train">The training images.</param>
    public Preprocessing(MeanNormalization normalization, LabelledImages train)
    {
        long[] sums = new long[train.PixelsPerImage];
        for (int n = 0; n < train.Count; n++)
        {
            ReadOnlySpan<byte> pixels = train.Pixels(n);
            for (int i = 0; i < pixels.Length; i++)
            {
                sums[i] += pixels[i];
            }
        }

        double scale = 1 / (255.0 * train.Count);
        offset = normalization == MeanNormalization.Global ? (float)(sums.Sum() * scale / sums.Length) : 0;
        if (normalization == MeanNormalization.PerPixel)
        {
            means = [.. sums.Select(s => (float)(s * scale))];
        }
    }

    /// <summary>What a black pixel (0) becomes, before a mean of its own is subtracted.</summary>
    public float Lowest => -offset;

    /// <summary>What a white pixel (255) becomes, before a mean of its own is subtracted.</summary>
    public float Highest => 1 - offset;

    /// <summary>Writes the inputs of one image.</summary>
    /// <param name="pixels">0..255, shape [pixels].</param>
    /// <param name="inputs">Receives values in [-1, 1], shape [pixels].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Apply(ReadOnlySpan<byte> pixels, Span<float> inputs)
    {
        if (inputs.Length != pixels.Length)
        {
            throw new ArgumentException($"inputs: expected length {pixels.Length}, got {inputs.Length}.", nameof(inputs));
        }

        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Span<float> to = inputs[i..];
            Apply(low, to);
            Apply(high, to[Vector<ushort>.Count..]);
        }

        for (; i < pixels.Length; i++)
        {
            inputs[i] = (pixels[i] / White) - offset;
        }

        if (means is not null)
        {
            TensorPrimitives.Subtract(inputs, means, inputs);
        }
    }

    private void Apply(Vector<ushort> pixels, Span<float> inputs)
    {
        Vector.Widen(pixels, out Vector<uint> low, out Vector<uint> high);
        (OverWhite(low) - new Vector<float>(offset)).CopyTo(inputs);
        (OverWhite(high) - new Vector<float>(offset)).CopyTo(inputs[Vector<float>.Count..]);
    }

    // The quotient of every byte, correctly rounded: one step from the reciprocal, in place of a division.
    private static Vector<float> OverWhite(Vector<uint> pixels)
    {
        Vector<float> p = Vector.ConvertToSingle(pixels.As<uint, int>()), reciprocal = new(1 / White), quotient = p * reciprocal;
        Vector<float> left = Vector.FusedMultiplyAdd(new Vector<float>(-White), quotient, p);
        return Vector.FusedMultiplyAdd(left, reciprocal, quotient);
    }
}
