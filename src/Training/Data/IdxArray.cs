namespace Crosspoint.Training.Data;

/// <summary>An array of bytes as an IDX stream holds it.</summary>
/// <param name="Dimensions">Length of each dimension, the slowest first; at least 1 each.</param>
/// <param name="Values">The values in the order of the dimensions.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, ReadOnlyMemory<byte> Values);
