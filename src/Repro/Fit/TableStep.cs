namespace Crosspoint.Repro.Fit;

/// <summary>A step and the entries of a table that it tells of.</summary>
/// <param name="Left">The entry.</param>
/// <param name="Right">The part for which it tells of the next entry instead, 0 to 1.</param>
/// <param name="Before">The weight before the pulse.</param>
/// <param name="Change">The signed step.</param>
internal readonly record struct TableStep(int Left, double Right, double Before, double Change);
