namespace Crosspoint.Repro.Watch;

/// <summary>A curve as one line of letters.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values from the left to the right, from their smallest to their largest.</summary>
    /// <param name="values">The values; empty for an empty line.</param>
    /// <param name="width">Letters at most; of more values every letter shows the mean of some.</param>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        int letters = Math.Min(values.Count, width);
        double[] means = [.. Enumerable.Range(0, letters).Select(letter => Mean(values, (int)((long)letter * values.Count / letters), (int)((long)(letter + 1) * values.Count / letters)))];
        double least = means.DefaultIfEmpty().Min(), range = means.DefaultIfEmpty().Max() - least;
        return string.Concat(means.Select(mean => Levels[range > 0 ? Math.Min((int)((mean - least) / range * Levels.Length), Levels.Length - 1) : Levels.Length / 2]));
    }

    /// <summary>A bar of filled and empty letters.</summary>
    /// <param name="fraction">In 0..1.</param>
    /// <param name="width">Letters.</param>
    public static string Bar(double fraction, int width)
    {
        int filled = (int)Math.Round(Math.Clamp(fraction, 0, 1) * width);
        return new string('█', filled) + new string('░', width - filled);
    }

    private static double Mean(IReadOnlyList<double> values, int from, int to) => Enumerable.Range(from, to - from).Average(index => values[index]);
}
