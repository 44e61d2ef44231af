namespace Crosspoint.Training;

/// <summary>A learning rate that is halved at fixed epochs: η₀ / 2^(epoch / period).</summary>
/// <param name="Initial">η₀, above 0.</param>
/// <param name="HalveEvery">Period in epochs, at least 1.</param>
/// <remarks>With η₀ = 0.01 and 10 epochs, the schedule of T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).</remarks>
public readonly record struct LearningSchedule(float Initial, int HalveEvery)
{
    /// <summary>Period in epochs, at least 1.</summary>
    public int HalveEvery { get; } = HalveEvery >= 1
        ? HalveEvery
        : throw new ArgumentOutOfRangeException(nameof(HalveEvery), HalveEvery, $"HalveEvery: expected at least 1, got {HalveEvery}.");

    /// <summary>The rate of an epoch.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <returns>η.</returns>
    public float Rate(int epoch) => Initial / (1 << Math.Min(epoch / HalveEvery, 30));
}
