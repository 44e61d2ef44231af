namespace Crosspoint.Repro.Commands;

/// <summary>Says what exists when a name does not.</summary>
internal static class Suggestion
{
    /// <summary>One line: the unknown name, the nearest known one if it is near, and all known ones.</summary>
    public static string Unknown(string what, string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        string near = Nearest(name, names) is { } guess ? $"did you mean '{guess}'? " : string.Empty;
        string list = names.Length == 0 ? "there are none" : $"expected {string.Join(", ", names)}";
        return $"unknown {what} '{name}'; {near}{list}";
    }

    /// <summary>The known name that needs the fewest changed letters, if they are at most a third of its length.</summary>
    private static string? Nearest(string name, string[] known)
    {
        string? best = known.MinBy(candidate => Distance(name, candidate));
        return best is not null && Distance(name, best) <= Math.Max(1, best.Length / 3) ? best : null;
    }

    /// <summary>The Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[^1];
    }
}
