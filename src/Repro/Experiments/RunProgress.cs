namespace Crosspoint.Repro.Experiments;

/// <summary>How far one run is.</summary>
/// <param name="Run">The run.</param>
/// <param name="Begun">When it began, counted from the first run.</param>
internal sealed record RunProgress(PlannedRun Run, TimeSpan Begun)
{
    /// <summary>Whether the run has told how far it is.</summary>
    public bool HasReported { get; init; }

    /// <summary>In 0..1.</summary>
    public double Fraction { get; init; }

    /// <summary>What it had from an interrupted run, in 0..1, which took no time now.</summary>
    public double Inherited { get; init; }

    /// <summary>Where it is, such as "epoch 3 of 10".</summary>
    public string Words { get; init; } = string.Empty;

    /// <summary>Columns of its curve; empty as long as it has told none.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Its curve so far.</summary>
    public IReadOnlyList<double[]> Curve { get; init; } = [];

    /// <summary>Seconds that it will take at the speed so far; <see langword="null"/> before it has a speed.</summary>
    /// <param name="now">Now, counted from the first run.</param>
    public double? SecondsLeft(TimeSpan now) =>
        Fraction > Inherited ? (now - Begun).TotalSeconds * (1 - Fraction) / (Fraction - Inherited) : null;
}
