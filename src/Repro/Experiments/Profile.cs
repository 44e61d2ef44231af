namespace Crosspoint.Repro.Experiments;

/// <summary>How much of a figure is computed.</summary>
public enum Profile
{
    /// <summary>Fewer points, seeds or epochs, through the same code; its rows are never judged against the paper.</summary>
    Quick,

    /// <summary>The paper's scale.</summary>
    Full,
}
