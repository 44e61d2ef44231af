using System.IO.Compression;
using System.Security.Cryptography;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Data;

/// <summary>The first 4,000 training and 1,000 test digits of MNIST, which are part of the program.</summary>
internal static class EmbeddedSample
{
    /// <summary>SHA-256 of the sample once decompressed.</summary>
    public const string Sha256 = "9803fa834b7d491350eb2ab6fabe6624710a20397e37e0247df901dd9fa31a49";

    private const string Resource = "mnist-sample.gz";

    /// <summary>Reads and checks the sample.</summary>
    /// <returns>Training and test digits.</returns>
    /// <exception cref="InvalidDataException">The program's file is damaged.</exception>
    public static (LabelledImages Train, LabelledImages Test) Read()
    {
        byte[] bytes = ReadBytes();
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != Sha256)
        {
            throw new InvalidDataException($"{Resource}: wrong checksum: expected SHA-256 {Sha256}; the program's file is damaged");
        }

        using MemoryStream stream = new(bytes);
        return (ReadImages(stream, "mnist-sample/train"), ReadImages(stream, "mnist-sample/test"));
    }

    private static byte[] ReadBytes()
    {
        using Stream resource = typeof(EmbeddedSample).Assembly.GetManifestResourceStream(Resource)!;
        using GZipStream decompressed = new(resource, CompressionMode.Decompress);
        using MemoryStream bytes = new();
        decompressed.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static LabelledImages ReadImages(MemoryStream stream, string name)
    {
        IdxArray images = IdxFile.Read(stream, name, stream.Length);
        return IdxFile.Combine(images, IdxFile.Read(stream, name, stream.Length), name);
    }
}
