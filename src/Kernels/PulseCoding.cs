namespace Crosspoint.Kernels;

/// <summary>How the two sides of an update are coded as pulse trains.</summary>
/// <param name="BitLength">BL, slots of a train, at least 1.</param>
/// <param name="RowGain">C_x, pulse probability of a unit input, at least 0.</param>
/// <param name="ColumnGain">C_d, pulse probability of a unit error, at least 0.</param>
/// <remarks>
/// A coincidence moves a weight by Δw, so the mean update BL Δw C_x C_d x d is η x d where C_x C_d = η / (BL Δw), as long as no
/// probability is clipped at 1. T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).
/// </remarks>
public readonly record struct PulseCoding(int BitLength, float RowGain, float ColumnGain)
{
    /// <summary>Whether an update can have a coincidence at all.</summary>
    public bool Pulses => RowGain > 0 && ColumnGain > 0;

    /// <summary>Codes an update.</summary>
    /// <param name="x">Inputs, shape [rows].</param>
    /// <param name="d">Errors, shape [columns].</param>
    /// <param name="rate">Learning rate η, finite, at least 0.</param>
    /// <param name="minStep">Δw, mean weight change of a coincidence, above 0.</param>
    /// <param name="bitLength">BL, or the largest BL with <paramref name="bitLengthManagement"/>; 1 to <see cref="PulseTrains.MaxBitLength"/>.</param>
    /// <param name="updateManagement">Whether the gains are shifted, their product kept, so that the largest input and error pulse equally often.</param>
    /// <param name="bitLengthManagement">
    /// Whether BL shrinks to the fewest slots at which the largest input and error, shared out evenly, need a probability of no more than 1.
    /// </param>
    /// <exception cref="ArgumentException">A number is out of range, or x or d holds a NaN or an infinity where their maxima are needed.</exception>
    /// <remarks>
    /// Update management: T. Gokmen, M. Onen, W. Haensch, Front. Neurosci. 11:538 (2017), C_x = √(η / BL Δw) m, C_d = √(η / BL Δw) / m with
    /// m² = max|d| / max|x|. Bit-length management: BL = ⌈η max|x| max|d| / Δw⌉, as in aihwkit.
    /// </remarks>
    public static PulseCoding Of(
        ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, float minStep, int bitLength, bool updateManagement, bool bitLengthManagement)
    {
        ThrowHelper.RequireInRange(nameof(rate), 0, float.MaxValue, rate);
        ThrowHelper.RequireInRange(nameof(minStep), float.Epsilon, float.MaxValue, minStep);
        ThrowHelper.RequireInRange(nameof(bitLength), 1, PulseTrains.MaxBitLength, bitLength);
        if (!updateManagement && !bitLengthManagement)
        {
            float plain = MathF.Sqrt(rate / (bitLength * minStep));
            return new PulseCoding(bitLength, plain, plain);
        }

        float largestInput = Largest(nameof(x), x), largestError = Largest(nameof(d), d);
        if (!(largestInput > 0 && largestError > 0 && rate > 0))
        {
            return new PulseCoding(1, 0, 0);
        }

        if (bitLengthManagement)
        {
            double needed = Math.Ceiling((double)rate * largestInput * largestError / minStep);
            bitLength = (int)Math.Clamp(needed, 1, bitLength);
        }

        float gain = MathF.Sqrt(rate / (bitLength * minStep));
        float balance = updateManagement ? MathF.Sqrt(largestError / largestInput) : 1;
        return new PulseCoding(bitLength, gain * balance, gain / balance);
    }

    // A largest magnitude is exact in any order.
    private static float Largest(string name, ReadOnlySpan<float> v)
    {
        float largest = Magnitude.Largest(v);
        return float.IsFinite(largest)
            ? largest
            : throw new ArgumentException($"{name}: expected finite numbers, got {largest}.", name);
    }
}
