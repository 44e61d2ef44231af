namespace Crosspoint.Training;

/// <summary>A learning rate that is multiplied by the same factor from epoch to epoch: η₀ factor^epoch.</summary>
/// <param name="Initial">η₀, at least 0.</param>
/// <param name="Factor">Above 0; 1 for a constant rate.</param>
public readonly record struct GeometricSchedule(float Initial, float Factor = 1)
{
    /// <summary>η₀, at least 0.</summary>
    public float Initial { get; } = Initial >= 0 && float.IsFinite(Initial)
        ? Initial
        : throw new ArgumentOutOfRangeException(nameof(Initial), Initial, $"Initial: expected a finite number of at least 0, got {Initial}.");

    /// <summary>Above 0; 1 for a constant rate.</summary>
    public float Factor { get; } = Factor > 0 && float.IsFinite(Factor)
        ? Factor
        : throw new ArgumentOutOfRangeException(nameof(Factor), Factor, $"Factor: expected a finite number above 0, got {Factor}.");

    /// <summary>The rate of an epoch.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <returns>η.</returns>
    public float Rate(int epoch)
    {
        // Multiplied out, as a power may differ between platforms.
        double rate = Initial;
        for (int n = 0; n < epoch; n++)
        {
            rate *= Factor;
        }

        return (float)rate;
    }
}
