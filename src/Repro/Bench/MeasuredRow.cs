namespace Crosspoint.Repro.Bench;

/// <summary>One line of the report; <see langword="null"/> is what does not apply.</summary>
/// <remarks>The names of the properties are those of <c>bench --json</c> and of the CSV.</remarks>
internal sealed record MeasuredRow
{
    /// <summary>Name of the row.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of the first three numbers and of the goal.</summary>
    public required string Unit { get; init; }

    /// <summary>Median of the samples.</summary>
    public required double Median { get; init; }

    /// <summary>The smallest sample.</summary>
    public required double Min { get; init; }

    /// <summary>The largest sample.</summary>
    public required double Max { get; init; }

    /// <summary>From the first to the third quartile, as a percentage of the median.</summary>
    public required double SpreadPercent { get; init; }

    /// <summary>Number of samples.</summary>
    public required int N { get; init; }

    /// <summary>How far the median of the slowest round lies above this one, the quickest, in percent; <see langword="null"/> of one round.</summary>
    public double? RoundsPercent { get; init; }

    /// <summary>Coincidences a cross-point, an image, or a character of a text.</summary>
    public double? Coincidences { get; init; }

    /// <summary>Nanoseconds of the median for each coincidence.</summary>
    public double? CoincidenceNanoseconds => Coincidences > 0 ? Median * BenchRow.Nanoseconds(Unit) / Coincidences : null;

    /// <summary>The goal on the processor of reference speed.</summary>
    public double? Goal { get; init; }

    /// <summary>The calibration that scales the goal.</summary>
    public string? GoalScaledBy { get; init; }

    /// <summary>The goal at the speed that the machine had while this row was measured.</summary>
    public double? ScaledGoal { get; init; }

    /// <summary>Median over scaled goal; at most 1 where the goal is met.</summary>
    public double? OfGoal { get; init; }

    /// <summary>The least time that peak arithmetic and a plain read of the working set allow, as a percentage of the median.</summary>
    public double? RooflinePercent { get; init; }

    /// <summary>Time of what nothing can leave out, done alone, as a percentage of the median.</summary>
    public double? LimitPercent { get; init; }

    /// <summary>Time of the plain loop over the median.</summary>
    public double? TimesLoop { get; init; }

    /// <summary>Time of TensorPrimitives over the median.</summary>
    public double? TimesTensors { get; init; }

    /// <summary>The nearest cache that holds the working set: l1, l2, l3 or memory.</summary>
    public string? Cache { get; init; }

    /// <summary>Bytes of the working set.</summary>
    public double? WorkingSet { get; init; }

    /// <summary>GB/s of reading as many bytes over and over, between the samples of this row.</summary>
    public double? ReadBandwidth { get; init; }

    /// <summary>The median as nanoseconds a cross-point.</summary>
    public double? CrossPointNanoseconds { get; init; }

    /// <summary>Nanoseconds a cross-point, over the smallest of all sizes of this row.</summary>
    public double? OverBestSize { get; init; }

    /// <summary>Median of calibrate/fma between the samples of this row.</summary>
    public double? Fma { get; init; }

    /// <summary>Median of calibrate/l2 between the samples of this row.</summary>
    public double? L2 { get; init; }

    /// <summary>Median without AVX-512.</summary>
    public double? Median256 { get; init; }

    /// <summary>Median without AVX-512 over the median.</summary>
    public double? Ratio256 { get; init; }

    /// <summary>Time of what nothing can leave out, without AVX-512, in the unit of the row; not a column.</summary>
    public double? Limit256 { get; init; }

    /// <summary>The same over its time with AVX-512.</summary>
    public double? LimitRatio256 => Limit256 / (Median * LimitPercent / 100);

    /// <summary>Of several rounds of one row the one with the smallest median; of those without AVX-512, of limits, and of scaled goals, the smallest of their own.</summary>
    /// <param name="rounds">One or more.</param>
    public static MeasuredRow Quickest(IReadOnlyList<MeasuredRow> rounds)
    {
        MeasuredRow best = rounds.MinBy(row => row.Median)!;
        double? median256 = rounds.Min(row => row.Median256), goal = rounds.Min(row => row.ScaledGoal);
        double? limit = rounds.Min(row => row.Median * row.LimitPercent);
        return best with
        {
            ScaledGoal = goal,
            OfGoal = best.Median / goal,
            RoundsPercent = rounds.Count > 1 ? 100 * ((rounds.Max(row => row.Median) / best.Median) - 1) : null,
            Median256 = median256,
            Ratio256 = median256 / best.Median,
            LimitPercent = limit / best.Median,
            Limit256 = rounds.Min(row => row.Limit256),
        };
    }
}
