using ScottPlot;
using SkiaSharp;

namespace Crosspoint.Repro.Plots;

/// <summary>Serves Inter out of the program itself, for every font that is asked for, so that pictures need no installed font.</summary>
internal sealed class EmbeddedFonts : IFontResolver
{
    /// <summary>Name of the family.</summary>
    public const string Family = "Inter";

    private static readonly SKTypeface Regular = Load("Inter-Regular.otf");
    private static readonly SKTypeface SemiBold = Load("Inter-SemiBold.otf");
    private static readonly Lazy<bool> Registered = new(Register);

    private EmbeddedFonts()
    {
    }

    /// <summary>Makes ScottPlot use the family for all text; later calls do nothing.</summary>
    public static void Use() => _ = Registered.Value;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        weight >= FontWeight.SemiBold ? SemiBold : Regular;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => bold ? SemiBold : Regular;

    private static bool Register()
    {
        ScottPlot.Fonts.FontResolvers.Insert(0, new EmbeddedFonts());
        ScottPlot.Fonts.Default = Family;
        return true;
    }

    private static SKTypeface Load(string resource)
    {
        using Stream stream = typeof(EmbeddedFonts).Assembly.GetManifestResourceStream(resource)!;
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
