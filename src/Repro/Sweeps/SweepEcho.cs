using System.Text.Json;
using System.Text.Json.Nodes;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Writes the description in force beside the results: every parameter with its value, the device in full, and the points.</summary>
internal static class SweepEcho
{
    /// <summary>The text of a file that gives the same sweep.</summary>
    /// <param name="file">Name, title, seeds and points.</param>
    /// <param name="parameters">Parameters that mean something, with the values that points share.</param>
    /// <param name="device">The device before points change it; <see langword="null"/> for none.</param>
    /// <param name="text">The text file that is read; <see langword="null"/> for the usual data.</param>
    /// <param name="points">The points.</param>
    public static byte[] Write(SweepFile file, IReadOnlyList<Parameter> parameters, Preset? device, string? text, IReadOnlyList<ResolvedPoint> points)
    {
        HashSet<string> swept = [.. file.Points.SelectMany(point => point.Settings).Select(setting => setting.Path)];
        JsonObject root = new() { ["name"] = file.Name, ["title"] = file.Title, ["seeds"] = file.Seeds };
        foreach (Parameter parameter in parameters)
        {
            if (parameter.Name == DescribedParameters.Device)
            {
                root[Description.DeviceSection] = device is null ? null : JsonNode.Parse(PresetWriter.Write(device));
            }
            else if (!swept.Contains(parameter.Name) && points.All(point => Same(point, parameter)))
            {
                Put(root, parameter.Name.Split('.'), Node(parameter));
            }
        }

        if (root[Description.DeviceSection] is null)
        {
            root.Remove(Description.DeviceSection);
        }

        if (text is not null)
        {
            Put(root, DescribedParameters.Text.Split('.'), text);
        }

        if (file.PointsNode is { } node)
        {
            root["points"] = Copy(node);
        }

        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, JsonPoint.WriterOptions))
        {
            root.WriteTo(json);
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static bool Same(ResolvedPoint point, Parameter parameter) =>
        !point.Values.TryGetValue(parameter.Name, out object? value) || value.Equals(parameter.Default);

    private static void Put(JsonObject root, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length == 1)
        {
            root[path[0]] = value;
            return;
        }

        if (root[path[0]] is not JsonObject below)
        {
            root[path[0]] = below = [];
        }

        Put(below, path[1..], value);
    }

    private static JsonNode Node(Parameter parameter) => DescribedParameters.ByPath[parameter.Name].IsList
        ? new JsonArray([.. DescribedParameter.Numbers((string)parameter.Default).Select(number => JsonValue.Create(number))])
        : JsonSerializer.SerializeToNode(parameter.Default)!;

    private static JsonNode? Copy(PresetNode node) => node.Kind switch
    {
        JsonValueKind.Object => new JsonObject(node.Fields.Select(field => KeyValuePair.Create(field.Name, Copy(field.Value)))),
        JsonValueKind.Array => new JsonArray([.. node.Items.Select(Copy)]),
        JsonValueKind.String => JsonValue.Create(node.Text),
        _ => JsonNode.Parse(node.Text),
    };
}
