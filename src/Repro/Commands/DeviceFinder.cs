using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Commands;

/// <summary>Finds the device that a command line names: a preset by its name, or a file by its path.</summary>
internal static class DeviceFinder
{
    /// <summary>What the argument of a command is called in its help.</summary>
    public const string Description = "a device, as crosspoint device list names it, or the path of a preset file (.json)";

    /// <summary>Finds a device.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    /// <exception cref="InvalidDataException">The file is malformed.</exception>
    public static Preset Find(Host host, string nameOrPath)
    {
        if (host.Devices.FirstOrDefault(device => device.Name == nameOrPath) is { } known)
        {
            return known;
        }

        bool isPath = nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || nameOrPath.Contains('/', StringComparison.Ordinal)
            || nameOrPath.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return !isPath
            ? throw CommandException.Usage(
                Suggestion.Unknown("device", nameOrPath, host.Devices.Select(device => device.Name)) + ", or the path of a preset file (.json)")
            : File.Exists(nameOrPath) ? PresetReader.ReadFile(nameOrPath)
            : throw CommandException.Usage($"{nameOrPath}: expected a preset file, got nothing of that name");
    }
}
