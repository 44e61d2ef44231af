namespace Crosspoint.Repro.Experiments;

/// <summary>What one run computed: the same for the same point, parameters, data and seed, on every machine.</summary>
public sealed class RunResult
{
    /// <summary>Columns of the curve, with units; the first is the epoch.</summary>
    public IReadOnlyList<string> CurveColumns { get; init; } = [];

    /// <summary>The curve, one row an epoch.</summary>
    public IReadOnlyList<double[]> Curve { get; init; } = [];

    /// <summary>The final metrics.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Counted events by name (pulses, events, reads), over the whole run.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();
}

/// <summary>One row of the table against the paper: a metric at a point, over seeds.</summary>
/// <param name="Point">The point of the run and the metric's own coordinates.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="N">Number of seeds.</param>
/// <param name="Mean">Mean over seeds.</param>
/// <param name="Ci95">Half width of the 95 % interval of the mean (Student); <see langword="null"/> for one seed.</param>
/// <param name="Minimum">Smallest over seeds.</param>
/// <param name="Maximum">Largest over seeds.</param>
/// <param name="Claim">What the paper says of it, if anything.</param>
/// <param name="Verdict"><c>inside</c>, <c>outside</c>, <c>no-reference</c> or <c>not-judged</c>.</param>
public sealed record Row(
    Point Point, string Metric, int N, double Mean, double? Ci95, double Minimum, double Maximum, Claim? Claim, string Verdict);

/// <summary>All that is stored of one experiment, for drawing: aggregated rows, and the curves of the runs.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Rows">The rows, in the order of the sweep.</param>
/// <param name="Runs">Each finished run with its point and seed.</param>
/// <param name="Note">One line that the picture must carry, such as "embedded sample of MNIST, quick profile"; empty for full-scale runs.</param>
public sealed record Summary(
    Profile Profile, IReadOnlyList<Row> Rows, IReadOnlyList<(Point Point, ulong Seed, RunResult Result)> Runs, string Note);
