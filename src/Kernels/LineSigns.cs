namespace Crosspoint.Kernels;

/// <summary>Lines of an array chosen by the sign that their pulses carry.</summary>
public enum LineSigns
{
    /// <summary>Every line.</summary>
    All,

    /// <summary>Lines of positive signals.</summary>
    Positive,

    /// <summary>Lines of negative signals.</summary>
    Negative,
}
