namespace Crosspoint.Repro.Data;

/// <summary>A data set that experiments use.</summary>
/// <param name="Name">What <c>data get</c> takes, and the folder of its files.</param>
/// <param name="Title">What it holds.</param>
/// <param name="Licence">Licence and authors.</param>
/// <param name="Files">Its files.</param>
internal sealed record DataSet(string Name, string Title, string Licence, IReadOnlyList<DataFile> Files);
