using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro.Data;

/// <summary>The data sets that experiments use.</summary>
internal static class DataSets
{
    /// <summary>MNIST; the order of its files is the one that <see cref="MnistData"/> reads.</summary>
    public static DataSet Mnist { get; } = new(
        "mnist",
        "MNIST: 60,000 training and 10,000 test digits of 28 x 28 pixels",
        "CC BY-SA 3.0, Y. LeCun, C. Cortes, C. Burges",
        [
            new("train-images-idx3-ubyte", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new("train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new("t10k-images-idx3-ubyte", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new("t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ]);

    /// <summary>War and Peace, the character-level corpus.</summary>
    public static DataSet WarAndPeace { get; } = new(
        "war-and-peace",
        "L. Tolstoy, War and Peace (English): 3,258,246 characters of 87 kinds",
        "public domain",
        [new("warpeace_input.txt", 3_258_246, "de4e5d6122d814af763996ca20b92b6a568186ce4d6b68a1908000016802951f")]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataSet> All { get; } = [Mnist, WarAndPeace];

    /// <summary>Finds a data set by its name.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public static DataSet Find(string name) =>
        All.FirstOrDefault(set => set.Name == name)
        ?? throw CommandException.Usage(Suggestion.Unknown("data set", name, All.Select(set => set.Name)));
}
