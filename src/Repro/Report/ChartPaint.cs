using System.Net;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Report;

/// <summary>How colours, numbers and words stand in an SVG picture.</summary>
internal static class ChartPaint
{
    private static readonly (Color Color, string Name)[] Names =
    [
        (SheetColors.Blue, "blue"), (SheetColors.Vermilion, "vermilion"), (SheetColors.Green, "green"), (SheetColors.Purple, "purple"),
        (SheetColors.Orange, "orange"), (SheetColors.Sky, "sky"), (SheetColors.Ink, "ink"), (SheetColors.Grey, "grey"), (SheetColors.Mist, "mist"),
        (Colors.White, "page"),
    ];

    // Equidistant colours of the viridis map, which grow lighter evenly for every colour vision.
    private static readonly (double R, double G, double B)[] Viridis =
    [
        (68, 1, 84), (72, 40, 120), (62, 73, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137), (53, 183, 121), (110, 206, 88),
        (181, 222, 43), (253, 231, 37),
    ];

    /// <summary>A colour that follows the theme of the page where it is one of <see cref="SheetColors"/>.</summary>
    public static string Paint(Color color)
    {
        string name = Array.Find(Names, known => known.Color.WithAlpha(byte.MaxValue).Equals(color.WithAlpha(byte.MaxValue))).Name;
        return name is null ? $"#{color.R:x2}{color.G:x2}{color.B:x2}" : $"var(--{name})";
    }

    /// <summary>The colour of a cell.</summary>
    /// <param name="share">In 0..1 from the smallest value to the largest.</param>
    public static string Cell(double share)
    {
        double at = Math.Clamp(share, 0, 1) * (Viridis.Length - 1);
        int below = Math.Min((int)at, Viridis.Length - 2);
        double part = at - below;
        (double r, double g, double b) = Viridis[below];
        (double r1, double g1, double b1) = Viridis[below + 1];
        return $"#{Mix(r, r1):x2}{Mix(g, g1):x2}{Mix(b, b1):x2}";

        int Mix(double from, double to) => (int)Math.Round(from + (part * (to - from)));
    }

    /// <summary>A place, to a tenth of a pixel.</summary>
    public static string Place(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#");

    /// <summary>Words, safe in an element and in a quoted attribute.</summary>
    public static string Words(string text) => WebUtility.HtmlEncode(text);
}
