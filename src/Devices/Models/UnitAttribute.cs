namespace Crosspoint.Devices.Models;

/// <summary>The unit and range of a parameter of a device model, for the files that describe devices and for those who read them.</summary>
/// <param name="unit">"weight", "1/weight", "step", "1", "update", "S", "J"...</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string unit) : Attribute
{
    /// <summary>The unit; "1" for a pure number.</summary>
    public string Unit { get; } = unit;

    /// <summary>The smallest value the parameter, or its mean, may take.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value the parameter, or its mean, may take.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the smallest value itself is left out.</summary>
    public bool Above { get; init; }
}
