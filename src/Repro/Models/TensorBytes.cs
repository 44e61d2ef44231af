using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Crosspoint.Repro.Models;

/// <summary>Little-endian numbers of a stream.</summary>
internal static class TensorBytes
{
    private const int Piece = 1 << 20;

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="InvalidDataException">There are more than may be.</exception>
    public static long Count(string name, IReadOnlyList<int> shape, long most)
    {
        long count = 1;
        foreach (int dimension in shape)
        {
            // Dimensions are below 2³¹ and so is the count, so that no product overflows before it is compared.
            count *= dimension;
            if (count > most)
            {
                throw new InvalidDataException($"{name}: expected at most {most} numbers, got shape [{string.Join(", ", shape)}]");
            }
        }

        return count;
    }

    /// <summary>Writes numbers of single precision.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    /// <summary>Reads numbers of single or double precision, the latter rounded; memory grows with what is there.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static float[] Read(Stream stream, string name, long count, int bytesOfNumber)
    {
        byte[] piece = new byte[(int)Math.Min(Piece, Math.Max(1, count) * bytesOfNumber)];
        List<float> values = [];
        for (long left = count; left > 0;)
        {
            int now = (int)Math.Min(left, piece.Length / bytesOfNumber);
            Span<byte> bytes = piece.AsSpan(0, now * bytesOfNumber);
            int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (got < bytes.Length)
            {
                throw new EndOfStreamException($"{name}: expected {count} numbers, got {count - left + (got / bytesOfNumber)}");
            }

            for (int k = 0; k < now; k++)
            {
                ReadOnlySpan<byte> number = bytes.Slice(k * bytesOfNumber, bytesOfNumber);
                values.Add(bytesOfNumber == sizeof(float) ? BinaryPrimitives.ReadSingleLittleEndian(number) : (float)BinaryPrimitives.ReadDoubleLittleEndian(number));
            }

            left -= now;
        }

        return [.. values];
    }
}
