using System.Buffers;
using System.Globalization;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Where results lie.</summary>
/// <remarks>
/// <para>
/// The runs of the full profile with the paper's parameters and the full data have the plain names
/// <c>OUT/PAPER/FIGURE/POINT/seed-S.json</c>, with <c>summary.csv</c>, <c>FIGURE.png</c> and <c>FIGURE.svg</c> in <c>OUT/PAPER/FIGURE</c>.
/// </para>
/// <para>
/// Every other variant has the same files one folder further down, so that variants never meet: <c>quick</c> for the quick profile,
/// <c>-sample</c> behind it for the embedded sample, and eight digits of the hash of the changed parameters where there are some:
/// <c>quick</c>, <c>full-sample</c>, <c>quick-sample-1f0c22ab</c>. The key inside each result has the last word.
/// </para>
/// </remarks>
internal static class ResultLayout
{
    private const string PlainVariant = "full";
    private const string Prefix = "seed-";
    private const string Suffix = ".json";
    private const int StateDigits = 16;
    private const int LongestName = 160;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>The folder of one variant of a figure.</summary>
    public static string Folder(string root, IExperiment experiment, string variant)
    {
        string figure = Path.Combine(root, experiment.Paper, experiment.Figure);
        return variant == PlainVariant ? figure : Path.Combine(figure, variant);
    }

    /// <summary>The file of one result.</summary>
    /// <exception cref="InvalidOperationException">The point has characters that cannot stand in a folder's name.</exception>
    public static string ResultFile(string folder, Point point, ulong seed)
    {
        string name = point.ToString();
        return name.AsSpan().ContainsAny(Forbidden)
            ? throw new InvalidOperationException($"point '{name}': a folder cannot have this name")
            : Path.Combine(PointFolder(folder, point), $"{Prefix}{seed}{Suffix}");
    }

    /// <summary>The file of a state that longer runs go on from, whatever figure they belong to.</summary>
    public static string StateFile(string root, string paper, string key) => Path.Combine(root, paper, "states", key[..StateDigits] + ".state");

    /// <summary>The seeds for which a result of a point is stored, in ascending order.</summary>
    public static IReadOnlyList<ulong> StoredSeeds(string folder, Point point)
    {
        string pointFolder = PointFolder(folder, point);
        return Directory.Exists(pointFolder)
            ? [.. Directory.EnumerateFiles(pointFolder, Prefix + "*" + Suffix).Select(SeedOf).OfType<ulong>().Order()]
            : [];
    }

    // A name longer than file systems take ends with its hash instead.
    private static string PointFolder(string folder, Point point)
    {
        string name = point.ToString();
        return Path.Combine(folder, name.Length <= LongestName ? name : $"{name[..(LongestName - StateDigits)]}~{RunKey.OfText(name)[..StateDigits]}");
    }

    private static ulong? SeedOf(string path)
    {
        string digits = Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
        bool isNumber = ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed);
        return isNumber && digits == seed.ToString(CultureInfo.InvariantCulture) ? seed : null;
    }
}
