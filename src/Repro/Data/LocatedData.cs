namespace Crosspoint.Repro.Data;

/// <summary>A data set with the place where it was found; nothing is checked yet.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Paths">Its files, in the order of the set.</param>
internal sealed record LocatedData(DataSet Set, string Folder, IReadOnlyList<string> Paths)
{
    /// <summary>Reads all files and checks them.</summary>
    /// <exception cref="CommandException">A file cannot be read, or has another length or checksum.</exception>
    public IReadOnlyList<byte[]> Read() => [.. Set.Files.Zip(Paths, (file, path) => file.Read(path))];
}
