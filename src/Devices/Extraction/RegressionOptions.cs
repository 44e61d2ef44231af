namespace Crosspoint.Devices.Extraction;

/// <summary>How weights are found by regression.</summary>
public sealed record RegressionOptions
{
    /// <summary>
    /// Inputs are rounded to multiples of this, 0 for not at all, at most 1. Those of the DAC leave it nothing to round, so that the estimate
    /// knows what the array got; otherwise the rounding of the inputs is one more noise.
    /// </summary>
    public float InputStep { get; init; }

    /// <summary>λ, added to the diagonal of M_xx as a part of its mean, at least 0.</summary>
    public double Ridge { get; init; }

    /// <summary>λ where M_xx has no factor or is conditioned worse than <see cref="WorstCondition"/>, above 0.</summary>
    public double RidgeOfIllConditioned { get; init; } = 1e-6;

    /// <summary>The condition from which on <see cref="RidgeOfIllConditioned"/> is added, above 1.</summary>
    public double WorstCondition { get; init; } = 1e8;

    internal void Validate()
    {
        Within(nameof(InputStep), 0, 1, InputStep);
        Within(nameof(Ridge), 0, double.MaxValue, Ridge);
        Within(nameof(RidgeOfIllConditioned), double.Epsilon, double.MaxValue, RidgeOfIllConditioned);
        Within(nameof(WorstCondition), 1, double.PositiveInfinity, WorstCondition);
    }

    private static void Within(string name, double low, double high, double actual)
    {
        if (!(actual >= low && actual <= high))
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a number in [{low}, {high}], got {actual}.");
        }
    }
}
