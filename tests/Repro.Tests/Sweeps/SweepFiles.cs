using System.Text.RegularExpressions;

namespace Crosspoint.Repro.Tests.Sweeps;

/// <summary>Tiny sweeps, and results compared but for times.</summary>
internal static partial class SweepFiles
{
    /// <summary>A sweep of so many learning rates, each a run of a few images through four hidden units.</summary>
    public static string Tiny(int points, int seeds = 1) => $$"""
        {
          "name": "tiny", "seeds": {{seeds}},
          "data": { "train": 4, "test": 2 }, "network": { "hidden": [4] }, "training": { "epochs": 1 },
          "points": { "grid": { "training.rate": { "from": 0.001, "to": 1, "count": {{points}} } } }
        }
        """;

    /// <summary>Every file below, by its relative name, but for times and pictures' names.</summary>
    public static SortedDictionary<string, string> Contents(string folder)
    {
        SortedDictionary<string, string> contents = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".claims", StringComparison.Ordinal)))
        {
            string text = path.EndsWith(".png", StringComparison.Ordinal) ? Convert.ToBase64String(File.ReadAllBytes(path)) : File.ReadAllText(path);
            contents[Path.GetRelativePath(folder, path)] = Seconds().Replace(text, string.Empty);
        }

        return contents;
    }

    [GeneratedRegex("\"seconds\": [0-9.eE+-]+")]
    private static partial Regex Seconds();
}
