namespace Crosspoint.Training.Data;

/// <summary>Images of one size with a class label each, as bytes.</summary>
public sealed class LabelledImages
{
    private const int CacheLine = 64;
    private readonly ReadOnlyMemory<byte> pixels;
    private readonly ReadOnlyMemory<byte> labels;

    /// <summary>Wraps pixels and labels without copying them.</summary>
    /// <param name="pixels">Shape [count, pixelsPerImage], 0..255.</param>
    /// <param name="labels">Shape [count].</param>
    /// <param name="pixelsPerImage">At least 1.</param>
    /// <param name="name">What the data are, as results name them: <c>mnist/train</c>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public LabelledImages(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int pixelsPerImage, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixelsPerImage, 1);
        if (pixels.Length != (long)labels.Length * pixelsPerImage)
        {
            throw new ArgumentException(
                $"pixels: expected {labels.Length} labels x {pixelsPerImage} pixels = {(long)labels.Length * pixelsPerImage} bytes, got {pixels.Length}.",
                nameof(pixels));
        }

        this.pixels = pixels;
        this.labels = labels;
        PixelsPerImage = pixelsPerImage;
        Name = name;
    }

    /// <summary>What the data are, as results name them.</summary>
    public string Name { get; }

    /// <summary>Number of images.</summary>
    public int Count => labels.Length;

    /// <summary>Pixels of one image.</summary>
    public int PixelsPerImage { get; }

    /// <summary>The pixels of one image, 0..255, row by row.</summary>
    /// <param name="image">0 to <see cref="Count"/> - 1.</param>
    /// <returns>Shape [pixels].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Pixels(int image) => pixels.Span.Slice(image * PixelsPerImage, PixelsPerImage);

    /// <summary>Asks for the pixels of an image that comes soon; images come in random order, which no hardware foresees.</summary>
    internal void Prefetch(int image)
    {
        ReadOnlySpan<byte> some = Pixels(image);
        for (int i = 0; i < some.Length; i += CacheLine)
        {
            Kernels.Prefetch.Line(in some[i]);
        }
    }

    /// <summary>The class of one image.</summary>
    /// <param name="image">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The label, 0 to 255.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such image.</exception>
    public int Label(int image) => labels.Span[image];

    /// <summary>A run of the images, sharing their memory.</summary>
    /// <param name="start">The first, at least 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="name">What the part is, as results name it.</param>
    /// <returns>Images of the same size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public LabelledImages Slice(int start, int count, string name) =>
        new(pixels.Slice(start * PixelsPerImage, count * PixelsPerImage), labels.Slice(start, count), PixelsPerImage, name);
}
