namespace Crosspoint.Repro.Watch;

/// <summary>Whether the process behind a status is at work.</summary>
internal enum LiveState
{
    /// <summary>It holds its lock, or wrote a moment ago from another machine.</summary>
    Working,

    /// <summary>Its lock is free: it ended without taking its status away.</summary>
    Killed,

    /// <summary>It is on another machine and has written nothing for a minute.</summary>
    Silent,
}
