using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.Presets;

/// <summary>The device models that a preset file may name.</summary>
public static class ModelTypes
{
    /// <summary>The records by name: those of <see cref="DeviceModels"/>.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = DeviceModels.All.ToDictionary(entry => entry.Name, entry => entry.Type);
}
