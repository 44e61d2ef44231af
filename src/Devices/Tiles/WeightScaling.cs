namespace Crosspoint.Devices.Tiles;

/// <summary>How the digital factor between array and logical weights is chosen.</summary>
/// <remarks>M. J. Rasch, T. Gokmen, W. Haensch, IEEE Des. Test 37(2), 2020.</remarks>
public enum WeightScaling
{
    /// <summary>It is <see cref="AnalogTile.Options.Scale"/>.</summary>
    Fixed,

    /// <summary>Chosen when weights are programmed: max |w| of the tile becomes <see cref="AnalogTile.Options.LargestWeight"/>.</summary>
    PerTile,

    /// <summary>The same for each output line on its own; a line of zeros has <see cref="AnalogTile.Options.Scale"/>.</summary>
    PerOutput,
}
