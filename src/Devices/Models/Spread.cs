namespace Crosspoint.Devices.Models;

/// <summary>The law by which a parameter varies from device to device.</summary>
public enum SpreadLaw
{
    /// <summary>mean (1 + σ ξ), ξ standard normal.</summary>
    Normal,

    /// <summary>mean exp(σ ξ - σ² / 2), of the same mean, never below zero.</summary>
    LogNormal,
}

/// <summary>A parameter of the devices of an array: its mean, and how it varies from device to device.</summary>
/// <param name="Mean">The mean, in the parameter's unit.</param>
/// <param name="Deviation">σ, as a fraction of the mean, at least 0.</param>
/// <param name="Law">The law.</param>
public readonly record struct Spread(float Mean, float Deviation = 0, SpreadLaw Law = SpreadLaw.Normal)
{
    /// <summary>A parameter that is the same in every device.</summary>
    public static implicit operator Spread(float mean) => new(mean);
}
