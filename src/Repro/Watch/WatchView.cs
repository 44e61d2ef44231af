using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Report;
using Spectre.Console;
using Spectre.Console.Rendering;
using Text = Spectre.Console.Text;

namespace Crosspoint.Repro.Watch;

/// <summary>What <c>crosspoint watch</c> shows of a folder at one moment.</summary>
/// <param name="column">Column of the curves to draw; <see langword="null"/> for the one that tells most.</param>
internal sealed class WatchView(string? column)
{
    private const int CurveWidth = 20;
    private const int BarWidth = 10;
    private const int WideBarWidth = 24;
    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Style Bad = new(Color.Red);
    private static readonly string[] Telling = ["test", "validation", "accuracy", "error", "loss"];

    /// <summary>Draws processes, then finished runs.</summary>
    public IRenderable Draw(string folder, IReadOnlyList<LiveFile> processes, (int Count, IReadOnlyList<StoredFile> Latest) finished)
    {
        List<IRenderable> parts = [];
        foreach (LiveFile process in processes)
        {
            parts.Add(Head(process));
            if (process.State == LiveState.Working && process.Status.Runs.Count > 0)
            {
                parts.Add(Runs(process.Status));
            }
        }

        if (processes.All(process => process.State != LiveState.Working))
        {
            parts.Add(Line($"{folder}: nothing is being computed", Quiet));
        }

        parts.Add(Line(finished.Count == 0 ? "no result is stored" : $"{finished.Count} results are stored; the latest:", Quiet));
        if (finished.Latest.Count > 0)
        {
            parts.Add(Latest(finished.Latest));
        }

        return new Rows(parts);
    }

    private static Text Head(LiveFile process)
    {
        LiveStatus status = process.Status;
        string who = $"process {status.ProcessId} on {status.Host}";
        string far = $"{status.Finished} of {status.Total} runs, {100 * status.Fraction:0} %";
        string speed = status is { RunsPerMinute: { } rate, SecondsLeft: { } left } ? $", {rate:0.0} runs/min, {Duration.Text(left)} left" : string.Empty;
        return process.State switch
        {
            LiveState.Working => Line($"{status.Folder}  {Sparkline.Bar(status.Fraction, WideBarWidth)}  {far}{speed}  ({who})", Style.Plain),
            LiveState.Killed => Line($"{status.Folder}  killed at {far} ({who}, last heard of at {process.Written:yyyy-MM-dd HH:mm} UTC); the same command goes on from there", Bad),
            _ => Line($"{status.Folder}  silent since {process.Written:yyyy-MM-dd HH:mm} UTC at {far} ({who})", Bad),
        };
    }

    private Table Runs(LiveStatus status)
    {
        Table table = Frame("run", "done", "at", "left", "curve", "now");
        foreach (LiveRun run in status.Runs)
        {
            (string name, double[] values) = Curve(run.Columns, run.Curve);
            table.AddRow(
                Cell($"{run.Point} seed {run.Seed}"), Cell($"{Sparkline.Bar(run.Fraction, BarWidth)} {100 * run.Fraction,3:0} %"), Cell(run.Words),
                Cell(run.SecondsLeft is { } left ? Duration.Text(left) : "-"), Cell(Sparkline.Of(values, CurveWidth)), Cell(Now(name, values)));
        }

        return table;
    }

    private Table Latest(IReadOnlyList<StoredFile> files)
    {
        Table table = Frame("run", "took", "curve", "result");
        foreach (StoredFile file in files)
        {
            double[] values = Curve(file.Result.CurveColumns, file.Result.Curve).Values;
            Metric? metric = file.Result.Metrics.Count > 0 ? file.Result.Metrics[0] : null;
            table.AddRow(
                Cell($"{file.Experiment}{(file.IsFull ? string.Empty : " quick")} {file.Point} seed {file.Seed}"), Cell(Duration.Text(file.Seconds)),
                Cell(Sparkline.Of(values, CurveWidth)), Cell(metric is null ? "-" : $"{SweepDrawing.Plain(metric.Name)} {metric.Value:G6}"));
        }

        return table;
    }

    private static string Now(string name, double[] values) => values.Length == 0 ? "-" : $"{SweepDrawing.Plain(name)} {values[^1]:G5}";

    // The first column counts epochs or samples.
    private (string Name, double[] Values) Curve(IReadOnlyList<string> columns, IReadOnlyList<double[]> curve)
    {
        int[] places = [.. Enumerable.Range(1, Math.Max(0, columns.Count - 1))];
        int at = column is not null
            ? places.FirstOrDefault(place => columns[place] == column)
            : Telling.Select(word => places.FirstOrDefault(place => columns[place].Contains(word, StringComparison.Ordinal))).FirstOrDefault(place => place > 0, places.FirstOrDefault());
        return at == 0 ? (string.Empty, []) : (columns[at], [.. curve.Select(row => row[at])]);
    }

    private static Table Frame(params string[] columns)
    {
        Table table = new() { Border = TableBorder.None };
        foreach (string name in columns)
        {
            table.AddColumn(new TableColumn(new Text(name, Quiet)) { Padding = new Padding(0, 0, 2, 0), NoWrap = name is not ("run" or "now" or "result") });
        }

        return table;
    }

    private static Text Cell(string text) => Line(text, Style.Plain);

    // Names come from files: a control character could drive the terminal.
    private static Text Line(string text, Style style) => new(string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter)), style);
}
