namespace Crosspoint.Devices.Tiles;

/// <summary>How an update reaches the devices of a tile.</summary>
public enum PulseScheme
{
    /// <summary>Bernoulli trains on rows and columns: a coincidence is a pulse. T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).</summary>
    Stochastic,

    /// <summary>No device: w += η x d exactly, for reference.</summary>
    Exact,
}
