namespace Crosspoint.Repro.Experiments;

/// <summary>One of several equal shares of the runs of a figure.</summary>
/// <param name="Index">Which share, 1..<paramref name="Count"/>.</param>
/// <param name="Count">Number of shares.</param>
internal sealed record Shard(int Index, int Count)
{
    /// <summary>Whether the share holds the run at a place of the plan: places are dealt out in turn, I - 1 modulo N.</summary>
    public bool Holds(int place) => place % Count == Index - 1;
}
