using System.Text;
using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.Presets;

/// <summary>Reads preset files.</summary>
/// <remarks>
/// A file is one JSON object: <c>name</c>, <c>title</c>, <c>source</c>, <c>note</c>, <c>model</c>, <c>parameters</c>, <c>energies</c> with
/// <c>write</c> and <c>read</c>, <c>conductance</c> with <c>minimum</c> and <c>maximum</c>. A quantity is <c>{ "value": 0.001, "unit": "weight" }</c>
/// and always has its unit; a parameter that varies from device to device may have a <c>spread</c> and its <c>law</c>. A parameter that is left
/// out keeps the model's own value. The first mistake is told with the field's path, what was expected and what is there.
/// </remarks>
public static class PresetReader
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaximumBytes = 1 << 20;

    private const string Words = "a text";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="InvalidDataException">The file is malformed, or longer than <see cref="MaximumBytes"/>.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Preset ReadFile(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, path, ModelTypes.All);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Its name, for complaints.</param>
    /// <exception cref="InvalidDataException">The text is malformed.</exception>
    public static Preset Read(string json, string file) => Read(Encoding.UTF8.GetBytes(json), file, ModelTypes.All);

    private static Preset Read(Stream stream, string file, IReadOnlyDictionary<string, Type> models)
    {
        byte[] bytes = new byte[MaximumBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaximumBytes
            ? Read(bytes.AsSpan(0, length), file, models)
            : throw new InvalidDataException($"{file}: expected a preset of at most {MaximumBytes} bytes, got more");
    }

    /// <summary>Reads the bytes of a file, UTF-8.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="file">Its name, for complaints.</param>
    /// <param name="models">The models it may name, and their records: those of this library, or of one's own.</param>
    /// <exception cref="InvalidDataException">The file is malformed.</exception>
    public static Preset Read(ReadOnlySpan<byte> json, string file, IReadOnlyDictionary<string, Type> models)
    {
        return Read(PresetNode.Parse(json, file), models);
    }

    /// <summary>Reads a preset that is a part of a larger file.</summary>
    /// <param name="root">Its object.</param>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static Preset Read(PresetNode root) => Read(root, ModelTypes.All);

    private static Preset Read(PresetNode root, IReadOnlyDictionary<string, Type> models)
    {
        root.RequireObject("$schema", "name", "title", "source", "note", "model", "parameters", "energies", "conductance");
        PresetNode? energies = root["energies"]?.RequireObject("write", "read");
        PresetNode? conductance = root["conductance"]?.RequireObject("minimum", "maximum");
        double? smallest = Quantity(conductance?["minimum"], "S", new UnitAttribute("S") { Minimum = 0 });
        double? largest = Quantity(conductance?["maximum"], "S", new UnitAttribute("S") { Minimum = smallest ?? 0, Above = true });
        return new Preset
        {
            Name = Name(root),
            Title = Required(root, "title", "what the device is, in one line"),
            Source = Required(root, "source", "where the numbers come from"),
            Note = root["note"]?.RequireText(Words) ?? string.Empty,
            Model = new ModelReader(models).Model(root),
            WriteEnergy = Quantity(energies?["write"], "J", new UnitAttribute("J") { Minimum = 0, Above = true }),
            ReadEnergy = Quantity(energies?["read"], "J", new UnitAttribute("J") { Minimum = 0, Above = true }),
            MinConductance = smallest,
            MaxConductance = largest,
        };
    }

    private static string Required(PresetNode root, string field, string expected) =>
        root[field] is { } node ? node.RequireText(expected) : throw root.Missing(field, expected);

    private static string Name(PresetNode root)
    {
        const string Expected = "a name of small letters, digits and hyphens";
        string name = Required(root, "name", Expected);
        return Preset.IsName(name) ? name : throw root["name"]!.Wrong(Expected);
    }

    private static double? Quantity(PresetNode? node, string unit, UnitAttribute range) => node is null ? null
        : ModelReader.Number(ModelReader.Value(node.RequireObject("value", "unit"), unit), range, "a number");
}
