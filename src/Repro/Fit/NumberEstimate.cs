namespace Crosspoint.Repro.Fit;

/// <summary>A fitted number of a model with its interval.</summary>
internal sealed record NumberEstimate(ModelNumber Number, Interval Value);
