namespace Crosspoint.Devices.Presets;

/// <summary>The device models that a preset file may name.</summary>
public static class ModelTypes
{
    /// <summary>The records by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>();
}
