namespace Crosspoint.Kernels;

/// <summary>The state of <see cref="NoiseManagement.RunningAverage"/>: the average of max |x| over the reads of one direction.</summary>
/// <remarks>a ← max |x| at the first read, a ← (1 - decay) a + decay max |x| at the others.</remarks>
public sealed class RunningRange
{
    private float value = -1;

    /// <summary>The average so far, at least 0; -1 before the first read. Stored and put back, it continues a run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number, infinite, or below -1.</exception>
    public float Value
    {
        get => value;
        set
        {
            ThrowHelper.RequireInRange(nameof(Value), -1, float.MaxValue, value);
            this.value = value;
        }
    }

    internal float Next(float largest, float decay) =>
        value = value < 0 ? largest : MathF.FusedMultiplyAdd(decay, largest - value, value);
}
