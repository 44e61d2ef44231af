using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>A run of a plan with its stored result.</summary>
internal sealed record StoredRun(PlannedRun Run, RunResult Result);
