using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>A result as it lies on the disk.</summary>
/// <param name="Key">Hash of all that the result depends on.</param>
/// <param name="Seconds">Seconds of compute, summed over interruptions.</param>
/// <param name="Result">What the run computed.</param>
/// <param name="Origin">Where it was computed.</param>
internal sealed record StoredResult(string Key, double Seconds, RunResult Result, Origin Origin);
