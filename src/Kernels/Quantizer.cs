using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>A converter between digital and analog: rounds to whole steps, then clips to its bounds.</summary>
/// <remarks>
/// step = resolution (high - low), so that the resolution of n bits, 1 / (2ⁿ - 2), gives 2ⁿ - 1 levels between symmetric bounds. Levels are
/// whole steps, zero among them; a bound that is no whole step is a level besides. Rounding is half to even of the quotient, which is taken as
/// a product with 1 / step; stochastic rounding takes the level below a quotient v with probability 1 - (v - ⌊v⌋) and the one above
/// otherwise, so that the mean is exact. Rounding that is not stochastic is monotone, and idempotent where the bounds are whole steps.
/// </remarks>
public sealed record Quantizer
{
    private const float TwoToMinus24 = 1 / 16777216f;
    private readonly float inverseStep;

    // The outermost levels: a bound that is a whole number of steps is that level, which differs from it by a rounding.
    private readonly float lowest;
    private readonly float highest;

    /// <summary>A converter with symmetric bounds.</summary>
    /// <param name="bound">Above 0; infinity for no bound, and then the resolution is 0.</param>
    /// <param name="resolution">0 (no rounding) to 1: step over the range 2 <paramref name="bound"/>.</param>
    /// <param name="stochastic">Whether rounding is stochastic.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in its range, or not a number.</exception>
    public Quantizer(float bound, float resolution, bool stochastic = false)
    {
        ThrowHelper.RequireInRange(nameof(bound), float.Epsilon, float.PositiveInfinity, bound);
        (Low, High, Resolution, Stochastic) = (-bound, bound, resolution, stochastic);
        (Step, inverseStep, lowest, highest) = Levels(-bound, bound, resolution);
    }

    /// <summary>A converter with two bounds of its own.</summary>
    /// <param name="low">At most 0.</param>
    /// <param name="high">At least 0, above <paramref name="low"/>.</param>
    /// <param name="resolution">0 (no rounding) to 1: step over the range <paramref name="high"/> - <paramref name="low"/>.</param>
    /// <param name="stochastic">Whether rounding is stochastic.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in its range, or not a number.</exception>
    public Quantizer(float low, float high, float resolution, bool stochastic)
    {
        ThrowHelper.RequireInRange(nameof(low), float.NegativeInfinity, 0, low);
        ThrowHelper.RequireInRange(nameof(high), low == 0 ? float.Epsilon : 0, float.PositiveInfinity, high);
        (Low, High, Resolution, Stochastic) = (low, high, resolution, stochastic);
        (Step, inverseStep, lowest, highest) = Levels(low, high, resolution);
    }

    /// <summary>Neither rounds nor clips.</summary>
    public static Quantizer None { get; } = new(float.PositiveInfinity, 0);

    /// <summary>Lower bound, at most 0.</summary>
    public float Low { get; }

    /// <summary>Upper bound, at least 0.</summary>
    public float High { get; }

    /// <summary>Step over the range; 0 for no rounding.</summary>
    public float Resolution { get; }

    /// <summary>Distance of two levels; 0 for no rounding.</summary>
    public float Step { get; }

    /// <summary>Whether rounding is stochastic.</summary>
    public bool Stochastic { get; }

    /// <summary>The resolution of a converter of so many bits whose levels lie on both sides of zero: 1 / (2ⁿ - 2).</summary>
    /// <param name="bits">2 to 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of bits is not in its range.</exception>
    public static float ResolutionOfBits(int bits)
    {
        ThrowHelper.RequireInRange(nameof(bits), 2, 24, bits);
        return 1f / ((1 << bits) - 2);
    }

    /// <summary>destination[k] = clip(step round(factor source[k] / step)).</summary>
    /// <param name="source">Finite signals, any length.</param>
    /// <param name="factor">What the signals are multiplied by before.</param>
    /// <param name="destination">Receives the levels, at least as long; may be <paramref name="source"/>.</param>
    /// <param name="at">Where the words of stochastic rounding stand: word k rounds signal k. Not used otherwise.</param>
    /// <param name="firstGroup">The group of 64 words to begin with.</param>
    /// <returns>Whether a signal lay outside the bounds after rounding.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <remarks>The same bits at every vector width.</remarks>
    public bool Convert(ReadOnlySpan<float> source, float factor, Span<float> destination, in RandomAddress at = default, ulong firstGroup = 0)
    {
        if (destination.Length < source.Length)
        {
            ThrowHelper.RequireLength(nameof(destination), source.Length, destination.Length);
        }

        if (!Stochastic || Step == 0)
        {
            return Round(source, factor, destination);
        }

        bool clipped = false;
        Span<uint> words = stackalloc uint[Threefry.GroupWords];
        for (int k = 0; k < source.Length; k += words.Length)
        {
            int n = Math.Min(words.Length, source.Length - k);
            RandomWords.Fill(at, words, firstGroup++);
            clipped |= RoundStochastically(source.Slice(k, n), factor, words, destination.Slice(k, n));
        }

        return clipped;
    }

    /// <summary>values[k] = clip(step round((values[k] + deviation noise[k]) / step)) range scale, in one pass, without stochastic rounding.</summary>
    /// <returns>Whether a signal lay outside the bounds after rounding.</returns>
    internal bool ConvertNoisy(Span<float> values, float deviation, ReadOnlySpan<float> noise, float range, float scale)
    {
        ref float at = ref MemoryMarshal.GetReference(values);
        ref float xi = ref MemoryMarshal.GetReference(noise[..values.Length]);
        bool rounds = Step != 0, clipped = false;
        int k = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> outside = Vector512<float>.Zero;
            for (; k <= values.Length - 16; k += 16)
            {
                Vector512<float> v = Vector512.FusedMultiplyAdd(
                    Vector512.Create(deviation), Vector512.LoadUnsafe(ref xi, (nuint)k), Vector512.LoadUnsafe(ref at, (nuint)k));
                v = rounds ? Vector512.Round(v * Vector512.Create(inverseStep)) * Vector512.Create(Step) : v;
                (Clip(v, ref outside) * Vector512.Create(range) * Vector512.Create(scale)).StoreUnsafe(ref at, (nuint)k);
            }

            clipped = outside.ExtractMostSignificantBits() != 0;
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> outside = Vector256<float>.Zero;
            for (; k <= values.Length - 8; k += 8)
            {
                Vector256<float> v = Vector256.FusedMultiplyAdd(
                    Vector256.Create(deviation), Vector256.LoadUnsafe(ref xi, (nuint)k), Vector256.LoadUnsafe(ref at, (nuint)k));
                v = rounds ? Vector256.Round(v * Vector256.Create(inverseStep)) * Vector256.Create(Step) : v;
                (Clip(v, ref outside) * Vector256.Create(range) * Vector256.Create(scale)).StoreUnsafe(ref at, (nuint)k);
            }

            clipped = outside.ExtractMostSignificantBits() != 0;
        }

        for (; k < values.Length; k++)
        {
            float v = MathF.FusedMultiplyAdd(deviation, noise[k], values[k]);
            values[k] = Clip(rounds ? MathF.Round(v * inverseStep) * Step : v, ref clipped) * range * scale;
        }

        return clipped;
    }

    private static (float Step, float InverseStep, float Lowest, float Highest) Levels(float low, float high, float resolution)
    {
        ThrowHelper.RequireInRange(nameof(resolution), 0, float.IsFinite(high - low) ? 1 : 0, resolution);
        float step = (float)((double)resolution * ((double)high - low));
        if (resolution == 0)
        {
            return (0, 0, low, high);
        }

        return (step, (float)(1 / (double)step), Outermost(low, step), Outermost(high, step));
    }

    // 1e-4 of a step is more than all roundings of a bound, and less than a user could mean.
    private static float Outermost(float bound, float step)
    {
        double steps = bound / (double)step, whole = Math.Round(steps);
        return Math.Abs(steps - whole) < 1e-4 ? (float)whole * step : bound;
    }

    private bool Round(ReadOnlySpan<float> source, float factor, Span<float> destination)
    {
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        bool rounds = Step != 0, clipped = false;
        int k = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> outside = Vector512<float>.Zero;
            for (; k <= source.Length - 16; k += 16)
            {
                Vector512<float> v = Vector512.LoadUnsafe(ref from, (nuint)k) * Vector512.Create(factor);
                v = rounds ? Vector512.Round(v * Vector512.Create(inverseStep)) * Vector512.Create(Step) : v;
                Clip(v, ref outside).StoreUnsafe(ref to, (nuint)k);
            }

            clipped = outside.ExtractMostSignificantBits() != 0;
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> outside = Vector256<float>.Zero;
            for (; k <= source.Length - 8; k += 8)
            {
                Vector256<float> v = Vector256.LoadUnsafe(ref from, (nuint)k) * Vector256.Create(factor);
                v = rounds ? Vector256.Round(v * Vector256.Create(inverseStep)) * Vector256.Create(Step) : v;
                Clip(v, ref outside).StoreUnsafe(ref to, (nuint)k);
            }

            clipped = outside.ExtractMostSignificantBits() != 0;
        }

        for (; k < source.Length; k++)
        {
            float v = source[k] * factor;
            destination[k] = Clip(rounds ? MathF.Round(v * inverseStep) * Step : v, ref clipped);
        }

        return clipped;
    }

    private bool RoundStochastically(ReadOnlySpan<float> source, float factor, ReadOnlySpan<uint> words, Span<float> destination)
    {
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        ref uint random = ref MemoryMarshal.GetReference(words);
        bool clipped = false;
        int k = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> outside = Vector512<float>.Zero;
            for (; k <= source.Length - 16; k += 16)
            {
                Vector512<float> u = Vector512.ConvertToSingle((Vector512.LoadUnsafe(ref random, (nuint)k) >>> 8).AsInt32());
                Vector512<float> v = Vector512.LoadUnsafe(ref from, (nuint)k) * Vector512.Create(factor);
                v = Vector512.FusedMultiplyAdd(v, Vector512.Create(inverseStep), u * Vector512.Create(TwoToMinus24));
                Clip(Vector512.Floor(v) * Vector512.Create(Step), ref outside).StoreUnsafe(ref to, (nuint)k);
            }

            clipped = outside.ExtractMostSignificantBits() != 0;
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> outside = Vector256<float>.Zero;
            for (; k <= source.Length - 8; k += 8)
            {
                Vector256<float> u = Vector256.ConvertToSingle((Vector256.LoadUnsafe(ref random, (nuint)k) >>> 8).AsInt32());
                Vector256<float> v = Vector256.LoadUnsafe(ref from, (nuint)k) * Vector256.Create(factor);
                v = Vector256.FusedMultiplyAdd(v, Vector256.Create(inverseStep), u * Vector256.Create(TwoToMinus24));
                Clip(Vector256.Floor(v) * Vector256.Create(Step), ref outside).StoreUnsafe(ref to, (nuint)k);
            }

            clipped = outside.ExtractMostSignificantBits() != 0;
        }

        for (; k < source.Length; k++)
        {
            float v = MathF.FusedMultiplyAdd(source[k] * factor, inverseStep, (words[k] >> 8) * TwoToMinus24);
            destination[k] = Clip(MathF.Floor(v) * Step, ref clipped);
        }

        return clipped;
    }

    // Comparisons and not minima, whose result for two zeros differs between processors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Clip(Vector512<float> v, ref Vector512<float> outside)
    {
        Vector512<float> low = Vector512.Create(lowest), high = Vector512.Create(highest);
        Vector512<float> below = Vector512.LessThan(v, low), above = Vector512.GreaterThan(v, high);
        outside |= below | above;
        return Vector512.ConditionalSelect(below, low, Vector512.ConditionalSelect(above, high, v));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Clip(Vector256<float> v, ref Vector256<float> outside)
    {
        Vector256<float> low = Vector256.Create(lowest), high = Vector256.Create(highest);
        Vector256<float> below = Vector256.LessThan(v, low), above = Vector256.GreaterThan(v, high);
        outside |= below | above;
        return Vector256.ConditionalSelect(below, low, Vector256.ConditionalSelect(above, high, v));
    }

    private float Clip(float v, ref bool clipped)
    {
        clipped |= v < lowest || v > highest;
        return v < lowest ? lowest : v > highest ? highest : v;
    }
}
