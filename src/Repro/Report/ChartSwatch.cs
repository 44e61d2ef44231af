using Crosspoint.Repro.Plots;
using static Crosspoint.Repro.Report.ChartPaint;

namespace Crosspoint.Repro.Report;

/// <summary>The small picture of a series in a legend.</summary>
internal static class ChartSwatch
{
    /// <summary>Draws it from the mark that the legend names.</summary>
    public static string Of(ChartSeries series)
    {
        Mark mark = series.Marks[^1];
        string paint = Paint(mark.Color);
        string inside = mark.Kind switch
        {
            MarkKind.Paper => "<path class=\"paper\" d=\"M12 1L17 6L12 11L7 6Z\"/>",
            MarkKind.Band => $"<rect y=\"1\" width=\"24\" height=\"10\" fill=\"{paint}\" fill-opacity=\".25\"/>",
            MarkKind.Points => mark.Hollow
                ? $"<circle cx=\"12\" cy=\"6\" r=\"3.5\" fill=\"var(--page)\" stroke=\"{paint}\" stroke-width=\"1.6\"/>"
                : $"<circle cx=\"12\" cy=\"6\" r=\"3.5\" fill=\"{paint}\"/>",
            MarkKind.HorizontalLine or MarkKind.VerticalLine => $"<path class=\"reference\" stroke=\"{paint}\" d=\"M0 6H24\"/>",
            _ => $"<path class=\"line\" stroke=\"{paint}\"{(mark.Dashed ? " stroke-dasharray=\"5 4\"" : string.Empty)} d=\"M0 6H24\"/>"
                + (mark.Markers ? $"<circle cx=\"12\" cy=\"6\" r=\"3.3\" fill=\"{paint}\"/>" : string.Empty),
        };
        return $"<svg class=\"swatch\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">{inside}</svg>";
    }
}
