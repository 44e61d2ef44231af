namespace Crosspoint.Repro.Plots;

/// <summary>One picture made of panels side by side, written as PNG and SVG.</summary>
public sealed class Sheet
{
}
