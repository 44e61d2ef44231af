namespace Crosspoint.Repro.Data;

/// <summary>Which data a run uses, as results and their keys name it.</summary>
/// <param name="Text">Name and checksums.</param>
/// <param name="IsSample">Whether it is other data than the paper's: the embedded sample, or a text of the user's.</param>
internal sealed record DataIdentity(string Text, bool IsSample)
{
    /// <summary>What the folder of results on other data than the paper's has behind the profile.</summary>
    public string Suffix { get; init; } = "sample";

    /// <summary>What tables and pictures say of other data than the paper's.</summary>
    public string Note { get; init; } = "embedded sample of MNIST";

    /// <summary>War and Peace.</summary>
    public static DataIdentity WarAndPeace { get; } =
        new("war-and-peace " + string.Join(' ', DataSets.WarAndPeace.Files.Select(file => $"{file.Name}:{file.Sha256}")), false);

    /// <summary>Of a run that reads no data.</summary>
    public static DataIdentity None { get; } = new("none", false);

    /// <summary>The whole of MNIST.</summary>
    public static DataIdentity Mnist { get; } =
        new("mnist " + string.Join(' ', DataSets.Mnist.Files.Select(file => $"{file.Name}:{file.Sha256}")), false);

    /// <summary>The part of MNIST that is embedded in the program.</summary>
    public static DataIdentity MnistSample { get; } = new($"mnist-sample {EmbeddedSample.Sha256}", true);
}
