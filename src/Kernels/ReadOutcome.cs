namespace Crosspoint.Kernels;

/// <summary>What it took to read a vector.</summary>
/// <param name="Reads">Times the array was read: 1 or, with bound management, more; 0 where the inputs were all zero.</param>
/// <param name="Clipped">Whether the last of them clipped at an output bound.</param>
public readonly record struct ReadOutcome(int Reads, bool Clipped);
