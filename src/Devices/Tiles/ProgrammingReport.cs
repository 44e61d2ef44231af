namespace Crosspoint.Devices.Tiles;

/// <summary>What programming a tile came to; errors are those of the devices' true weights, in array weight units.</summary>
/// <param name="Mean">Mean of weight minus target.</param>
/// <param name="Deviation">Standard deviation of weight minus target.</param>
/// <param name="LargestError">Largest magnitude of weight minus target.</param>
/// <param name="Iterations">Rounds of pulses: 0 for exact programming, or where the first reads were all within the tolerance.</param>
/// <param name="Pulses">Pulses that cross-points took, as the array counts them.</param>
/// <param name="Outside">Cross-points whose true error is above the tolerance.</param>
public readonly record struct ProgrammingReport(double Mean, double Deviation, double LargestError, int Iterations, long Pulses, int Outside);
