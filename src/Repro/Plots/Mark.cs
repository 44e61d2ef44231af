using ScottPlot;

namespace Crosspoint.Repro.Plots;

/// <summary>One thing drawn on a panel, in the coordinates of its figure, so that the same drawing can be made in another form.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="X">Places along the x axis; empty for a horizontal line.</param>
/// <param name="Y">Places along the y axis; empty for a vertical line.</param>
internal sealed record Mark(MarkKind Kind, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Half heights of error bars, the upper curve of a band, the values of cells; otherwise empty.</summary>
    public IReadOnlyList<double> Extent { get; init; } = [];

    /// <summary>Name in the legend, or the words of a text; may be empty.</summary>
    public string Label { get; init; } = string.Empty;

    /// <summary>Colour of lines and letters.</summary>
    public required Color Color { get; init; }

    /// <summary>Colour of an area; <see langword="null"/> for none.</summary>
    public Color? Fill { get; init; }

    /// <summary>Size of markers and letters, width of lines, in units of the sheet.</summary>
    public float Size { get; init; }

    /// <summary>Whether a line is dashed.</summary>
    public bool Dashed { get; init; }

    /// <summary>Whether a line has a marker at each point.</summary>
    public bool Markers { get; init; }

    /// <summary>Whether markers are hollow.</summary>
    public bool Hollow { get; init; }

    /// <summary>Whether letters are bold.</summary>
    public bool Bold { get; init; }

    /// <summary>Where a text stands beside its place.</summary>
    public Alignment Alignment { get; init; } = Alignment.MiddleCenter;
}
