namespace Crosspoint.Kernels;

/// <summary>Where in a train a given number of pulses lies.</summary>
public enum TrainLayout
{
    /// <summary>In the first slots, one after the other: the unary code.</summary>
    First,

    /// <summary>Spread over all slots as evenly as whole slots allow: of b pulses in BL slots, the first a slots hold ⌊a b / BL + 1/2⌋.</summary>
    Spread,
}
