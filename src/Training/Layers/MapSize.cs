namespace Crosspoint.Training.Layers;

/// <summary>The size of feature maps: values are stored row by row, the channels of one pixel side by side.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Channels">Values of a pixel.</param>
public readonly record struct MapSize(int Height, int Width, int Channels)
{
    /// <summary>Number of values.</summary>
    public int Length => Height * Width * Channels;

    /// <summary>Number of pixels.</summary>
    public int Pixels => Height * Width;
}
