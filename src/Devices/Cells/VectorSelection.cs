namespace Crosspoint.Devices.Cells;

/// <summary>Which devices of a vector cell an update moves.</summary>
public enum VectorSelection
{
    /// <summary>Every device.</summary>
    All,

    /// <summary>Always the same one.</summary>
    Fixed,

    /// <summary>One after the other, update by update, beginning with the chosen one.</summary>
    Sequential,

    /// <summary>One drawn anew for each update, all equally likely.</summary>
    Random,
}
