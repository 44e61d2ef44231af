namespace Crosspoint.Repro.Experiments;

/// <summary>How far the runs of a figure or sweep are, at one moment.</summary>
/// <param name="Total">Runs to compute; 0 before any is announced.</param>
/// <param name="Finished">Those that are finished.</param>
/// <param name="Fraction">Share of the work that is done, in 0..1.</param>
/// <param name="RunsPerMinute">Speed so far; <see langword="null"/> before there is one.</param>
/// <param name="SecondsLeft">Seconds for all the rest at that speed.</param>
/// <param name="Elapsed">Time since the first run.</param>
/// <param name="Runs">The runs that are being computed.</param>
internal sealed record ProgressSnapshot(
    int Total, int Finished, double Fraction, double? RunsPerMinute, double? SecondsLeft, TimeSpan Elapsed, IReadOnlyList<RunProgress> Runs);
