using System.IO.Enumeration;
using Crosspoint.Repro.Bench.Rows;
using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro.Bench;

/// <summary>All rows of the benchmark beside the calibrations.</summary>
internal static class BenchCatalogue
{
    private const int SmallestSize = 64, LargestSize = 4_096;

    /// <summary>The rows of a usual run.</summary>
    public static IReadOnlyList<BenchRow> All { get; } =
    [
        .. RandomRows.All,
        .. ConstantStepRows.All,
        .. PulsedDeviceRows.All,
        .. UnidirectionalPairRows.All,
        .. CellRows.All,
        .. LookUpRows.All,
        .. MatVecRows.All,
        .. ReadRows.All,
        .. TrainingRows.All,
        .. SignPulseRows.All,
        .. TextTrainingRows.All,
    ];

    /// <summary>The rows of a scaling sweep: square arrays of 64 to 4,096 lines, kind by kind.</summary>
    public static IReadOnlyList<BenchRow> Sizes { get; } =
    [
        .. (from size in PowersOfTwo(SmallestSize, LargestSize)
            from row in (IEnumerable<BenchRow>)[.. ConstantStepRows.OfSize(size), .. PulsedDeviceRows.OfSize(size), .. UnidirectionalPairRows.OfSize(size), .. ReadRows.OfSize(size)]
            group row by Scaling.Kind(row.Name)).SelectMany(kind => kind),
    ];

    /// <summary>Chooses names by patterns in which * stands for any letters and ? for one.</summary>
    /// <exception cref="CommandException">A pattern matches nothing.</exception>
    public static HashSet<string> Choose(IReadOnlyList<string> names, IReadOnlyList<string> patterns)
    {
        HashSet<string> chosen = [.. patterns.Count == 0 ? names : []];
        foreach (string pattern in patterns)
        {
            string[] matches = [.. names.Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))];
            if (matches.Length == 0)
            {
                IEnumerable<string> families = names.Select(name => name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)] + "*").Distinct();
                throw CommandException.Usage($"--filter: {Suggestion.Unknown("row", pattern, families)} (--list shows every row)");
            }

            chosen.UnionWith(matches);
        }

        return chosen;
    }

    private static IEnumerable<int> PowersOfTwo(int first, int last)
    {
        for (int size = first; size <= last; size *= 2)
        {
            yield return size;
        }
    }
}
