namespace Crosspoint.Repro.Plots;

/// <summary>What a mark of a panel is.</summary>
internal enum MarkKind
{
    /// <summary>A line through points, with markers or without.</summary>
    Line,

    /// <summary>Separate points.</summary>
    Points,

    /// <summary>A line whose value holds until the next point.</summary>
    Steps,

    /// <summary>Vertical error bars of half height <see cref="Mark.Extent"/>.</summary>
    Errors,

    /// <summary>The area between <see cref="Mark.Y"/> and <see cref="Mark.Extent"/>.</summary>
    Band,

    /// <summary>Values of the paper.</summary>
    Paper,

    /// <summary>A vertical bar over what the paper's value may be.</summary>
    Tolerance,

    /// <summary>A reference line across the panel.</summary>
    HorizontalLine,

    /// <inheritdoc cref="HorizontalLine"/>
    VerticalLine,

    /// <summary>Words at a place.</summary>
    Text,

    /// <summary>An arrow from the first place to the second.</summary>
    Arrow,

    /// <summary>A straight line between two places.</summary>
    Segment,

    /// <summary>A box between two corners.</summary>
    Box,

    /// <summary>A circle whose size does not depend on the axes.</summary>
    Circle,

    /// <summary>Coloured cells: one value of <see cref="Mark.Extent"/> at each place.</summary>
    Cells,
}
