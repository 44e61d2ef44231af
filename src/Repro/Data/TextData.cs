using System.Security.Cryptography;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Data;

/// <summary>The text of a run: War and Peace with the split of T. Gokmen (2021), or any file, whose last tenth is the test part.</summary>
internal sealed class TextData
{
    private const int PaperTrain = 2_933_246, PaperTest = 325_000;
    private const int SmallestTest = 2, SmallestTrain = 100, TestShare = 10;
    private const int LargestFile = 1 << 30;

    private readonly Lazy<SplitText> text;
    private readonly Func<SplitText, DataIdentity> identify;

    private TextData(Func<SplitText> read, Func<SplitText, DataIdentity> identify)
    {
        text = new Lazy<SplitText>(read);
        this.identify = identify;
    }

    /// <summary>Which data these are.</summary>
    /// <exception cref="CommandException">The file cannot be read or used.</exception>
    public DataIdentity Identity => identify(text.Value);

    /// <summary>War and Peace where it was found.</summary>
    /// <exception cref="CommandException">It was not found.</exception>
    public static TextData WarAndPeace(LocatedData? located) => located is null
        ? throw CommandException.Failure(
            $"{DataSets.WarAndPeace.Name} is not found; put {DataSets.WarAndPeace.Files[0].Name} into a folder and name it with --data or {DataLocator.FolderVariable}, or take any other text by --text FILE")
        : new TextData(
            () => new SplitText(located.Read()[0], DataSets.WarAndPeace.Name, PaperTrain, PaperTest),
            _ => DataIdentity.WarAndPeace);

    /// <summary>Any file.</summary>
    public static TextData Of(string path) => new(
        () => Read(path),
        text => new DataIdentity($"text {Convert.ToHexStringLower(SHA256.HashData(text.Bytes.Span))}", IsSample: true)
        {
            Suffix = "text",
            Note = $"text {Path.GetFileName(path)}",
        });

    /// <summary>Reads and checks the text.</summary>
    /// <exception cref="CommandException">The file cannot be read or used.</exception>
    public SplitText Load() => text.Value;

    private static SplitText Read(string path)
    {
        byte[] bytes;
        try
        {
            FileInfo file = new(path);
            if (file.Length > LargestFile)
            {
                throw CommandException.Failure($"{path}: expected a text of at most {LargestFile} bytes, got {file.Length}");
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CommandException.Failure($"{path}: cannot be read ({failure.Message}); expected a text file", failure);
        }

        int test = Math.Max(SmallestTest, bytes.Length / TestShare);
        SplitText text = new(bytes, Path.GetFileName(path), Math.Max(SmallestTrain, bytes.Length - test), test);
        try
        {
            text.Cut();
            return text;
        }
        catch (InvalidDataException failure)
        {
            throw CommandException.Failure($"{path}: cannot be used: {failure.Message}", failure);
        }
    }
}
