using System.Text.RegularExpressions;

namespace Crosspoint.Repro.Bench;

/// <summary>How the cost of a cross-point grows with the size of the array.</summary>
internal static partial class Scaling
{
    // A cost this far above the best is no longer linear.
    private const double Linear = 1.25;

    /// <summary>Puts each row of a sweep in proportion to the best size of its kind.</summary>
    public static IEnumerable<MeasuredRow> Compare(IReadOnlyList<MeasuredRow> rows)
    {
        Dictionary<string, double> best = rows
            .Where(row => row.CrossPointNanoseconds is not null)
            .GroupBy(row => Kind(row.Name))
            .ToDictionary(kind => kind.Key, kind => kind.Min(row => row.CrossPointNanoseconds!.Value));
        return rows.Select(row => row with { OverBestSize = row.CrossPointNanoseconds / best.GetValueOrDefault(Kind(row.Name)) });
    }

    /// <summary>One line a kind of row: up to which size its cost is linear, and what comes behind.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<MeasuredRow> rows)
    {
        foreach (IGrouping<string, MeasuredRow> kind in rows.Where(row => row.OverBestSize is not null).GroupBy(row => Kind(row.Name)))
        {
            // The smallest arrays pay for what every call costs; linear is what follows the best size.
            MeasuredRow[] sizes = [.. kind.OrderBy(row => row.WorkingSet)];
            int best = Array.FindIndex(sizes, row => row.OverBestSize == 1);
            int first = Array.FindIndex(sizes, row => row.OverBestSize <= Linear);
            int over = Array.FindIndex(sizes, best, row => row.OverBestSize > Linear);
            MeasuredRow last = over < 0 ? sizes[^1] : sizes[over - 1];
            string behind = over < 0 ? string.Empty : $"; {Size(sizes[over])} takes {sizes[over].OverBestSize:0.0} times the best";
            yield return $"{kind.Key}: linear within {100 * (Linear - 1):0} % from {Size(sizes[first])} to {Size(last)}{behind}";
        }
    }

    /// <summary>The name of a row without its size.</summary>
    public static string Kind(string name) => SizeInName().Replace(name, "NxN");

    private static string Size(MeasuredRow row) => $"{SizeInName().Match(row.Name).Value} ({row.Cache}, {row.WorkingSet / (1 << 20):0.##} MB)";

    [GeneratedRegex(@"\d+x\d+")]
    private static partial Regex SizeInName();
}
