using System.Text;
using System.Text.Json;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Makes a preset of what a description says of its device: a name, a file, or a model, with single numbers replaced.</summary>
/// <param name="find">Finds a preset by its name or file.</param>
internal sealed class DeviceDescription(Func<string, Preset> find)
{
    private const string Parameters = "parameters";
    private const string Value = "value";
    private static readonly string[] OwnFields = ["name", "title", "source", "note", "model", Parameters, "energies", "conductance"];

    /// <summary>The preset.</summary>
    /// <param name="device">What stands under <c>device</c>.</param>
    /// <param name="edits">Paths below it with other values: <c>parameters.step.spread</c>, or shorter <c>step.spread</c> and <c>step</c>.</param>
    /// <exception cref="InvalidDataException">The device is malformed.</exception>
    public Preset Read(PresetNode device, IReadOnlyList<(string Path, PresetNode Value)> edits)
    {
        if (device.Kind == JsonValueKind.String)
        {
            Preset preset = find(device.Text);
            if (edits.Count == 0)
            {
                return preset;
            }

            device = PresetNode.Parse(Encoding.UTF8.GetBytes(PresetWriter.Write(preset)), device.Text);
        }

        if (device.Kind != JsonValueKind.Object)
        {
            throw device.Wrong("the name of a preset, a preset file, or an object with model and parameters");
        }

        foreach ((string path, PresetNode value) in edits)
        {
            string[] names = path.Split('.');
            device = Set(device, OwnFields.Contains(names[0]) ? names : [Parameters, .. names], value, TypeOf(device));
        }

        foreach ((string field, string text) in new[] { ("name", "inline"), ("title", "the device of a sweep"), ("source", "the sweep's file") })
        {
            device = device[field] is null ? device.With(field, PresetNode.OfText(text, "sweep")) : device;
        }

        return PresetReader.Read(device);
    }

    private static Type? TypeOf(PresetNode device) =>
        device["model"] is { } model && ModelTypes.All.TryGetValue(model.Text, out Type? type) ? type : null;

    private static PresetNode Set(PresetNode node, ReadOnlySpan<string> path, PresetNode value, Type? model)
    {
        PresetNode? old = node[path[0]];
        if (path.Length > 1)
        {
            PresetNode below = old ?? PresetNode.OfText(string.Empty, "sweep");
            if (old is null && path.Length == 2 && path[1] != "unit")
            {
                below = Quantity(path[0], below, model);
            }

            return node.With(path[0], Set(below, path[1..], value, model));
        }

        // A bare number takes the place of the value of a quantity, whose unit stays.
        bool isBare = value.Kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String;
        return old is { Kind: JsonValueKind.Object } && isBare ? node.With(path[0], old.With(Value, value))
            : old is null && isBare && UnitOf(path[0], model) is not null ? node.With(path[0], Quantity(path[0], value, model).With(Value, value))
            : node.With(path[0], value);
    }

    private static PresetNode Quantity(string name, PresetNode at, Type? model) =>
        UnitOf(name, model) is { Length: > 0 } unit ? at.With("unit", PresetNode.OfText(unit, "sweep")) : at;

    // The unit of a parameter; empty for a flag or a word, null for what is no parameter.
    private static string? UnitOf(string name, Type? model)
    {
        ModelParameter? parameter = model is null ? null : ModelParameter.Of(model).FirstOrDefault(known => known.Name == name);
        return parameter is null ? null
            : parameter.Type.IsEnum || parameter.Type == typeof(bool) || parameter.Type == typeof(string) ? string.Empty
            : parameter.Unit?.Unit ?? "1";
    }
}
