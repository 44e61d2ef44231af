namespace Crosspoint.Repro.Fit;

/// <summary>A number of a model that a fit left as it was, and why.</summary>
internal sealed record HeldNumber(ModelNumber Number, double Value, string Reason);
