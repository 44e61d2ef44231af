using System.Globalization;
using System.Text.Json;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro.Sweeps;

/// <summary>What a file, options and a point say of one network and its training, by dotted path; not yet checked against each other.</summary>
/// <param name="Leaves">Values by path, without the device's.</param>
/// <param name="Device">What stands under <c>device</c>, if anything.</param>
/// <param name="DeviceEdits">Paths below <c>device</c> with the values that replace what stands there, in order.</param>
internal sealed record Description(
    IReadOnlyDictionary<string, PresetNode> Leaves, PresetNode? Device, IReadOnlyList<(string Path, PresetNode Value)> DeviceEdits)
{
    /// <summary>The section of the device.</summary>
    public const string DeviceSection = "device";

    /// <summary>The sections of a description.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["data", "network", "algorithm", DeviceSection, "periphery", "training"];

    /// <summary>Reads the sections of a file.</summary>
    /// <exception cref="InvalidDataException">A field is unknown.</exception>
    public static Description Read(PresetNode root)
    {
        Description read = new(new Dictionary<string, PresetNode>(), root[DeviceSection], []);
        foreach (string section in Sections.Where(section => section != DeviceSection))
        {
            if (root[section] is { } node)
            {
                read = read.Section(section, node);
            }
        }

        return read;
    }

    /// <summary>The description with another value at a path.</summary>
    /// <exception cref="InvalidDataException">There is no such path.</exception>
    public Description With(string path, PresetNode value)
    {
        if (path == DeviceSection)
        {
            return this with { Device = value, DeviceEdits = [] };
        }

        if (path.StartsWith(DeviceSection + '.', StringComparison.Ordinal))
        {
            return this with { DeviceEdits = [.. DeviceEdits, (path[(DeviceSection.Length + 1)..], value)] };
        }

        Require(path, value);
        return this with { Leaves = new Dictionary<string, PresetNode>(Leaves) { [path] = value } };
    }

    /// <summary>A value as an option gives it: JSON where it is JSON, a word otherwise.</summary>
    public static PresetNode Parse(string text, string source)
    {
        bool isJson = text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '[' or '{' or '"' || text is "true" or "false");
        try
        {
            return isJson ? PresetNode.Parse(System.Text.Encoding.UTF8.GetBytes(text), source).WithoutPlace() : PresetNode.OfText(text, source);
        }
        catch (InvalidDataException) when (text[0] is not ('[' or '{' or '"'))
        {
            return PresetNode.OfText(text, source);
        }
    }

    /// <summary>Refuses a path that no parameter has.</summary>
    public static void Require(string path, PresetNode where)
    {
        if (!DescribedParameters.ByPath.ContainsKey(path) && path != DeviceSection && !path.StartsWith(DeviceSection + '.', StringComparison.Ordinal))
        {
            string unknown = Suggestion.Unknown("path", path, DescribedParameters.ByPath.Keys.Where(known => SameSection(known, path)));
            throw where.Wrong($"the path of a parameter ({unknown})", $"'{path}'");
        }
    }

    /// <summary>A text of a leaf, for error messages and names.</summary>
    public static string Text(PresetNode node) => node.Kind switch
    {
        JsonValueKind.Array => string.Join('-', node.Items.Select(Text)),
        JsonValueKind.Object => node["name"] is { } name ? name.Text : "inline",
        _ => node.Text.ToString(CultureInfo.InvariantCulture),
    };

    private static bool SameSection(string known, string path) =>
        path.Split('.')[0] is { } section && (!Sections.Contains(section) || known.StartsWith(section + '.', StringComparison.Ordinal));

    private Description Section(string path, PresetNode node)
    {
        if (DescribedParameters.ByPath.ContainsKey(path))
        {
            return With(path, node);
        }

        string[] below = [.. DescribedParameters.ByPath.Keys.Where(known => known.StartsWith(path + '.', StringComparison.Ordinal))];
        if (below.Length == 0)
        {
            Require(path, node);
        }

        node.RequireObject(below.Select(known => known[(path.Length + 1)..].Split('.')[0]).Distinct());
        return node.Fields.Aggregate(this, (all, field) => all.Section($"{path}.{field.Name}", field.Value));
    }
}
