using System.IO.Compression;
using System.Text.Json;

namespace Crosspoint.Repro.Models;

/// <summary>NumPy's .npz: a zip of .npy files, which numpy.load reads as it is.</summary>
/// <remarks>The metadata are one more array: a text, a JSON object of words; <c>json.loads(str(file["metadata"]))</c> in Python.</remarks>
internal static class NpzFile
{
    private const string Suffix = ".npy", Metadata = "metadata";
    private const int MostEntries = 10_000;

    // No entry of the same bytes tells two times.
    private static readonly DateTimeOffset Written = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file: not compressed, as numpy.savez does.</summary>
    public static void Write(Stream stream, ModelFile file)
    {
        using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (Tensor tensor in file.Tensors)
        {
            using Stream entry = Entry(zip, tensor.Name);
            NpyFormat.Write(entry, tensor);
        }

        if (file.Metadata.Count > 0)
        {
            using Stream entry = Entry(zip, Metadata);
            NpyFormat.Write(entry, JsonSerializer.Serialize(new SortedDictionary<string, string>(file.Metadata.ToDictionary(), StringComparer.Ordinal)));
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    /// <exception cref="EndOfStreamException">An array ends early.</exception>
    public static ModelFile Read(Stream stream)
    {
        using ZipArchive zip = Open(stream);
        if (zip.Entries.Count > MostEntries)
        {
            throw new InvalidDataException($"expected at most {MostEntries} arrays, got {zip.Entries.Count}");
        }

        List<Tensor> tensors = [];
        Dictionary<string, string> metadata = [];
        HashSet<string> names = [];
        long left = ModelFile.MostNumbers;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            string name = entry.FullName.EndsWith(Suffix, StringComparison.Ordinal) ? entry.FullName[..^Suffix.Length] : string.Empty;
            if (name.Length == 0 || !names.Add(name))
            {
                throw new InvalidDataException($"expected arrays of NumPy, each name once, got an entry '{entry.FullName.ReplaceLineEndings("?")}'");
            }

            using Stream content = entry.Open();
            if (name == Metadata)
            {
                metadata = Words(NpyFormat.ReadText(content, name));
            }
            else
            {
                tensors.Add(NpyFormat.Read(content, name, left));
                left -= tensors[^1].Values.Length;
            }
        }

        return new ModelFile(tensors, metadata);
    }

    /// <summary>The words of a JSON object.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static Dictionary<string, string> Words(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{Metadata}: expected a JSON object of words", failure);
        }
    }

    private static ZipArchive Open(Stream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException failure)
        {
            throw new InvalidDataException($"expected a zip of NumPy's arrays ({failure.Message.TrimEnd('.')})", failure);
        }
    }

    private static Stream Entry(ZipArchive zip, string name)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name + Suffix, CompressionLevel.NoCompression);
        entry.LastWriteTime = Written;
        return entry.Open();
    }
}
