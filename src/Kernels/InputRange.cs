using System.Numerics.Tensors;

namespace Crosspoint.Kernels;

/// <summary>The range α of the inputs of a read.</summary>
internal static class InputRange
{
    /// <summary>α by the chosen noise management; 0 where there is nothing to read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input of the given name is no number or, where α follows from it, infinite.</exception>
    public static float Of(string name, ReadOnlySpan<float> x, ReadParameters p, RunningRange running)
    {
        float most = Most(name, x, p);
        return p.NoiseManagement switch
        {
            NoiseManagement.None => 1,
            NoiseManagement.Constant => p.ConstantRange,
            NoiseManagement.RunningAverage => OrZero(running.Next(most, p.AverageDecay)),
            NoiseManagement.PositiveNegativeSum => WorstCase(x, most, p),
            _ => OrZero(MathF.Min(most, p.LargestRange)),
        };
    }

    /// <summary>What α follows from: the largest input or magnitude.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input of the given name is no number or, where α follows from it, infinite.</exception>
    public static float Most(string name, ReadOnlySpan<float> x, ReadParameters p)
    {
        NoiseManagement kind = p.NoiseManagement;
        float most = kind == NoiseManagement.Maximum ? TensorPrimitives.Max(x) : Magnitude.Largest(x);
        float limit = kind is NoiseManagement.None or NoiseManagement.Constant ? float.PositiveInfinity : float.MaxValue;
        ThrowHelper.RequireInRange(name, -limit, limit, most);
        return most;
    }

    /// <summary>α of <see cref="NoiseManagement.PositiveNegativeSum"/>.</summary>
    public static float WorstCase(ReadOnlySpan<float> x, ReadParameters p) => WorstCase(x, Magnitude.Largest(x), p);

    private static float WorstCase(ReadOnlySpan<float> x, float largest, ReadParameters p)
    {
        double positive = 0, negative = 0;
        foreach (float v in x)
        {
            positive += v > 0 ? v : 0;
            negative += v < 0 ? -v : 0;
        }

        float least = MathF.Min(largest, p.LargestRange);
        float low = p.Adc.Low == 0 ? float.PositiveInfinity : -p.Adc.Low, high = p.Adc.High == 0 ? float.PositiveInfinity : p.Adc.High;
        float bound = MathF.Min(low, high);
        float range = (float)(Math.Max(positive, negative) * p.AssumedWeight / (float.IsFinite(bound) ? bound : 1));
        if (p.Dac.Step > 0)
        {
            range = MathF.Min(range, least / p.Dac.Step * p.CoarsestResolution);
        }

        return OrZero(MathF.Min(MathF.Max(least, range), float.MaxValue));
    }

    private static float OrZero(float range) => range < ReadParameters.SmallestRange ? 0 : range;
}
