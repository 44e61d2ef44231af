namespace Crosspoint.Devices.Models;

/// <summary>What the entries of a table of steps stand for.</summary>
public enum TableEntries
{
    /// <summary>Equal bins between the smallest and the largest weight.</summary>
    Bins,

    /// <summary>Equally spaced weights, the first at the smallest, with straight lines between them.</summary>
    Knots,

    /// <summary>Equally spaced weights, the first at the smallest, of which the nearest counts.</summary>
    States,
}

/// <summary>A model that is a table of steps over the weight, so that measured steps are the model.</summary>
public interface ITabulated
{
    /// <summary>What an entry stands for.</summary>
    TableEntries Form { get; }

    /// <summary>Entries of the table of a device.</summary>
    int Entries { get; }

    /// <summary>The smallest weight.</summary>
    float Min { get; }

    /// <summary>The largest weight.</summary>
    float Max { get; }

    /// <summary>The model of measured steps.</summary>
    /// <param name="table">The steps.</param>
    DeviceModel WithTable(StepTable table);
}
