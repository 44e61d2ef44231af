using ScottPlot;

namespace Crosspoint.Repro.Plots;

/// <summary>Colours that people with any colour vision tell apart: Okabe and Ito (2008).</summary>
public static class SheetColors
{
    private static readonly Color[] SeriesColours = [Blue, Vermilion, Green, Purple, Orange, Sky];

    /// <summary>Blue.</summary>
    public static Color Blue => Color.FromHex("#0072B2");

    /// <summary>Red-orange.</summary>
    public static Color Vermilion => Color.FromHex("#D55E00");

    /// <summary>Bluish green.</summary>
    public static Color Green => Color.FromHex("#009E73");

    /// <summary>Reddish purple.</summary>
    public static Color Purple => Color.FromHex("#B8578F");

    /// <summary>Orange.</summary>
    public static Color Orange => Color.FromHex("#E69F00");

    /// <summary>Light blue.</summary>
    public static Color Sky => Color.FromHex("#56B4E9");

    /// <summary>Text, axes and the paper's own values.</summary>
    public static Color Ink => Color.FromHex("#1B1F24");

    /// <summary>Secondary text and reference lines.</summary>
    public static Color Grey => Color.FromHex("#6B7280");

    /// <summary>Grid lines and quiet fills.</summary>
    public static Color Mist => Color.FromHex("#E7EAEE");

    /// <summary>The colour of one series of several.</summary>
    /// <param name="index">At least 0; the colours repeat after six.</param>
    public static Color Series(int index) => SeriesColours[index % SeriesColours.Length];
}
