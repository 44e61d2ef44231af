using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Sweeps;

/// <summary>The file of a sweep: a description of network, algorithm, device, periphery, data and training, and the points at which it changes.</summary>
/// <param name="Name">What the sweep is called in folders and keys.</param>
/// <param name="Title">What it shows, in one line.</param>
/// <param name="Seeds">Seeds a point.</param>
/// <param name="Description">What all points have in common.</param>
/// <param name="Points">The points.</param>
/// <param name="PointsNode">What the file says of them; <see langword="null"/> for nothing.</param>
internal sealed record SweepFile(
    string Name, string Title, int Seeds, Description Description, IReadOnlyList<SweepPoint> Points, PresetNode? PointsNode)
{
    private const long MaximumBytes = 16 << 20;
    private const int MostSeeds = 1_000_000;
    private static readonly string[] Head = ["$schema", "name", "title", "seeds"];

    /// <summary>Reads a file, with comments in it if there are any.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is malformed: the place, the value and what was expected.</exception>
    public static SweepFile Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > MaximumBytes }
                ? throw new InvalidDataException($"{path}: expected a sweep of at most {MaximumBytes} bytes, got more")
                : Read(File.ReadAllBytes(path), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException && failure is not InvalidDataException)
        {
            throw CommandException.Usage($"{path}: cannot be read ({failure.Message}); expected the file of a sweep, as crosspoint sweep --init writes one");
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    public static SweepFile Read(ReadOnlySpan<byte> json, string path)
    {
        PresetNode root = PresetNode.Parse(json, path, lenient: true).RequireObject([.. Head, .. Description.Sections, "points"]);
        string name = root["name"] is { } given ? given.RequireText(NameRule) : NameOf(path);
        if (name.Length == 0 || !name.All(IsNameSign))
        {
            throw root["name"]?.Wrong(NameRule) ?? root.Missing("name", NameRule);
        }

        return new SweepFile(
            name,
            root["title"]?.RequireText("what the sweep shows, in one line") ?? name,
            Axis.Whole(root, "seeds", 1, MostSeeds, 1),
            Description.Read(root),
            PointReader.Read(root["points"]),
            root["points"]);
    }

    private const string NameRule = "a name of letters, digits, hyphens and underscores";

    private static bool IsNameSign(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_';

    private static string NameOf(string path) => string.Concat(Path.GetFileNameWithoutExtension(path).Where(IsNameSign));
}
