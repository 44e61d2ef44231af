using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.Presets;

/// <summary>A device with its numbers and where they come from: what a preset file holds. Immutable.</summary>
public sealed record Preset
{
    /// <summary>What commands call it: small letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>Where the numbers come from: a paper with its DOI, a data sheet, "own measurement"...</summary>
    public required string Source { get; init; }

    /// <summary>What a reader must know besides: what was derived, chosen or left out; empty for nothing.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>The device.</summary>
    public required DeviceModel Model { get; init; }

    /// <summary>Energy of one write pulse on one device, in J, above 0; <see langword="null"/> where unknown.</summary>
    public double? WriteEnergy { get; init; }

    /// <summary>Energy of reading one device once, in J, above 0; <see langword="null"/> where unknown.</summary>
    public double? ReadEnergy { get; init; }

    /// <summary>Smallest conductance of a device, in S, at least 0; <see langword="null"/> where unknown.</summary>
    public double? MinConductance { get; init; }

    /// <summary>Largest conductance of a device, in S, above the smallest; <see langword="null"/> where unknown.</summary>
    public double? MaxConductance { get; init; }

    /// <summary>Whether a text may be a name: small letters, digits and hyphens, at least one.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsName(string text) =>
        text.Length > 0 && text.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-');
}
