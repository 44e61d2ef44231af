using Crosspoint.Repro.Data;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Experiments;

/// <summary>The data that an experiment asks for, found but not read.</summary>
internal sealed class ExperimentData
{
    private const int ShortestText = 100; // bytes: of a tenth something must be left to test on

    private readonly MnistData? mnist;
    private readonly Lazy<byte[]>? text;

    private ExperimentData(DataIdentity identity, MnistData? mnist = null, Lazy<byte[]>? text = null)
    {
        Identity = identity;
        this.mnist = mnist;
        this.text = text;
    }

    /// <summary>Which data these are.</summary>
    public DataIdentity Identity { get; }

    /// <summary>The data of the paper, wherever they may be.</summary>
    public static DataIdentity Papers(IExperiment experiment) =>
        experiment.NeedsMnist ? DataIdentity.Mnist : experiment.NeedsText ? DataIdentity.WarAndPeace : DataIdentity.None;

    /// <summary>Finds the data: MNIST or its embedded sample, War and Peace or a text of the user's, or none.</summary>
    /// <param name="experiment">What asks for them.</param>
    /// <param name="locator">Where to look.</param>
    /// <param name="path">A text file instead of War and Peace.</param>
    /// <exception cref="CommandException">They are not to be found, or a text is given to an experiment that reads none.</exception>
    public static ExperimentData Find(IExperiment experiment, DataLocator locator, string? path = null)
    {
        if (path is not null && !experiment.NeedsText)
        {
            throw CommandException.Usage($"--text: {experiment.Id()} reads no text");
        }

        if (experiment.NeedsMnist)
        {
            MnistData found = new(locator.Find(DataSets.Mnist));
            return new ExperimentData(found.Identity, mnist: found);
        }

        if (!experiment.NeedsText)
        {
            return new ExperimentData(DataIdentity.None);
        }

        if (path is not null)
        {
            byte[] bytes = Read(path);
            return new ExperimentData(DataIdentity.UserText(bytes, path), text: new Lazy<byte[]>(bytes));
        }

        LocatedData located = locator.Find(DataSets.WarAndPeace) ?? throw CommandException.Failure(
            $"{experiment.Id()}: War and Peace is not found; expected it in --data or {DataLocator.FolderVariable}, after "
            + $"crosspoint data get {DataSets.WarAndPeace.Name}, or another text by --text");
        return new ExperimentData(DataIdentity.WarAndPeace, text: new Lazy<byte[]>(() => located.Read()[0]));
    }

    /// <summary>Reads and checks the images; <see langword="null"/> for an experiment that asks for none.</summary>
    public (LabelledImages Train, LabelledImages Test)? Images() => mnist?.Load();

    /// <summary>Reads and checks the text; <see langword="null"/> for an experiment that asks for none.</summary>
    public byte[]? Text() => text?.Value;

    private static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw CommandException.Usage($"--text {path}: expected a file, got {(Directory.Exists(path) ? "a folder" : "a path at which there is none")}");
        }

        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return bytes.Length >= ShortestText ? bytes
                : throw CommandException.Failure($"--text {path}: expected a text of at least {ShortestText} bytes, got {bytes.Length}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CommandException.Failure($"--text {path}: cannot be read ({failure.Message})", failure);
        }
    }
}
