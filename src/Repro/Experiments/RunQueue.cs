
namespace Crosspoint.Repro.Experiments;

/// <summary>Deals out runs to the threads of this process, leaving out those that another process works on until it has finished or gone.</summary>
internal sealed class RunQueue
{
    private readonly Lock gate = new();
    private readonly LinkedList<PlannedRun> pending;
    private readonly Claims claims;
    private readonly Func<PlannedRun, bool> isMissing;

    /// <summary>Takes the runs in the order in which they should start.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="claims">Where they are claimed.</param>
    /// <param name="isMissing">Looks whether the result of a run is not there, at the moment when it is claimed.</param>
    public RunQueue(IEnumerable<PlannedRun> runs, Claims claims, Func<PlannedRun, bool> isMissing)
    {
        pending = new LinkedList<PlannedRun>(runs);
        this.claims = claims;
        this.isMissing = isMissing;
    }

    /// <summary>Runs that another process has computed since this one started.</summary>
    public int DoneElsewhere { get; private set; }

    /// <summary>Claims the next run that nobody works on.</summary>
    /// <param name="run">The run; to be given back by <see cref="Return"/>.</param>
    /// <returns>Whether there is one; if not, others may come free as long as the queue is not <see cref="IsEmpty"/>.</returns>
    /// <exception cref="CommandException">A stored result cannot be read.</exception>
    public bool TryTake(out PlannedRun run)
    {
        lock (gate)
        {
            for (LinkedListNode<PlannedRun>? node = pending.First; node is not null;)
            {
                (LinkedListNode<PlannedRun> here, node) = (node, node.Next);
                run = here.Value;
                if (!claims.TryTake(run.CheckpointKey))
                {
                    continue;
                }

                pending.Remove(here);
                if (isMissing(run))
                {
                    return true;
                }

                claims.Release(run.CheckpointKey);
                DoneElsewhere++;
            }

            run = null!;
            return false;
        }
    }

    /// <summary>Whether every run has been dealt out.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return pending.Count == 0;
            }
        }
    }

    /// <summary>The runs that are not dealt out.</summary>
    public PlannedRun[] Pending
    {
        get
        {
            lock (gate)
            {
                return [.. pending];
            }
        }
    }

    /// <summary>Gives up the claim to a run that is finished or stopped.</summary>
    public void Return(PlannedRun run) => claims.Release(run.CheckpointKey);
}
