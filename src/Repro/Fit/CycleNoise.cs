namespace Crosspoint.Repro.Fit;

/// <summary>What the noise of a step from cycle to cycle is proportional to.</summary>
internal enum CycleNoise
{
    /// <summary>The step itself: its deviation is σ times the step at the present weight.</summary>
    Multiplicative,

    /// <summary>The step of the device at zero weight, whatever the present one.</summary>
    Additive,
}
