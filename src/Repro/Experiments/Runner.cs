using Crosspoint.Repro.Results;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Experiments;

/// <summary>Computes what is missing of a plan, one run a thread, the longest expected first.</summary>
internal sealed class Runner
{
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromMilliseconds(200);

    private readonly RunPlan plan;
    private readonly ExperimentData data;
    private readonly ProgressReporter progress;
    private readonly TimeSpan checkpointInterval;
    private readonly CancellationToken stop;
    private readonly SharedRuns shared;
    private (LabelledImages Train, LabelledImages Test)? images;
    private byte[]? text;

    /// <summary>Takes a plan and what its runs need.</summary>
    /// <param name="plan">The runs.</param>
    /// <param name="data">The data.</param>
    /// <param name="progress">Told how far the runs are.</param>
    /// <param name="host">Checkpoint interval and cancellation.</param>
    public Runner(RunPlan plan, ExperimentData data, ProgressReporter progress, Host host)
    {
        this.plan = plan;
        this.data = data;
        this.progress = progress;
        checkpointInterval = host.CheckpointInterval;
        stop = host.Cancellation;
        shared = new SharedRuns(plan, host.Experiments);
    }

    /// <summary>Computes the missing runs of this shard that no other process computes, and waits for those that one does.</summary>
    /// <param name="threads">Worker threads, at least 1.</param>
    /// <returns>How many were computed; the others were stored already, here or in another figure, or another process computed them.</returns>
    /// <exception cref="CommandException">A run failed, a file cannot be read or written, or the user stopped the runs.</exception>
    public int Run(int threads)
    {
        PlannedRun[] missing = [.. plan.Share.Where(IsMissing).OrderByDescending(run => run.ExpectedSeconds)];
        if (missing.Length == 0)
        {
            return 0;
        }

        AtomicFile.RequireWritable(plan.Folder);
        missing = [.. missing.Where(run => !Take(run))];
        if (missing.Length == 0)
        {
            return 0;
        }

        _ = FigureFiles.WriteDescription(plan);
        images = data.Images();
        text = data.Text();
        using Claims claims = new(plan.ClaimsFolder);
        RunQueue queue = new(missing, claims, IsMissing);
        progress.Expect(missing);
        try
        {
            RunAll(queue, missing.Length, Math.Min(threads, missing.Length));
        }
        finally
        {
            progress.Close();
        }

        return missing.Length - queue.DoneElsewhere;
    }

    private bool Take(PlannedRun run)
    {
        if (shared.Find(run) is not { } stored)
        {
            return false;
        }

        AtomicFile.RemoveLeftovers(run.ResultPath);
        MoveStaleResultAside(run);
        ResultFile.Write(plan, run, stored.Result, stored.Seconds, stored.Origin);
        return true;
    }

    private bool IsMissing(PlannedRun run)
    {
        if (ResultFile.TryRead(run.ResultPath)?.Key != run.Key)
        {
            return true;
        }

        // Left behind where the process was killed between writing the result and removing the checkpoint.
        if (plan.Experiment.ContinuesAlong is null)
        {
            File.Delete(run.CheckpointPath);
        }

        return false;
    }

    private void RunAll(RunQueue queue, int count, int threads)
    {
        using CancellationTokenSource halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        CommandException? firstFailure = null;
        int finished = 0;
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true })];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        if (firstFailure is not null)
        {
            throw firstFailure;
        }

        finished += queue.DoneElsewhere;
        if (finished < count)
        {
            throw CommandException.Interrupted(
                $"stopped with {finished} of {count} runs finished; the same command goes on from there");
        }

        void Work()
        {
            while (!halt.IsCancellationRequested)
            {
                PlannedRun? run = null;
                try
                {
                    if (queue.TryTake(out run))
                    {
                        RunOne(run, halt.Token);
                        Interlocked.Increment(ref finished);
                    }
                    else if (queue.IsEmpty)
                    {
                        return;
                    }
                    else
                    {
                        progress.Wait(queue.Pending);
                        halt.Token.WaitHandle.WaitOne(WaitForOthers);
                    }
                }
                catch (OperationCanceledException) when (halt.IsCancellationRequested)
                {
                    return;
                }
#pragma warning disable CA1031 // Whatever a run throws stops the others and is told by the thread that started them.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    Interlocked.CompareExchange(ref firstFailure, Explain(run, failure), null);
                    halt.Cancel();
                }
                finally
                {
                    if (run is not null)
                    {
                        queue.Return(run);
                    }
                }
            }
        }
    }

    private void RunOne(PlannedRun run, CancellationToken cancellation)
    {
        AtomicFile.RemoveLeftovers(run.ResultPath);
        AtomicFile.RemoveLeftovers(run.CheckpointPath);
        CheckpointFile checkpoint = new(run.CheckpointPath, run.CheckpointKey, checkpointInterval);
        progress.Start(run);
        RunResult result = plan.Experiment.Run(new RunContext
        {
            Point = run.Point,
            Parameters = run.Parameters,
            Seed = run.Seed,
            Train = images?.Train,
            Test = images?.Test,
            Text = text,
            Checkpoint = checkpoint,
            Progress = (fraction, words) => progress.Update(run, fraction, words, checkpoint.Resumed),
            Curve = (columns, rows) => progress.Curve(run, columns, rows),
            Cancellation = cancellation,
        });
        MoveStaleResultAside(run);
        ResultFile.Write(plan, run, result, checkpoint.Seconds, Origin.Here);
        if (plan.Experiment.ContinuesAlong is null)
        {
            checkpoint.Remove();
        }

        progress.Finish(run);
    }

    /// <summary>A result with another key was computed by another version of the figure: it is kept under a name with its key.</summary>
    private static void MoveStaleResultAside(PlannedRun run)
    {
        if (ResultFile.TryRead(run.ResultPath) is { } stale && stale.Key != run.Key)
        {
            string key = string.Concat(stale.Key.Where(char.IsAsciiHexDigit).Take(RunKey.ShortLength));
            File.Move(run.ResultPath, Path.ChangeExtension(run.ResultPath, $".stale-{key}.json"), overwrite: true);
        }
    }

    private CommandException Explain(PlannedRun? run, Exception failure) =>
        failure as CommandException
        ?? CommandException.Failure($"{plan.Experiment.Id()} {run}: {failure.GetType().Name}: {failure.Message}", failure);
}
