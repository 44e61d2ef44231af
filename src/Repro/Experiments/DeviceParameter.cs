using System.Text.Json;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Experiments;

/// <summary>The parameter of experiments that run on any device: the paper's own, or a preset that <c>--device</c> names, whole.</summary>
/// <remarks>The preset itself is the value, so that results hold what they were computed with and a changed file never meets an old result.</remarks>
internal static class DeviceParameter
{
    /// <summary>Name of the parameter.</summary>
    public const string Name = "device";

    /// <summary>The value of the paper's own device.</summary>
    public const string Papers = "paper";

    /// <summary>The declaration.</summary>
    public static Parameter Declared { get; } = new(Name, Papers, "1", "paper: the device that the other parameters describe; --device takes a preset instead", AddedLater: true);

    /// <summary>A preset as a value: its file in one line.</summary>
    public static string Encode(Preset preset)
    {
        using JsonDocument file = JsonDocument.Parse(PresetWriter.Write(preset));
        return JsonSerializer.Serialize(file.RootElement);
    }

    /// <summary>The preset of a value; <see langword="null"/> for the paper's own device.</summary>
    /// <exception cref="CommandException">The value is no preset.</exception>
    public static Preset? Decode(string value)
    {
        try
        {
            return value == Papers ? null : PresetReader.Read(value, Name);
        }
        catch (InvalidDataException wrong)
        {
            throw CommandException.Usage($"parameter {wrong.Message}");
        }
    }

    /// <summary>How pictures and tables name a value.</summary>
    public static string Short(string name, object value) =>
        name == Name && value is string text && Decode(text) is { } preset ? preset.Name : Point.Format(value);
}
