using System.Numerics.Tensors;

namespace Crosspoint.Kernels;

/// <summary>The range α of the inputs of a read.</summary>
internal static class InputRange
{
    /// <summary>α by the chosen noise management; 0 where there is nothing to read.</summary>
    public static float Of(ReadOnlySpan<float> x, ReadParameters p, RunningRange running)
    {
        switch (p.NoiseManagement)
        {
            case NoiseManagement.None:
                return 1;
            case NoiseManagement.Constant:
                return p.ConstantRange;
            case NoiseManagement.Maximum:
                float most = TensorPrimitives.Max(x);
                ThrowHelper.RequireInRange(nameof(x), float.MinValue, float.MaxValue, most);
                return OrZero(MathF.Min(most, p.LargestRange));
            case NoiseManagement.RunningAverage:
                return OrZero(running.Next(Largest(x), p.AverageDecay));
            case NoiseManagement.PositiveNegativeSum:
                return WorstCase(x, p);
            default:
                return OrZero(MathF.Min(Largest(x), p.LargestRange));
        }
    }

    /// <summary>α of <see cref="NoiseManagement.PositiveNegativeSum"/>.</summary>
    public static float WorstCase(ReadOnlySpan<float> x, ReadParameters p)
    {
        double positive = 0, negative = 0;
        foreach (float v in x)
        {
            positive += v > 0 ? v : 0;
            negative += v < 0 ? -v : 0;
        }

        float least = MathF.Min(Largest(x), p.LargestRange);
        float low = p.Adc.Low == 0 ? float.PositiveInfinity : -p.Adc.Low, high = p.Adc.High == 0 ? float.PositiveInfinity : p.Adc.High;
        float bound = MathF.Min(low, high);
        float range = (float)(Math.Max(positive, negative) * p.AssumedWeight / (float.IsFinite(bound) ? bound : 1));
        if (p.Dac.Step > 0)
        {
            range = MathF.Min(range, least / p.Dac.Step * p.CoarsestResolution);
        }

        return OrZero(MathF.Min(MathF.Max(least, range), float.MaxValue));
    }

    private static float Largest(ReadOnlySpan<float> x)
    {
        float largest = Magnitude.Largest(x);
        ThrowHelper.RequireInRange(nameof(x), 0, float.MaxValue, largest);
        return largest;
    }

    private static float OrZero(float range) => range < ReadParameters.SmallestRange ? 0 : range;
}
