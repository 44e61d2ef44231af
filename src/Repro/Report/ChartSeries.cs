using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Report;

/// <summary>Marks of a panel that the legend names together, and that can be hidden together.</summary>
/// <param name="Name">Name in the legend; empty for marks that it leaves out.</param>
/// <param name="Marks">The marks, in the order in which they were drawn.</param>
internal sealed record ChartSeries(string Name, List<Mark> Marks)
{
    /// <summary>Groups the marks of a panel: those without a name go with the next named ones of their colour.</summary>
    public static IReadOnlyList<ChartSeries> Of(IEnumerable<Mark> marks)
    {
        List<ChartSeries> series = [];
        List<Mark> waiting = [];
        foreach (Mark mark in marks)
        {
            if (mark.Kind is MarkKind.Text or MarkKind.Cells || mark.Label.Length == 0)
            {
                waiting.Add(mark);
                continue;
            }

            if (series.Find(group => group.Name == mark.Label && group.Marks[^1].Color.Equals(mark.Color)) is not { } group)
            {
                group = new ChartSeries(mark.Label, []);
                series.Add(group);
            }

            group.Marks.AddRange(waiting.Where(other => GoesWith(other, mark)));
            waiting.RemoveAll(other => GoesWith(other, mark));
            group.Marks.Add(mark);
        }

        series.Insert(0, new ChartSeries(string.Empty, waiting));
        return series;
    }

    /// <summary>Half heights of the error bars at the points of a mark; empty where it has none.</summary>
    public IReadOnlyList<double> ErrorsOf(Mark mark) =>
        Marks.Find(other => other.Kind == MarkKind.Errors && other.X.SequenceEqual(mark.X) && other.Y.SequenceEqual(mark.Y))?.Extent ?? [];

    private static bool GoesWith(Mark other, Mark named) =>
        other.Color.Equals(named.Color)
        && (other.Kind is MarkKind.Errors or MarkKind.Band || (other.Kind == MarkKind.Tolerance && named.Kind == MarkKind.Paper));
}
