using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Sweeps;

/// <summary>A point of a sweep before it is checked: what it is called, and what it sets.</summary>
/// <param name="Coordinates">Names and values as they stand in folders and tables.</param>
/// <param name="Settings">Paths with their values.</param>
internal sealed record SweepPoint(IReadOnlyList<(string Name, object Value)> Coordinates, IReadOnlyList<(string Path, PresetNode Value)> Settings)
{
    /// <summary>The point without coordinates.</summary>
    public static SweepPoint Empty { get; } = new([], []);

    /// <summary>The point at one value of each axis.</summary>
    public static SweepPoint At(IEnumerable<(Axis Axis, PresetNode Value)> values)
    {
        (Axis Axis, PresetNode Value)[] all = [.. values];
        return new(
            [.. all.Select(each => (each.Axis.Name, Shown(each.Axis.Paths[0], each.Value)))],
            [.. all.SelectMany(each => each.Axis.Paths.Select(path => (path, each.Value)))]);
    }

    /// <summary>This point and another at once.</summary>
    public SweepPoint With(SweepPoint other) => new([.. Coordinates, .. other.Coordinates], [.. Settings, .. other.Settings]);

    /// <summary>A value as a coordinate shows it: typed where a parameter has a type, otherwise a number or a text.</summary>
    public static object Shown(string path, PresetNode value) =>
        DescribedParameters.ByPath.TryGetValue(path, out DescribedParameter? known) ? known.Read(value)
        : value.Kind == System.Text.Json.JsonValueKind.Number ? value.Number("a number")
        : Description.Text(value);
}
