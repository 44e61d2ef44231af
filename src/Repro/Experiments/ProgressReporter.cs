using System.Diagnostics;

namespace Crosspoint.Repro.Experiments;

/// <summary>Tells how far the runs of a figure are: one line, written over on a terminal, now and then a new one elsewhere.</summary>
internal sealed class ProgressReporter
{
    private readonly Lock gate = new();
    private readonly ProgressLine line;
    private readonly string title;
    private readonly Dictionary<PlannedRun, double> started = [];
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
            if (resumed && !started.ContainsKey(run))
            {
                inheritedWork += bounded * Work(run);
            }

            started[run] = bounded;
            if (line.IsDue)
            {
                line.Write($"{title}: {Counts()} ({run}: {words})");
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
        double work = finishedWork + started.Sum(run => run.Value * Work(run.Key));
        double minutes = sinceStart.Elapsed.TotalMinutes;
        double ownWork = work - inheritedWork;
        string left = ownWork > 0
            ? $", {total * (ownWork / totalWork) / minutes:0.0} runs/min, {Duration.Text(60 * minutes * (totalWork - work) / ownWork)} left"
            : string.Empty;
        return $"{finished} of {total} runs, {100 * work / totalWork:0} %{left}";
    }
}
