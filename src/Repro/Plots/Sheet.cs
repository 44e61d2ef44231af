using System.Text;
using System.Text.RegularExpressions;
using Crosspoint.Repro.Results;
using ScottPlot;
using SkiaSharp;

namespace Crosspoint.Repro.Plots;

/// <summary>One picture made of panels side by side, written as PNG and SVG.</summary>
public sealed partial class Sheet : IDisposable
{
    private const float Margin = 18;
    private const float TitleSize = 17;
    private const float NoteSize = 11;
    private const float TitleHeight = 26;
    private const float NoteHeight = 24;
    private const float PixelsPerUnit = 2;

    private readonly List<(Panel Panel, double Width)> panels = [];

    /// <summary>An empty sheet of 800 x 500 units, which is 1600 x 1000 pixels as PNG.</summary>
    public Sheet() => EmbeddedFonts.Use();

    /// <summary>Stands above the panels.</summary>
    public string Title { get; set; } = string.Empty;

    /// <summary>Stands below the panels, in small letters: what a reader must know to judge the picture.</summary>
    public string Note { get; set; } = string.Empty;

    /// <summary>Width in units of half a pixel.</summary>
    public int Width { get; set; } = 800;

    /// <summary>Height in units of half a pixel.</summary>
    public int Height { get; set; } = 500;

    /// <summary>The panels from left to right, with their relative widths.</summary>
    internal IReadOnlyList<(Panel Panel, double Width)> Panels => panels;

    /// <summary>Adds a panel to the right of the others.</summary>
    /// <param name="title">Stands above the panel; may be empty.</param>
    /// <param name="width">Width relative to the other panels.</param>
    public Panel Add(string title = "", double width = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        Panel panel = new(title);
        panels.Add((panel, width));
        return panel;
    }

    /// <summary>Frees what the panels hold.</summary>
    public void Dispose() => panels.ForEach(panel => panel.Panel.Dispose());

    /// <summary>Writes the sheet in both forms, each file whole or not at all.</summary>
    /// <param name="pngPath">The pixel picture.</param>
    /// <param name="svgPath">The vector picture.</param>
    public void Save(string pngPath, string svgPath)
    {
        SavePng(pngPath);
        byte[] svg = Encoding.UTF8.GetBytes(ToSvg());
        AtomicFile.Write(svgPath, stream => stream.Write(svg));
    }

    /// <summary>The sheet as the text of an SVG file.</summary>
    public string ToSvg()
    {
        using MemoryStream buffer = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), buffer))
        {
            Render(canvas);
        }

        // Clip paths are numbered through the whole process; numbered through the file, the same sheet is the same text.
        // A reader without Inter gets another sans-serif.
        Dictionary<string, string> names = [];
        return ClipName().Replace(
            Encoding.UTF8.GetString(buffer.ToArray()),
            clip => names.TryGetValue(clip.Value, out string? name) ? name : names[clip.Value] = $"clip{names.Count}")
            .Replace("font-family=\"Inter\"", "font-family=\"Inter, sans-serif\"", StringComparison.Ordinal)
            .Replace("font-weight=\"500\" font-family=\"Inter Semi Bold, Inter\"", "font-weight=\"600\" font-family=\"Inter, sans-serif\"", StringComparison.Ordinal);
    }

    /// <summary>Writes the sheet as PNG, whole or not at all.</summary>
    public void SavePng(string path)
    {
        byte[] png = ToPng();
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>The sheet as the bytes of a PNG file.</summary>
    public byte[] ToPng()
    {
        SKImageInfo size = new((int)(Width * PixelsPerUnit), (int)(Height * PixelsPerUnit));
        using SKSurface surface = SKSurface.Create(size);
        surface.Canvas.Scale(PixelsPerUnit);
        Render(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    [GeneratedRegex("cl_[0-9a-f]+")]
    private static partial Regex ClipName();

    private void Render(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        float top = Margin;
        float bottom = Height - Margin;
        if (Title.Length > 0)
        {
            DrawText(canvas, Title, new Pixel(Margin, top), TitleSize, bold: true, SheetColors.Ink, Alignment.UpperLeft);
            top += TitleHeight;
        }

        if (Note.Length > 0)
        {
            DrawText(canvas, Note, new Pixel(Margin, bottom), NoteSize, bold: false, SheetColors.Grey, Alignment.LowerLeft);
            bottom -= NoteHeight;
        }

        RenderPanels(canvas, top, bottom);
    }

    private void RenderPanels(SKCanvas canvas, float top, float bottom)
    {
        float gap = Margin;
        double share = (Width - (2 * Margin) - (gap * (panels.Count - 1))) / panels.Sum(panel => panel.Width);
        float left = Margin;
        foreach ((Panel panel, double width) in panels)
        {
            float right = left + (float)(share * width);
            panel.Render(canvas, new PixelRect(left, right, bottom, top));
            left = right + gap;
        }
    }

    private static void DrawText(SKCanvas canvas, string text, Pixel at, float size, bool bold, Color color, Alignment alignment)
    {
        using Paint paint = Paint.NewDisposablePaint();
        LabelStyle style = new()
        {
            Text = text,
            FontSize = size,
            Bold = bold,
            ForeColor = color,
            Alignment = alignment,
            FontName = EmbeddedFonts.Family,
            SubpixelText = true,
        };
        style.Render(canvas, at, paint);
    }
}
