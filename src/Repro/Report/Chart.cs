namespace Crosspoint.Repro.Report;

/// <summary>One panel as the page shows it.</summary>
/// <param name="Title">Stands above it; may be empty.</param>
/// <param name="Svg">The picture.</param>
/// <param name="Data">Places and values for the pointer and the keyboard, as JSON that can stand in a script element.</param>
/// <param name="Keys">The legend.</param>
/// <param name="Width">Width in which it reads best, in CSS pixels.</param>
/// <param name="IsInteractive">Whether there are values to show.</param>
/// <param name="Description">What it shows, for those who cannot see it.</param>
internal sealed record Chart(
    string Title, string Svg, string Data, IReadOnlyList<ChartKey> Keys, int Width, bool IsInteractive, string Description);

/// <summary>One entry of a legend.</summary>
/// <param name="Series">Number of the series.</param>
/// <param name="Name">Its name.</param>
/// <param name="Swatch">A small picture of its marks.</param>
internal sealed record ChartKey(int Series, string Name, string Swatch);
