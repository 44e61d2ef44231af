namespace Crosspoint.Repro.Fit;

/// <summary>How a number of a model may move in a fit.</summary>
internal enum NumberKind
{
    /// <summary>Any number of its range.</summary>
    Signed,

    /// <summary>A number above its least: its logarithm moves.</summary>
    Positive,

    /// <summary>A deviation, at least 0: its square moves.</summary>
    Deviation,

    /// <summary>A whole number or a choice, which does not move.</summary>
    Choice,
}
