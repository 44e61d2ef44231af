using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;
using Google.Protobuf;

namespace Crosspoint.Repro.TensorBoard;

/// <summary>The event file of one run: its hyperparameters, a step for each row of its curve, and its metrics at the end.</summary>
/// <remarks>
/// A file is only ever appended to, from where its whole records end. A run that was interrupted computes some rows again, to the same
/// bits; they are in the file already and are not written twice.
/// </remarks>
internal sealed class EventLog
{
    private const string Prefix = "events.out.tfevents.";
    private const string StaleSuffix = ".stale";

    private readonly string path;
    private readonly PlannedRun run;
    private int rows;
    private bool ended;

    /// <summary>Opens the file of a run, or begins it.</summary>
    /// <param name="folder">The folder of this point and seed alone, since TensorBoard takes a folder for a run.</param>
    /// <param name="experiment">The figure.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public EventLog(string folder, string experiment, PlannedRun run)
    {
        this.run = run;
        path = Path.Combine(folder, Prefix + run.Key[..RunKey.ShortLength]);
        try
        {
            Directory.CreateDirectory(folder);
            PutOthersAside(folder);
            IReadOnlyList<byte[]> records = Repair();
            (bool HasScalars, bool IsEnd)[] kinds = [.. records.Select(EventMessage.Kind)];
            (rows, ended) = (kinds.Count(kind => kind.HasScalars), kinds.Any(kind => kind.IsEnd));
            if (records.Count < 2)
            {
                File.WriteAllBytes(path, [.. RecordFile.Frame(EventMessage.Version(Now())), .. RecordFile.Frame(EventMessage.Start(Now(), experiment + " " + run.Point, HyperParameters(experiment)))]);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw Unusable(failure);
        }
    }

    /// <summary>Writes the rows of a curve that are not there yet.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Append(IReadOnlyList<string> columns, IReadOnlyList<double[]> curve)
    {
        if (curve.Count > rows && !ended)
        {
            Add([.. curve.Skip(rows).SelectMany((row, place) => RecordFile.Frame(
                EventMessage.Scalars(Now(), Step(row, rows + place), columns.Zip(row).Skip(1).Select(column => (column.First, column.Second)))))]);
            rows = curve.Count;
        }
    }

    /// <summary>Writes what is missing of a finished run.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Complete(RunResult result)
    {
        Append(result.CurveColumns, result.Curve);
        if (!ended)
        {
            long step = result.Curve.Count > 0 ? Step(result.Curve[^1], result.Curve.Count - 1) : 0;
            IEnumerable<(string, double)> metrics = result.Metrics.Where(metric => metric.At.Coordinates.Count == 0).Select(metric => ("final/" + metric.Name, metric.Value));
            Add(RecordFile.Frame(EventMessage.End(Now(), step, metrics)));
            ended = true;
        }
    }

    // Seconds since 1970; TensorBoard shows it and orders nothing by it.
    private static double Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1e3;

    private static long Step(double[] row, int place) => row.Length > 0 && Math.Abs(row[0]) < 1e15 && row[0] == Math.Floor(row[0]) ? (long)row[0] : place + 1;

    private IEnumerable<KeyValuePair<string, object>> HyperParameters(string experiment) =>
        [KeyValuePair.Create("experiment", (object)experiment), .. run.Parameters.All, KeyValuePair.Create("seed", (object)(double)run.Seed)];

    private void PutOthersAside(string folder)
    {
        foreach (string other in Directory.EnumerateFiles(folder, Prefix + "*").Where(other => other != path).ToArray())
        {
            File.Move(other, Path.Combine(folder, Path.GetFileName(other)[Prefix.Length..] + StaleSuffix), overwrite: true);
        }
    }

    private IReadOnlyList<byte[]> Repair()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        byte[] bytes = File.ReadAllBytes(path);
        IReadOnlyList<byte[]> records = RecordFile.Read(bytes, out int length);
        if (length < bytes.Length)
        {
            using FileStream cut = new(path, FileMode.Open, FileAccess.Write);
            cut.SetLength(length);
        }

        return records;
    }

    private void Add(byte[] records)
    {
        try
        {
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(records);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(failure);
        }
    }

    private CommandException Unusable(Exception failure) =>
        CommandException.Failure($"{path}: the events for TensorBoard cannot be written ({failure.Message})", failure);
}
