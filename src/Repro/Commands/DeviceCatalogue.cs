namespace Crosspoint.Repro.Commands;

/// <summary>All devices that can be pulsed; adding one is one line here.</summary>
internal static class DeviceCatalogue
{
    /// <summary>The devices.</summary>
    public static IReadOnlyList<DeviceEntry> All { get; } = [];
}
