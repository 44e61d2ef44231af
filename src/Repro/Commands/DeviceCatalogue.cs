using Crosspoint.Devices;

namespace Crosspoint.Repro.Commands;

/// <summary>The devices that can be pulsed from the command line; adding one is one line here.</summary>
internal static class DeviceCatalogue
{
    /// <summary>The devices by name.</summary>
    public static IReadOnlyList<DeviceEntry> All { get; } =
    [
        new("babu2017-pair", "Babu 2017: two unidirectional devices, 32 states, on-off ratio 15, sigma = 0.1 B; no reset, so that both saturate",
            (seed, up, down, repeat, devices) => PulseMeasurement.Trace(Pair(devices, 0.1f), seed, up, down, repeat)),
        new("babu2017-pair-limit", "The same at sigma = 0.3 B, the noise the paper still tolerates",
            (seed, up, down, repeat, devices) => PulseMeasurement.Trace(Pair(devices, 0.3f), seed, up, down, repeat)),
        new("constant-step", "Ideal device: steps of 0.001 weight units, bounds -0.6 and 0.6, no noise",
            (seed, up, down, repeat, devices) => PulseMeasurement.Trace(new ConstantStepArray(1, devices, 0.001f, 0.6f), seed, up, down, repeat)),
    ];

    private static UnidirectionalPairArray Pair(int devices, float sigma) => new(1, devices, new() { Sigma = sigma, MaxWeight = 0.25f });
}
