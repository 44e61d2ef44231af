namespace Crosspoint.Repro.Experiments;

/// <summary>A metric of one seed, at the point of its run and its own coordinates.</summary>
internal sealed record SeedMetric(ulong Seed, Metric Metric);
