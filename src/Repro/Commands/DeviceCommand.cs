using System.CommandLine;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint device</c>: the devices, what they are and how they answer to pulses; and devices fitted to measurements.</summary>
internal static class DeviceCommand
{
    /// <summary>Builds the verbs.</summary>
    public static Command Create(Host host)
    {
        Command schema = new("schema", "The JSON schema of preset files, for editors that complete and check them");
        schema.SetAction(_ =>
        {
            host.Output.Write(PresetSchema.Write());
            return ExitCodes.Success;
        });
        return new Command("device", "Devices: what they are, their response to pulses as table and picture, fits to measured responses")
        {
            DeviceListCommand.Create(host),
            DeviceShowCommand.Create(host),
            DevicePulseCommand.Create(host),
            DeviceFitCommand.Create(host),
            schema,
        };
    }
}
