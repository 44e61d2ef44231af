using System.Globalization;

namespace Crosspoint.Repro.Bench;

/// <summary>Sizes of the data caches that one core sees, in bytes.</summary>
/// <param name="L1">First level.</param>
/// <param name="L2">Second level.</param>
/// <param name="L3">Third level.</param>
internal sealed record Caches(long L1, long L2, long L3)
{
    private const string LinuxFolder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>What is assumed where the system does not tell.</summary>
    public static readonly Caches Usual = new(32 << 10, 1 << 20, 32 << 20);

    /// <summary>The caches of this machine.</summary>
    public static Caches OfThisMachine() => Read(LinuxFolder);

    /// <summary>Reads a folder as Linux lays it out: index*/level, type and size; what is missing there is as usual.</summary>
    public static Caches Read(string folder)
    {
        Dictionary<string, long> sizes = [];
        foreach (string cache in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, "index*") : [])
        {
            if (Line(cache, "type") is "Data" or "Unified" && Line(cache, "level") is { } level && Bytes(Line(cache, "size")) is { } bytes)
            {
                sizes[level] = bytes;
            }
        }

        return new(
            sizes.GetValueOrDefault("1", Usual.L1), sizes.GetValueOrDefault("2", Usual.L2), sizes.GetValueOrDefault("3", Usual.L3));
    }

    /// <summary>The nearest level that holds a working set: "l1", "l2", "l3" or "memory".</summary>
    public string LevelOf(double bytes) => bytes <= L1 ? "l1" : bytes <= L2 ? "l2" : bytes <= L3 ? "l3" : "memory";

    private static string? Line(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    // "48K", "32M" or plain bytes.
    private static long? Bytes(string? text)
    {
        long unit = text?.LastOrDefault() switch { 'K' => 1 << 10, 'M' => 1 << 20, 'G' => 1 << 30, _ => 1 };
        return long.TryParse(text?.TrimEnd('K', 'M', 'G'), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number * unit
            : null;
    }
}
