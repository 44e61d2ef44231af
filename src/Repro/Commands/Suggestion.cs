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

    /// <summary>Letters to change, insert, leave out or swap with their neighbour, whatever their case.</summary>
    private static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                distance[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        distance[i - 1, j - 1] + (Same(i, j) ? 0 : 1),
                        1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                if (i > 1 && j > 1 && Same(i, j - 1) && Same(i - 1, j))
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[a.Length, b.Length];

        bool Same(int i, int j) => char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
    }
}
