namespace Crosspoint.Repro.Report;

/// <summary>Fewer points for drawing: of each stretch of a long curve its smallest and its largest value, so that peaks stay.</summary>
internal static class ChartThinning
{
    /// <summary>Points of a curve beyond which it is thinned.</summary>
    public const int MostPoints = 300;

    /// <summary>Indices of the points that are drawn, in order; all of a short curve.</summary>
    public static int[] Keep(IReadOnlyList<double> y)
    {
        if (y.Count <= MostPoints)
        {
            return [.. Enumerable.Range(0, y.Count)];
        }

        SortedSet<int> keep = [0, y.Count - 1];
        int stretches = MostPoints / 2;
        for (int stretch = 0; stretch < stretches; stretch++)
        {
            int from = (int)((long)y.Count * stretch / stretches), to = (int)((long)y.Count * (stretch + 1) / stretches);
            keep.Add(Enumerable.Range(from, to - from).MinBy(index => y[index]));
            keep.Add(Enumerable.Range(from, to - from).MaxBy(index => y[index]));
        }

        return [.. keep];
    }
}
