namespace Crosspoint.Repro.Data;

/// <summary>Which data a run uses, as results and their keys name it.</summary>
/// <param name="Text">Name and checksums.</param>
/// <param name="IsSample">Whether it is only the embedded sample.</param>
internal sealed record DataIdentity(string Text, bool IsSample)
{
    /// <summary>Of a run that reads no data.</summary>
    public static DataIdentity None { get; } = new("none", false);

    /// <summary>The whole of MNIST.</summary>
    public static DataIdentity Mnist { get; } =
        new("mnist " + string.Join(' ', DataSets.Mnist.Files.Select(file => $"{file.Name}:{file.Sha256}")), false);

    /// <summary>The part of MNIST that is embedded in the program.</summary>
    public static DataIdentity MnistSample { get; } = new($"mnist-sample {EmbeddedSample.Sha256}", true);
}
