namespace Crosspoint.Devices.Models;

/// <summary>A parameter that a response to pulses cannot determine: a fit holds it at its given value and says why.</summary>
/// <param name="reason">Why, in a few words that go on from "held: ".</param>
/// <remarks>Of a parameter that is a device, it holds for everything that the device is made of. On a model it names an inherited parameter.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, AllowMultiple = true)]
public sealed class HeldInFitAttribute(string reason) : Attribute
{
    /// <summary>Why, in a few words.</summary>
    public string Reason { get; } = reason;

    /// <summary>On a model, the parameter that is meant.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether only its mean is meant, since pulses tell how devices differ in it.</summary>
    public bool ButSpread { get; init; }
}
