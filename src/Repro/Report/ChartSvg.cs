using System.Text;
using System.Text.Json;
using Crosspoint.Repro.Plots;
using static Crosspoint.Repro.Report.ChartPaint;

namespace Crosspoint.Repro.Report;

/// <summary>Draws a panel as inline SVG whose colours follow the theme of the page, with the values for the pointer beside it.</summary>
internal sealed class ChartSvg
{
    private const double Left = 64, Right = 16, Top = 12, Bottom = 48;
    private const double XMargin = 0.06, YMargin = 0.08;
    private const double XTickSpacing = 62, YTickSpacing = 36;
    private const int MostNamesInFull = 12;

    private readonly Panel panel;
    private readonly int width;
    private readonly int height;
    private readonly ChartScale x;
    private readonly ChartScale y;
    private readonly IReadOnlyList<ChartSeries> series;
    private readonly string id;
    private readonly StringBuilder svg = new();

    private ChartSvg(Panel panel, int width, int height, string id)
    {
        this.panel = panel;
        this.width = width;
        this.height = height;
        this.id = id;
        series = ChartSeries.Of(panel.Marks);
        bool bare = panel.IsSchematic;
        x = ChartScale.Fit(panel.Marks.SelectMany(mark => mark.X), panel.Range.XLow, panel.Range.XHigh, XMargin, bare ? 8 : Left, width - (bare ? 8 : Right), panel.IsLog.X);
        y = ChartScale.Fit(panel.Marks.SelectMany(Heights), panel.Range.YLow, panel.Range.YHigh, YMargin, height - (bare ? 8 : Bottom), bare ? 8 : Top, panel.IsLog.Y);
    }

    /// <summary>Draws a panel.</summary>
    /// <param name="panel">The panel, recorded whole.</param>
    /// <param name="width">Width in CSS pixels.</param>
    /// <param name="height">Height in CSS pixels.</param>
    /// <param name="id">A name that no other chart of the page has.</param>
    /// <returns>The chart, and whether long curves were thinned.</returns>
    public static (Chart Chart, bool Thinned) Draw(Panel panel, int width, int height, string id) => new ChartSvg(panel, width, height, id).Draw();

    private (Chart, bool) Draw()
    {
        ChartMarks marks = new(svg, x, y, (Left, width - Right, Top, height - Bottom));
        string description = Description();
        svg.Append($"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Words(description)}\">");
        if (!panel.IsSchematic)
        {
            DrawAxes();
        }

        svg.Append(panel.IsSchematic
            ? "<g>"
            : $"<clipPath id=\"{id}\"><rect x=\"{Place(Left - 1)}\" y=\"{Place(Top - 1)}\" width=\"{Place(width - Left - Right + 2)}\" height=\"{Place(height - Top - Bottom + 2)}\"/></clipPath><g clip-path=\"url(#{id})\">");
        marks.Draw(series[0].Marks.Where(mark => mark.Kind != MarkKind.Text));
        for (int place = 1; place < series.Count; place++)
        {
            svg.Append($"<g data-series=\"{place}\">");
            marks.Draw(series[place].Marks);
            svg.Append("</g>");
        }

        marks.Draw(series[0].Marks.Where(mark => mark.Kind == MarkKind.Text));
        svg.Append("</g></svg>");
        string data = Data(out bool any);
        ChartKey[] keys = [.. Enumerable.Range(1, series.Count - 1).Select(place => new ChartKey(place, series[place].Name, ChartSwatch.Of(series[place])))];
        return (new Chart(Title(), svg.ToString(), data, keys, width, any, description), marks.Thinned);
    }

    private string Title() =>
        panel.Marks.FirstOrDefault(mark => mark.Kind == MarkKind.Cells && mark.Extent.Count > 0) is { } map
            ? $"{panel.Title}, from {map.Extent.Min():G4} (dark) to {map.Extent.Max():G4} (light)"
            : panel.Title;

    private string Description()
    {
        string what = panel.IsSchematic ? "Drawing" : $"Chart of {panel.YLabel} over {panel.XLabel}";
        string names = string.Join(", ", series.Skip(1).Select(one => one.Name).Take(MostNamesInFull));
        return string.Join(". ", new[] { panel.Title, what, names }.Where(part => part.Length > 0));
    }

    private IEnumerable<double> Heights(Mark mark) => mark.Kind switch
    {
        MarkKind.Errors => mark.Y.Zip(mark.Extent, (value, half) => value + half).Concat(mark.Y.Zip(mark.Extent, (value, half) => value - half)),
        MarkKind.Band => mark.Y.Concat(mark.Extent),
        _ => mark.Y,
    };

    private void DrawAxes()
    {
        double right = width - Right, bottom = height - Bottom;
        svg.Append("<g class=\"axes\">");
        foreach ((double place, string text) in Ticks(y, panel.IsNamed.Y, panel.CellNames.Y, YTickSpacing))
        {
            svg.Append($"<line class=\"grid\" x1=\"{Place(Left)}\" x2=\"{Place(right)}\" y1=\"{Place(place)}\" y2=\"{Place(place)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{Place(Left - 7)}\" y=\"{Place(place + 4)}\" text-anchor=\"end\">{Words(Cut(text))}</text>");
        }

        foreach ((double place, string text) in Ticks(x, panel.IsNamed.X, panel.CellNames.X, XTickSpacing))
        {
            svg.Append($"<line class=\"grid\" x1=\"{Place(place)}\" x2=\"{Place(place)}\" y1=\"{Place(Top)}\" y2=\"{Place(bottom)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{Place(place)}\" y=\"{Place(bottom + 17)}\" text-anchor=\"middle\">{Words(Cut(text))}</text>");
        }

        svg.Append($"<path class=\"frame\" d=\"M{Place(Left)} {Place(Top)}V{Place(bottom)}H{Place(right)}\"/>");
        svg.Append($"<text class=\"axis\" x=\"{Place((Left + right) / 2)}\" y=\"{Place(height - 9)}\" text-anchor=\"middle\">{Words(panel.XLabel)}</text>");
        svg.Append($"<text class=\"axis\" transform=\"translate(14 {Place((Top + bottom) / 2)}) rotate(-90)\" text-anchor=\"middle\">{Words(panel.YLabel)}</text></g>");
    }

    private static IEnumerable<(double Place, string Text)> Ticks(ChartScale scale, bool isNamed, IReadOnlyList<string> names, double spacing) =>
        names.Count > 0 ? names.Select((name, place) => (scale.At(place), name)) : isNamed ? [] : scale.Ticks(spacing);

    private static string Cut(string text) => text.Length > 14 ? text[..13] + "…" : text;

    // Numbers of six digits are more than an eye can use, and full ones are in the table and the files.
    private string Data(out bool any)
    {
        using MemoryStream buffer = new();
        any = false;
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", panel.Title);
            json.WriteString("x", panel.XLabel);
            json.WriteString("y", panel.YLabel);
            json.WriteStartArray("columns");
            panel.CellNames.X.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteStartArray("rows");
            panel.CellNames.Y.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteStartArray("marks");
            for (int place = 0; place < series.Count && !panel.IsSchematic; place++)
            {
                foreach (Mark mark in series[place].Marks.Where(mark => mark.Kind is MarkKind.Line or MarkKind.Points or MarkKind.Steps or MarkKind.Paper or MarkKind.Cells))
                {
                    any |= ChartValues.Write(json, place, series[place], mark, x, y);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
