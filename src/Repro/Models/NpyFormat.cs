using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Crosspoint.Repro.Models;

/// <summary>NumPy's format of one array: a magic, a version, a header in the form of a Python dictionary, the numbers.</summary>
/// <remarks>numpy.lib.format, versions 1.0 to 3.0. Numbers of single precision, or double ones, which are rounded; in C order, little-endian.</remarks>
internal static partial class NpyFormat
{
    private const int LongestHeader = 1 << 16;
    private const int Alignment = 64;
    private const int LongestText = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes a tensor as numbers of single precision.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        string comma = tensor.Shape.Count == 1 ? "," : string.Empty;
        WriteHeader(stream, "<f4", $"({string.Join(", ", tensor.Shape)}{comma})");
        TensorBytes.Write(stream, tensor.Values);
    }

    /// <summary>Writes a text as an array of no dimensions.</summary>
    public static void Write(Stream stream, string text)
    {
        byte[] characters = Encoding.UTF32.GetBytes(text);
        WriteHeader(stream, $"<U{characters.Length / 4}", "()");
        stream.Write(characters);
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="stream">Begins with the magic and ends with the numbers.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="most">The most numbers there may be.</param>
    /// <exception cref="InvalidDataException">It is no array that can be read.</exception>
    /// <exception cref="EndOfStreamException">It ends early.</exception>
    public static Tensor Read(Stream stream, string name, long most)
    {
        (string type, int[] shape) = ReadHeader(stream, name);
        int bytes = type switch
        {
            "<f4" => sizeof(float),
            "<f8" => sizeof(double),
            _ => throw new InvalidDataException($"{name}: expected numbers of type <f4 or <f8, got {Printable(type)}"),
        };
        Tensor tensor = new(name, shape, TensorBytes.Read(stream, name, TensorBytes.Count(name, shape, most), bytes));
        RequireEnd(stream, name);
        return tensor;
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="InvalidDataException">It is no text.</exception>
    /// <exception cref="EndOfStreamException">It ends early.</exception>
    public static string ReadText(Stream stream, string name)
    {
        (string type, int[] shape) = ReadHeader(stream, name);
        if (shape.Length > 0 || !type.StartsWith("<U", StringComparison.Ordinal)
            || !int.TryParse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > LongestText)
        {
            throw new InvalidDataException($"{name}: expected one text of at most {LongestText} characters, got type {Printable(type)} and {shape.Length} dimensions");
        }

        byte[] characters = new byte[4 * length];
        if (stream.ReadAtLeast(characters, characters.Length, throwOnEndOfStream: false) < characters.Length)
        {
            throw new EndOfStreamException($"{name}: expected a text of {length} characters");
        }

        RequireEnd(stream, name);
        return Encoding.UTF32.GetString(characters).TrimEnd('\0');
    }

    private static void WriteHeader(Stream stream, string type, string shape)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        int before = Magic.Length + 4;
        int length = ((before + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - before;
        stream.Write(Magic);
        stream.Write([1, 0]);
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)length));
        stream.Write(bytes);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"));
    }

    private static (string Type, int[] Shape) ReadHeader(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[8];
        int got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (got < start.Length || !start.StartsWith(Magic))
        {
            throw new InvalidDataException($"{name}: expected an array of NumPy, which begins with \\x93NUMPY");
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw new InvalidDataException($"{name}: expected NumPy's format 1 to 3, got {version}");
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bytes.Clear();
        ReadAll(stream, bytes[..(version == 1 ? 2 : 4)], name);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length > LongestHeader)
        {
            throw new InvalidDataException($"{name}: expected a header of at most {LongestHeader} bytes, got {length}");
        }

        byte[] header = new byte[length];
        ReadAll(stream, header, name);
        return Parse(Encoding.Latin1.GetString(header), name);
    }

    private static (string Type, int[] Shape) Parse(string header, string name)
    {
        Match match = Header().Match(header);
        if (!match.Success || match.Groups["type"].Captures.Count != 1 || match.Groups["order"].Captures.Count != 1 || match.Groups["shape"].Captures.Count != 1)
        {
            throw new InvalidDataException($"{name}: expected a header with descr, fortran_order and shape, got {Printable(header)}");
        }

        if (match.Groups["order"].Value == "True")
        {
            throw new InvalidDataException($"{name}: expected an array in C order, got one in Fortran order; numpy.ascontiguousarray turns it");
        }

        List<int> shape = [];
        foreach (string dimension in match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            shape.Add(int.TryParse(dimension, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
                ? size
                : throw new InvalidDataException($"{name}: expected dimensions from 0 to {int.MaxValue}, got {Printable(dimension)}"));
        }

        return (match.Groups["type"].Value, [.. shape]);
    }

    private static void ReadAll(Stream stream, Span<byte> bytes, string name)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new EndOfStreamException($"{name}: expected a header of NumPy, but it ends early");
        }
    }

    private static void RequireEnd(Stream stream, string name)
    {
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"{name}: expected nothing behind the last number");
        }
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(80).Select(c => char.IsControl(c) ? '?' : c)).Trim();

    // No part of it can match in two ways, so that a hostile header takes no longer than another one.
    [GeneratedRegex(
        @"\A\{(?>\s*)(?:(?:'descr':(?>\s*)'(?<type>[^']*)'|'fortran_order':(?>\s*)(?<order>True|False)|'shape':(?>\s*)\((?<shape>[^()]*)\))(?>\s*)(?:,(?>\s*))?)*\}(?>\s*)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
