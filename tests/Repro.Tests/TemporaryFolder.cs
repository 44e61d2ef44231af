namespace Crosspoint.Repro.Tests;

/// <summary>A folder of one test, removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crosspoint-test-").FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Every file below but the empty one of claims, by its relative name with slashes, in order.</summary>
    public string[] Files(string below = "") =>
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(Path, below), "*", SearchOption.AllDirectories)
            .Where(file => System.IO.Path.GetFileName(file) != ".claims")
            .Select(file => System.IO.Path.GetRelativePath(System.IO.Path.Combine(Path, below), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
