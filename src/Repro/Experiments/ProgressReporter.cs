using System.Diagnostics;

namespace Crosspoint.Repro.Experiments;

/// <summary>Tells how far the runs of a figure are: one line, written over on a terminal, now and then a new one elsewhere.</summary>
internal sealed class ProgressReporter
{
    private readonly Lock gate = new();
    private readonly ProgressLine line;
    private readonly string title;
    private readonly Dictionary<PlannedRun, RunProgress> started = [];
    private readonly Stopwatch sinceStart = Stopwatch.StartNew();
    private double totalWork;
    private double finishedWork;
    private double inheritedWork;
    private int total;
    private int finished;

    /// <summary>Starts the clock.</summary>
    /// <param name="writer">Receives the lines; <see cref="TextWriter.Null"/> for silence.</param>
    /// <param name="width">Columns of the terminal; 0 where the writer is none.</param>
    /// <param name="title">What stands before each line.</param>
    public ProgressReporter(TextWriter writer, int width, string title)
    {
        line = new ProgressLine(writer, width);
        this.title = title;
    }

    /// <summary>Announces the runs.</summary>
    public void Expect(IReadOnlyCollection<PlannedRun> runs)
    {
        total = runs.Count;
        totalWork = runs.Sum(Work);
    }

    /// <summary>Tells that a run begins.</summary>
    public void Start(PlannedRun run)
    {
        lock (gate)
        {
            started[run] = new RunProgress(run, sinceStart.Elapsed);
        }
    }

    /// <summary>Tells the curve of a run so far; its rows do not change any more.</summary>
    public void Curve(PlannedRun run, IReadOnlyList<string> columns, IReadOnlyList<double[]> rows)
    {
        lock (gate)
        {
            if (started.TryGetValue(run, out RunProgress? before))
            {
                started[run] = before with { Columns = columns, Curve = [.. rows] };
            }
        }
    }

    /// <summary>How far all is at this moment.</summary>
    public ProgressSnapshot Snapshot()
    {
        lock (gate)
        {
            return new ProgressSnapshot(total, finished, Work(), Rate(), SecondsLeft(), sinceStart.Elapsed, [.. started.Values]);
        }
    }

    /// <summary>Tells how far one run is.</summary>
    /// <param name="run">The run.</param>
    /// <param name="fraction">In 0..1.</param>
    /// <param name="words">Where it is, such as "epoch 3 of 10".</param>
    /// <param name="resumed">Whether it went on from a checkpoint, so that what it has at its first report took no time now.</param>
    public void Update(PlannedRun run, double fraction, string words, bool resumed)
    {
        lock (gate)
        {
            double bounded = Math.Clamp(fraction, 0, 1);
            RunProgress before = started.GetValueOrDefault(run) ?? new RunProgress(run, sinceStart.Elapsed);
            if (resumed && !before.HasReported)
            {
                before = before with { Inherited = bounded };
                inheritedWork += bounded * Work(run);
            }

            RunProgress now = before with { HasReported = true, Fraction = bounded, Words = words };
            started[run] = now;
            if (line.IsDue)
            {
                string left = now.SecondsLeft(sinceStart.Elapsed) is { } seconds ? $", {Duration.Text(seconds)} left" : string.Empty;
                line.Write($"{title}: {Counts()} ({run}: {words}{left})");
            }
        }
    }

    /// <summary>Tells that only runs are left that another process works on.</summary>
    public void Wait(IReadOnlyList<PlannedRun> others)
    {
        lock (gate)
        {
            if (line.IsDue && started.Count == 0 && others.Count > 0)
            {
                line.Write($"{title}: {Counts()} (waiting for {others.Count} that another process computes: {others[0]})");
            }
        }
    }

    /// <summary>Counts a run as finished.</summary>
    public void Finish(PlannedRun run)
    {
        lock (gate)
        {
            started.Remove(run);
            finished++;
            finishedWork += Work(run);
        }
    }

    /// <summary>Writes the last line.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (total > 0)
            {
                line.Write($"{title}: {finished} of {total} runs in {Duration.Text(sinceStart.Elapsed.TotalSeconds)}");
            }

            line.End();
        }
    }

    private static double Work(PlannedRun run) => Math.Max(run.ExpectedSeconds, 1e-3);

    private string Counts()
    {
        string left = Rate() is { } rate && SecondsLeft() is { } seconds ? $", {rate:0.0} runs/min, {Duration.Text(seconds)} left" : string.Empty;
        return $"{finished} of {total} runs, {100 * Work():0} %{left}";
    }

    // All in shares of the whole work, so that long runs count for more.
    private double Work() => totalWork > 0 ? (finishedWork + started.Values.Sum(run => run.Fraction * Work(run.Run))) / totalWork : 0;

    private double OwnWork() => totalWork > 0 ? Work() - (inheritedWork / totalWork) : 0;

    private double? Rate() => OwnWork() is > 0 and double own ? total * own / sinceStart.Elapsed.TotalMinutes : null;

    private double? SecondsLeft() => OwnWork() is > 0 and double own ? sinceStart.Elapsed.TotalSeconds * Math.Max(0, 1 - Work()) / own : null;
}
