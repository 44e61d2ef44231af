namespace Crosspoint.Devices.Tiles;

/// <summary>How an update reaches the devices of a tile: n = η |x d| / Δw is the number of pulses that a cross-point should see.</summary>
public enum PulseScheme
{
    /// <summary>Bernoulli trains on rows and columns: a coincidence is a pulse. T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).</summary>
    Stochastic,

    /// <summary>No device: w += η x d, then kept within what the array can hold by <see cref="ICrosspointArray.Program"/>. For reference.</summary>
    /// <remarks>An array of few states rounds updates below half a state away.</remarks>
    Exact,

    /// <summary>
    /// Trains without chance: a row pulses round(BL p) times in the first slots, a column round(BL q) times, spread evenly, so that they
    /// meet in ⌊a b / BL + 1/2⌋ slots: n to within 1/2 + (p + q) / 2 + 1 / (4 BL). What is below half a pulse is lost, at every update.
    /// </summary>
    Deterministic,

    /// <summary>
    /// No trains: each cross-point takes ⌊n⌋ pulses and one more with probability n - ⌊n⌋, drawn for it alone. The mean is n and the variance
    /// the smallest a whole number of that mean can have; other than with trains, cross-points of a line are independent. A circuit could
    /// not do it: it stands for the best that pulses could be.
    /// </summary>
    MeanCount,
}
