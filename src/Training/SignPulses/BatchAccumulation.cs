namespace Crosspoint.Training.SignPulses;

/// <summary>What is summed over the samples of a batch for each weight.</summary>
public enum BatchAccumulation
{
    /// <summary>The gradient: input times error.</summary>
    Gradient,

    /// <summary>The sign of the input times the error.</summary>
    SignOfInput,

    /// <summary>The sign of the input times the sign of the error.</summary>
    SignOfBoth,
}
