namespace Crosspoint.Repro.Bench;

/// <summary>One row of the benchmark: what it is called, in which unit it is told, and how to set it up.</summary>
/// <remarks>Adding a row is adding one of these to a list of <see cref="BenchCatalogue"/>.</remarks>
internal sealed record BenchRow
{
    /// <summary>Its name, such as "update/constant-step/512x512/dense"; sizes read outputs x inputs.</summary>
    public required string Name { get; init; }

    /// <summary>The unit of a median, such as "ns/cross-point".</summary>
    public required string Unit { get; init; }

    /// <summary>Operations of one call: cross-points, vectors, words or images.</summary>
    public required double Operations { get; init; }

    /// <summary>Builds what is measured; called once, when its turn has come.</summary>
    public required Func<BenchCase> Prepare { get; init; }

    /// <summary>The time that this row must not exceed.</summary>
    public Goal? Goal { get; init; }

    /// <summary>Cross-points that one operation touches; 0 where the row has no array.</summary>
    public double CrossPoints { get; init; }

    /// <summary>Bytes that lie in the caches between two calls; 0 where they do not matter.</summary>
    public double WorkingSet { get; init; }

    /// <summary>Bytes that one call must read and write at least; 0 where that does not bound it.</summary>
    public double BytesMoved { get; init; }

    /// <summary>Fused multiply-adds of one call.</summary>
    public double MultiplyAdds { get; init; }

    /// <summary>A time in the unit of this row.</summary>
    /// <param name="seconds">Seconds of one call.</param>
    public double InUnit(double seconds) => seconds * 1e9 / Nanoseconds(Unit) / Operations;

    /// <summary>Nanoseconds in the time of a unit: of microseconds "us/...", of nanoseconds "ns/...".</summary>
    /// <param name="unit">A unit of a row.</param>
    public static double Nanoseconds(string unit) => unit.StartsWith("us", StringComparison.Ordinal) ? 1e3 : 1;
}

/// <summary>What one row measures, ready to be called again and again.</summary>
/// <param name="Run">The code of the library.</param>
internal sealed record BenchCase(Action Run)
{
    /// <summary>Brings back the state in which every sample begins, untimed; <see langword="null"/> where the cost does not depend on it.</summary>
    public Action? Restart { get; init; }

    /// <summary>The same as a plain loop, as one would write it without the library.</summary>
    public Action? Loop { get; init; }

    /// <summary>The same by calls of TensorPrimitives.</summary>
    public Action? Tensors { get; init; }

    /// <summary>What of it nothing can leave out, done alone: random numbers, cache lines, counts; <see langword="null"/> where that is not known.</summary>
    public Action? Limit { get; init; }

    /// <summary>Coincidences a cross-point, an image, or a character of a text, averaged over the calls so far.</summary>
    public Func<double>? Coincidences { get; init; }
}

/// <summary>The time that a row must not exceed on a processor of reference speed.</summary>
/// <param name="Limit">In the unit of the row.</param>
/// <param name="Bound">What the goal is scaled by.</param>
internal sealed record Goal(double Limit, Bound Bound)
{
    /// <summary>The processor for which goals are set: billions of fused multiply-adds a second on one core.</summary>
    public const double ReferenceMultiplyAdds = 125;

    /// <summary>The processor for which goals are set: GB/s from the second-level cache on one core.</summary>
    public const double ReferenceBandwidth = 245;

    /// <summary>The goal on the processor of this run, as fast as it was while the row was measured.</summary>
    /// <param name="multiplyAdds">Measured billions of fused multiply-adds a second.</param>
    /// <param name="bandwidth">Measured GB/s from the second-level cache.</param>
    public double Scaled(double multiplyAdds, double bandwidth) =>
        Limit * (Bound == Bound.Compute ? ReferenceMultiplyAdds / multiplyAdds : ReferenceBandwidth / bandwidth);
}

/// <summary>What a row is short of.</summary>
internal enum Bound
{
    /// <summary>Execution units; its goal moves with calibrate/fma.</summary>
    Compute,

    /// <summary>The bandwidth of the second-level cache; its goal moves with calibrate/l2.</summary>
    Cache,
}
