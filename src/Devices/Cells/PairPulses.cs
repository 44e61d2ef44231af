namespace Crosspoint.Devices.Cells;

/// <summary>Which devices of a differential pair an update moves.</summary>
public enum PairPulses
{
    /// <summary>Both, in opposite directions.</summary>
    Both,

    /// <summary>G⁺ in one update, G⁻ in the next.</summary>
    Alternating,

    /// <summary>One of the two, drawn anew for each update.</summary>
    Random,
}
