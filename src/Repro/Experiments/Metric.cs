namespace Crosspoint.Repro.Experiments;

/// <summary>One number that a run ends with.</summary>
/// <param name="At">Where it stands: coordinates beyond those of the run's own point, such as a noise variance at inference.</param>
/// <param name="Name">What it is, with its unit: <c>test_accuracy_percent</c>.</param>
/// <param name="Value">The number.</param>
public sealed record Metric(Point At, string Name, double Value);

/// <summary>What the paper says of one metric at one point.</summary>
/// <param name="At">The point, all coordinates of the row.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Paper">The paper's value; <see langword="null"/> where it states a range only.</param>
/// <param name="Low">Lower end of the band.</param>
/// <param name="High">Upper end of the band.</param>
/// <param name="Source">Where in the paper, and why the tolerance is what it is.</param>
public sealed record Claim(Point At, string Metric, double? Paper, double Low, double High, string Source);
