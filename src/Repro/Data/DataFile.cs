using System.IO.Compression;
using System.Security.Cryptography;

namespace Crosspoint.Repro.Data;

/// <summary>One file of a data set, as it is once decompressed.</summary>
/// <param name="Name">Name of the plain file; the compressed one has <c>.gz</c> behind it.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal digits.</param>
internal sealed record DataFile(string Name, int Length, string Sha256)
{
    /// <summary>Where the file lies in a folder, plain or compressed; <see langword="null"/> if it does not.</summary>
    public string? PathIn(string folder) =>
        new[] { Name, Name + ".gz" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Reads the whole file, decompressed, and checks it.</summary>
    /// <exception cref="CommandException">It cannot be read, or has another length or checksum.</exception>
    public byte[] Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? ReadCompressed(file, path) : Read(file, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw CommandException.Failure($"{path}: cannot be read ({failure.Message}); expected {Name}, {Length} bytes", failure);
        }
    }

    /// <summary>Reads the file out of a gzip stream and checks it; never more than one byte past its length.</summary>
    /// <exception cref="CommandException">It has another length or checksum.</exception>
    public byte[] ReadCompressed(Stream compressed, string where)
    {
        using GZipStream stream = new(compressed, CompressionMode.Decompress);
        return Read(stream, where);
    }

    /// <summary>Reads the file out of a stream and checks it; never more than one byte past its length.</summary>
    /// <exception cref="CommandException">It has another length or checksum.</exception>
    public byte[] Read(Stream stream, string where)
    {
        byte[] bytes = new byte[Length];
        int read = stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false);
        if (read < Length)
        {
            throw CommandException.Failure($"{where}: expected {Length} bytes of {Name}, the file is cut off after {read}");
        }

        if (stream.ReadByte() >= 0)
        {
            throw CommandException.Failure($"{where}: expected {Length} bytes of {Name}, the file is longer");
        }

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return sha256 == Sha256
            ? bytes
            : throw CommandException.Failure($"{where}: wrong checksum: expected SHA-256 {Sha256} for {Name}, got {sha256}");
    }
}
