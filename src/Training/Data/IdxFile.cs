using System.Buffers.Binary;
using System.IO.Compression;

namespace Crosspoint.Training.Data;

/// <summary>Reads arrays of bytes in the IDX format, plain or gzip-compressed.</summary>
/// <remarks>
/// IDX: two zero bytes, one byte for the type (8: unsigned byte), one for the number of dimensions, each dimension as a big-endian
/// 32-bit number, then the values. A header is believed only as far as the file is long enough for what it says.
/// </remarks>
public static class IdxFile
{
    private const byte UnsignedByte = 8;
    private const int MaximumDimensions = 4;

    /// <summary>No gzip stream expands by more than this factor.</summary>
    private const long MaximumExpansion = 1_032;

    /// <summary>Reads images with their labels from two files.</summary>
    /// <param name="imagesPath">IDX of shape [count, rows, columns]; gzip if the name ends in <c>.gz</c>.</param>
    /// <param name="labelsPath">IDX of shape [count]; gzip if the name ends in <c>.gz</c>.</param>
    /// <param name="name">What the data are, as results name them.</param>
    /// <exception cref="InvalidDataException">A file is no such IDX file, is cut off or too long, or the counts differ.</exception>
    public static LabelledImages ReadImages(string imagesPath, string labelsPath, string name) =>
        Combine(Read(imagesPath), Read(labelsPath), name);

    /// <summary>Joins images and labels.</summary>
    /// <param name="images">Shape [count, rows, columns].</param>
    /// <param name="labels">Shape [count].</param>
    /// <param name="name">What the data are, as results name them.</param>
    /// <exception cref="InvalidDataException">The shapes do not fit together.</exception>
    public static LabelledImages Combine(IdxArray images, IdxArray labels, string name)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (images.Dimensions.Count != 3 || labels.Dimensions.Count != 1)
        {
            throw new InvalidDataException(
                $"{name}: expected images of 3 dimensions and labels of 1, got {images.Dimensions.Count} and {labels.Dimensions.Count}");
        }

        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new InvalidDataException($"{name}: expected a label for each of {images.Dimensions[0]} images, got {labels.Dimensions[0]}");
        }

        return new LabelledImages(images.Values, labels.Values, images.Dimensions[1] * images.Dimensions[2], name);
    }

    /// <summary>Reads one array from a file that holds nothing else.</summary>
    /// <param name="path">The file; gzip if its name ends in <c>.gz</c>.</param>
    /// <exception cref="InvalidDataException">The file is no IDX file of bytes, is cut off or too long.</exception>
    public static IdxArray Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        bool compressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using Stream stream = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        IdxArray array = Read(stream, path, compressed ? file.Length * MaximumExpansion : file.Length);
        return AtEnd(stream, path)
            ? array
            : throw new InvalidDataException($"{path}: expected the file to end after {array.Values.Length} values, but more follows");
    }

    /// <summary>Reads one array from a stream and leaves the stream behind it.</summary>
    /// <param name="stream">The decompressed bytes.</param>
    /// <param name="name">How errors name the stream.</param>
    /// <param name="limit">The most bytes that the stream can hold; a header that asks for more is refused before anything is allocated.</param>
    /// <exception cref="InvalidDataException">The stream holds no IDX array of bytes, or is cut off.</exception>
    public static IdxArray Read(Stream stream, string name, long limit)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> magic = stackalloc byte[4];
        Fill(stream, magic, name, "a header of 4 bytes");
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedByte || magic[3] is 0 or > MaximumDimensions)
        {
            throw new InvalidDataException(
                $"{name}: expected an IDX header 00-00-08-0N with 1 to {MaximumDimensions} dimensions, got {Convert.ToHexString(magic)}");
        }

        int[] dimensions = new int[magic[3]];
        long count = ReadDimensions(stream, name, dimensions);
        if (count > limit || count > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"{name}: the header asks for {string.Join(" x ", dimensions)} bytes, the file can hold {limit} at most; expected a whole IDX file");
        }

        byte[] values = new byte[count];
        Fill(stream, values, name, $"{string.Join(" x ", dimensions)} bytes");
        return new IdxArray(dimensions, values);
    }

    private static long ReadDimensions(Stream stream, string name, int[] dimensions)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        long count = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            Fill(stream, word, name, $"{dimensions.Length} dimensions");
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(word);
            if (dimensions[i] < 1)
            {
                throw new InvalidDataException($"{name}: expected dimensions of at least 1, got {dimensions[i]}");
            }

            // Once above any array's length the product stays there, far from the overflow of a long.
            count = Math.Min(count * dimensions[i], 1L << 32);
        }

        return count;
    }

    private static void Fill(Stream stream, Span<byte> destination, string name, string what)
    {
        int read;
        try
        {
            read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException failure)
        {
            throw Damaged(name, failure);
        }

        if (read < destination.Length)
        {
            throw new InvalidDataException($"{name}: expected {what}, the file is cut off after {read} of them");
        }
    }

    private static bool AtEnd(Stream stream, string name)
    {
        try
        {
            return stream.ReadByte() < 0;
        }
        catch (InvalidDataException failure)
        {
            throw Damaged(name, failure);
        }
    }

    private static InvalidDataException Damaged(string name, InvalidDataException failure) =>
        new($"{name}: expected sound gzip data ({failure.Message})", failure);
}
