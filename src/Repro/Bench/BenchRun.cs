using System.Diagnostics;

namespace Crosspoint.Repro.Bench;

/// <summary>Measures rows one after the other, with the calibrations between their samples.</summary>
internal sealed class BenchRun
{
    private const double SampleSeconds = 500e-6;
    private const double BaselinePart = 0.25;
    private readonly double minSeconds;
    private readonly double warmUpSeconds;
    private readonly int minSamples;
    private readonly CancellationToken stop;
    private readonly Calibration calibration;

    /// <summary>Fixes how long is measured.</summary>
    /// <param name="minSeconds">Seconds a row, without its warm-up.</param>
    /// <param name="quick">Whether warm-up and samples are as few as give a number at all.</param>
    /// <param name="calibration">The probes.</param>
    /// <param name="stop">Ends the run between two samples.</param>
    public BenchRun(double minSeconds, bool quick, Calibration calibration, CancellationToken stop)
    {
        this.minSeconds = minSeconds;
        this.calibration = calibration;
        this.stop = stop;
        warmUpSeconds = quick ? 0.25 : 0.5;
        minSamples = quick ? 5 : 15;
    }

    /// <summary>Samples one calibration for as long as a row.</summary>
    public void Measure(Probe probe)
    {
        Stopwatch time = Stopwatch.StartNew();
        do
        {
            stop.ThrowIfCancellationRequested();
            probe.Sample();
        }
        while (time.Elapsed.TotalSeconds < minSeconds / 2 || probe.Rates.Count < minSamples);
    }

    /// <summary>The line of a calibration over everything that was sampled until now.</summary>
    public static MeasuredRow Line(Probe probe) => new()
    {
        Name = probe.Row,
        Unit = probe.Unit,
        Median = probe.Rates.Median,
        Min = probe.Rates.Min,
        Max = probe.Rates.Max,
        SpreadPercent = probe.Rates.SpreadPercent,
        N = probe.Rates.Count,
    };

    /// <summary>Measures one row.</summary>
    public MeasuredRow Measure(BenchRow row)
    {
        BenchCase c = row.Prepare();
        Timing.WarmUp(warmUpSeconds, c.Run, c.Loop, c.Tensors, c.Limit);
        int calls = Timing.CallsFor(c.Run, SampleSeconds);
        int loopCalls = CallsFor(c.Loop), tensorCalls = CallsFor(c.Tensors), limitCalls = CallsFor(c.Limit);
        Samples run = new(), loop = new(), tensors = new(), limit = new(), fma = new(), l2 = new();

        // Not the bandwidth of a cache level: a set of the size of a cache does not fit into it as a smaller one does.
        Probe? read = row.WorkingSet > 0 ? Probe.Bandwidth(row.Name, (long)row.WorkingSet, warmUpSeconds: 0.02) : null;
        Stopwatch time = Stopwatch.StartNew();
        do
        {
            stop.ThrowIfCancellationRequested();
            fma.Add(calibration.MultiplyAdds.Sample());
            l2.Add(calibration.L2.Sample());
            read?.Sample();
            c.Restart?.Invoke();
            Sample(c.Run, calls, run);
            SampleBaseline(c.Loop, loopCalls, loop);
            SampleBaseline(c.Tensors, tensorCalls, tensors);
            SampleBaseline(c.Limit, limitCalls, limit);
        }
        while (time.Elapsed.TotalSeconds < minSeconds || run.Count < minSamples);

        double median = row.InUnit(run.Median);
        double? goal = row.Goal?.Scaled(fma.Median, l2.Median);
        double floor = Math.Max(row.MultiplyAdds / (fma.Median * 1e9), read is null ? 0 : row.BytesMoved / (read.Rates.Median * 1e9));
        return new MeasuredRow
        {
            Name = row.Name,
            Unit = row.Unit,
            Median = median,
            Min = row.InUnit(run.Min),
            Max = row.InUnit(run.Max),
            SpreadPercent = run.SpreadPercent,
            N = run.Count,
            Coincidences = c.Coincidences?.Invoke(),
            Goal = row.Goal?.Limit,
            GoalScaledBy = row.Goal is { } g ? (g.Bound == Bound.Compute ? calibration.MultiplyAdds : calibration.L2).Row : null,
            ScaledGoal = goal,
            OfGoal = median / goal,
            RooflinePercent = floor > 0 ? 100 * floor / run.Median : null,
            LimitPercent = limit.Count > 0 ? 100 * limit.Median / run.Median : null,
            TimesLoop = loop.Count > 0 ? loop.Median / run.Median : null,
            TimesTensors = tensors.Count > 0 ? tensors.Median / run.Median : null,
            Cache = read is null ? null : calibration.Caches.LevelOf(row.WorkingSet),
            WorkingSet = read is null ? null : row.WorkingSet,
            ReadBandwidth = read?.Rates.Median,
            CrossPointNanoseconds = row.CrossPoints > 0 ? run.Median * 1e9 / row.Operations / row.CrossPoints : null,
            Fma = fma.Median,
            L2 = l2.Median,
        };
    }

    private static int CallsFor(Action? baseline) => baseline is null ? 0 : Timing.CallsFor(baseline, SampleSeconds);

    // A baseline may take a quarter of the time each, but is sampled three times at least.
    private void SampleBaseline(Action? baseline, int calls, Samples samples)
    {
        if (baseline is not null && (samples.Count < 3 || samples.Sum * calls < BaselinePart * minSeconds))
        {
            Sample(baseline, calls, samples);
        }
    }

    // The first call brings back what the calibrations have driven out of the caches.
    private static void Sample(Action run, int calls, Samples samples)
    {
        run();
        samples.Add(Timing.Seconds(run, calls) / calls);
    }
}
