namespace Crosspoint.Devices;

/// <summary>Which pairs a periodic reset programs anew.</summary>
public enum ResetSelection
{
    /// <summary>Every pair of which a device is above the bottom of its range.</summary>
    All,

    /// <summary>Pairs of which a device has come close to the top of its range, whether or not its partner is raised.</summary>
    Saturated,

    /// <summary>Pairs of which both devices are above the bottom of their range.</summary>
    BothRaised,
}

/// <summary>How a reset writes the difference of a pair back.</summary>
public enum ResetWrite
{
    /// <summary>Both devices are lowered by their common part: the weight stays what it was, bit for bit.</summary>
    Exact,

    /// <summary>The difference is written to one device with programming noise.</summary>
    Noisy,

    /// <summary>The difference is rounded to a whole number of steps, and written with programming noise.</summary>
    Rounded,
}

/// <summary>The law of the programming noise.</summary>
public enum ProgrammingNoise
{
    /// <summary>One error of deviation σ for a programming event, of however many pulses.</summary>
    PerEvent,

    /// <summary>An error of deviation σ for each pulse: √n σ for an event of n pulses.</summary>
    PerPulse,
}
