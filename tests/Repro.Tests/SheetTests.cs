using Crosspoint.Repro.Plots;
using ScottPlot;
using SkiaSharp;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Labels must appear on a machine without any font.</summary>
[Collection(nameof(SheetTests))]
public sealed class SheetTests
{
    /// <summary>The fonts of ScottPlot belong to the whole process: nothing else is drawn while these tests run.</summary>
    [CollectionDefinition(nameof(SheetTests), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public void Labels_appear_where_they_belong()
    {
        (string Label, int Left, int Top, int Width, int Height)[] places =
        [
            ("title", 0, 0, 400, 80), ("note", 0, 930, 400, 60), ("x", 700, 885, 300, 35), ("y", 36, 300, 28, 400),
        ];
        using SKBitmap labelled = Render("Title", "Note", "x axis", "y axis");
        using SKBitmap blank = Render(" ", " ", " ", " ");
        foreach ((string label, int left, int top, int width, int height) in places)
        {
            Assert.True(Ink(labelled, left, top, width, height) > 100, label);
            Assert.Equal(0, Ink(blank, left, top, width, height));
        }
    }

    [Theory]
    [InlineData(1, -1, nameof(Alignment.UpperRight))]
    [InlineData(-1, 1, nameof(Alignment.LowerRight))]
    public void A_legend_stands_where_it_hides_the_least(double first, double slope, string corner)
    {
        double[] x = [.. Enumerable.Range(0, 101).Select(n => n / 100.0)];
        using Sheet sheet = new();
        Panel line = sheet.Add().Line(x, [.. x.Select(at => first + (slope * at))], "falls or rises towards the right");
        line.FitAxes();
        Assert.Equal(corner, line.FreestCorner(600, 400).ToString());
        Panel twoEnds = sheet.Add().Line([0, 1], [0, 0], "low").Points([0], [1], "point at the upper left");
        twoEnds.FitAxes();
        Assert.Equal(Alignment.UpperRight, twoEnds.FreestCorner(600, 400));
    }

    [Fact]
    public void Every_font_is_served_out_of_the_program()
    {
        using Sheet sheet = Draw("Title", "Note", "x axis", "y axis");
        byte[] withSystem = sheet.ToPng();
        IFontResolver[] all = [.. ScottPlot.Fonts.FontResolvers];
        Assert.IsType<EmbeddedFonts>(all[0]);
        Assert.All(
            ["Inter", "Arial", "No Such Font", ScottPlot.Fonts.Default],
            name => Assert.Equal(EmbeddedFonts.Family, all[0].CreateTypeface(name, bold: false, italic: false)!.FamilyName));

        // The same picture without any other resolver: nothing was drawn with a font of the system.
        ScottPlot.Fonts.FontResolvers.RemoveRange(1, all.Length - 1);
        try
        {
            using Sheet alone = Draw("Title", "Note", "x axis", "y axis");
            Assert.Equal(withSystem, alone.ToPng());
        }
        finally
        {
            ScottPlot.Fonts.FontResolvers.AddRange(all[1..]);
        }
    }

    [Theory]
    [InlineData("σ ± × Δ κ µ ⁺ ⁻ ² − … ≤ ≥ δ η α →")]
    public void Signs_of_the_field_have_glyphs(string signs)
    {
        using Sheet use = new();
        foreach (bool bold in new[] { false, true })
        {
            SKTypeface typeface = ScottPlot.Fonts.GetTypeface(EmbeddedFonts.Family, bold, italic: false);
            Assert.All(signs.Where(sign => sign != ' '), sign => Assert.True(typeface.ContainsGlyph(sign), $"{sign}"));
        }
    }

    [Fact]
    public void The_vector_picture_holds_its_words_and_is_the_same_text_each_time()
    {
        using Sheet sheet = Draw("Title", "Note", "σ / B", "accuracy (%)");
        string svg = sheet.ToSvg();
        Assert.Contains("σ / B", svg, StringComparison.Ordinal);
        Assert.Contains("accuracy (%)", svg, StringComparison.Ordinal);
        using Sheet again = Draw("Title", "Note", "σ / B", "accuracy (%)");
        Assert.Equal(svg, again.ToSvg());
    }

    [Fact]
    public void Every_mark_can_be_drawn()
    {
        using Sheet sheet = new() { Title = "All marks" };
        sheet.Add("axes").LogX().LogY().Axes("x", "y").XRange(0.1).YRange(high: 1e4)
            .Line([1, 10], [1, 10], "line", dashed: true, markers: true).Points([1], [2], "points", hollow: true)
            .Steps([1, 2, 3], [1, 3, 2]).Errors([1], [2], [0.5]).Band([1, 2], [1, 1], [2, 2]).Paper([2], [3]).Tolerance(2, 2, 4)
            .HorizontalLine(3, "reference").VerticalLine(2).Legend(Alignment.LowerRight);
        sheet.Add("drawing", 2).Schematic(10, 10)
            .Text("words", 1, 1).Arrow(0, 0, 1, 1).Segment(1, 1, 2, 2).Box(1, 1, 2, 2, fill: SheetColors.Mist).Circle(5, 5, 20);
        Assert.True(sheet.ToPng().Length > 10_000);
    }

    private static Sheet Draw(string title, string note, string x, string y)
    {
        Sheet sheet = new() { Title = title, Note = note };
        sheet.Add().Axes(x, y).Line([1, 2, 3], [1, 3, 2]);
        return sheet;
    }

    private static SKBitmap Render(string title, string note, string x, string y)
    {
        using Sheet sheet = Draw(title, note, x, y);
        return SKBitmap.Decode(sheet.ToPng());
    }

    /// <summary>Pixels of a rectangle that are not white.</summary>
    private static int Ink(SKBitmap bitmap, int left, int top, int width, int height) =>
        Enumerable.Range(left, width).Sum(column => Enumerable.Range(top, height).Count(row => bitmap.GetPixel(column, row) != SKColors.White));
}
