using System.Security.Cryptography;

namespace Crosspoint.Repro.Data;

/// <summary>Which data a run uses, as results and their keys name it.</summary>
/// <param name="Text">Name and checksums.</param>
/// <param name="Variant">What the folders of results on data other than the paper's carry in their name; empty for the paper's.</param>
/// <param name="Note">The same in words, for pictures and tables.</param>
internal sealed record DataIdentity(string Text, string Variant = "", string Note = "")
{
    private const int ShortLength = 8;

    /// <summary>Of a run that reads no data.</summary>
    public static DataIdentity None { get; } = new("none");

    /// <summary>The whole of MNIST.</summary>
    public static DataIdentity Mnist { get; } = Of(DataSets.Mnist);

    /// <summary>The part of MNIST that is embedded in the program.</summary>
    public static DataIdentity MnistSample { get; } = new($"mnist-sample {EmbeddedSample.Sha256}", "sample", "embedded sample of MNIST");

    /// <summary>War and Peace.</summary>
    public static DataIdentity WarAndPeace { get; } = Of(DataSets.WarAndPeace);

    /// <summary>Whether these are the data of the paper.</summary>
    public bool IsPapers => Variant.Length == 0;

    /// <summary>A text of the user's.</summary>
    public static DataIdentity UserText(byte[] bytes, string path)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new($"text {hash}", "text-" + hash[..ShortLength], $"text {Path.GetFileName(path)}");
    }

    /// <summary>The data that a result names; a text of the user's without the name of its file.</summary>
    /// <param name="text">As in <see cref="Text"/>.</param>
    /// <exception cref="FormatException">It names none of the known data.</exception>
    public static DataIdentity Of(string text) =>
        new[] { None, Mnist, MnistSample, WarAndPeace }.FirstOrDefault(known => known.Text == text)
        ?? (text.Split(' ') is ["text", { Length: > ShortLength } hash]
            ? new(text, "text-" + hash[..ShortLength], $"text {hash[..ShortLength]}")
            : throw new FormatException($"'{text}' is none of the known data"));

    private static DataIdentity Of(DataSet set) =>
        new(set.Name + " " + string.Join(' ', set.Files.Select(file => $"{file.Name}:{file.Sha256}")));
}
