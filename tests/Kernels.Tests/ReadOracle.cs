using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>One direction of a read, one number at a time, from the equations; shares no line with the kernels but the normal numbers.</summary>
internal sealed class ReadOracle(ReadParameters p, bool backward)
{
    private double? average;

    public (float[] Result, ReadOutcome Outcome) Read(PaddedMatrix weights, float[] x, RandomAddress at)
    {
        int outputs = backward ? weights.Inputs : weights.Outputs;
        float range = Range(x, p.NoiseManagement);
        if (range == 0)
        {
            if (p.InputNoise == 0)
            {
                return (new float[outputs], default);
            }

            range = 1;
        }

        int reads = 0;
        float reduction = 1;
        while (true)
        {
            (float[] y, bool clipped) = Once(weights, x, range * reduction, at, (ulong)reads, outputs);
            reads++;
            bool again = clipped && p.BoundManagement switch
            {
                BoundManagement.None => false,
                BoundManagement.WorstCase => reads < 2,
                _ => reduction <= p.LargestReduction && reduction * p.Dac.Step <= p.CoarsestResolution,
            };
            if (!again)
            {
                return ([.. y.Select(v => range * reduction == 1 ? v : v * (range * reduction))], new ReadOutcome(reads, clipped));
            }

            if (p.BoundManagement == BoundManagement.WorstCase)
            {
                range = Range(x, NoiseManagement.PositiveNegativeSum) is > 0 and float worst ? worst : range;
            }
            else
            {
                reduction *= 2;
            }
        }
    }

    private static float Normal(RandomAddress at, int purpose, ulong attempt, int index) =>
        Gaussian.At(at, (((ulong)purpose << 48) + (attempt << 40)) * 64 + (ulong)index);

    private float Range(float[] x, NoiseManagement management)
    {
        float largest = x.Max(Math.Abs), limited = Math.Min(largest, p.LargestRange);
        switch (management)
        {
            case NoiseManagement.None:
                return 1;
            case NoiseManagement.AbsoluteMaximum:
                return limited;
            case NoiseManagement.Maximum:
                return Math.Max(0, Math.Min(x.Max(), p.LargestRange));
            case NoiseManagement.Constant:
                return p.ConstantRange;
            case NoiseManagement.RunningAverage:
                average = average is { } a ? MathF.FusedMultiplyAdd(p.AverageDecay, largest - (float)a, (float)a) : largest;
                return (float)average;
            default:
                Assert.Equal(NoiseManagement.PositiveNegativeSum, management);
                double sum = Math.Max(x.Where(v => v > 0).Sum(v => (double)v), -x.Where(v => v < 0).Sum(v => (double)v));
                double[] bounds = [.. new double[] { -p.Adc.Low, p.Adc.High }.Where(b => b > 0)];
                float range = (float)(sum * p.AssumedWeight / (double.IsInfinity(bounds.Min()) ? 1 : bounds.Min()));
                if (p.Dac.Resolution > 0)
                {
                    range = Math.Min(range, limited / p.Dac.Step * p.CoarsestResolution);
                }

                return Math.Max(limited, range);
        }
    }

    private (float[] Result, bool Clipped) Once(PaddedMatrix weights, float[] x, float scale, RandomAddress at, ulong attempt, int outputs)
    {
        float[] signal = new float[x.Length], y = new float[outputs];
        for (int k = 0; k < x.Length; k++)
        {
            signal[k] = QuantizerTests.Level(p.Dac, x[k] * (1 / scale), at, (((3UL << 48) + (attempt << 40)) * 64) + (ulong)k).Level;
            if (p.InputNoise > 0)
            {
                signal[k] = MathF.FusedMultiplyAdd(p.InputNoise, Normal(at, 1, attempt, k), signal[k]);
            }
        }

        int numbersOfRow = (weights.Outputs + 63) / 64 * 64;
        float Weight(int i, int j) => p.WeightNoise > 0 && p.WeightNoiseForm == WeightReadNoise.PerCrosspoint
            ? MathF.FusedMultiplyAdd(p.WeightNoise, Normal(at, 2, attempt, (i * numbersOfRow) + j), weights[i, j])
            : weights[i, j];
        float norm = MathF.Sqrt(Sixteen([.. signal], [.. signal]));
        bool clipped = false;
        for (int k = 0; k < outputs; k++)
        {
            if (backward)
            {
                y[k] = Sixteen([.. Enumerable.Range(0, x.Length).Select(j => Weight(k, j))], signal);
            }
            else
            {
                for (int i = 0; i < x.Length; i++)
                {
                    y[k] = signal[i] == 0 ? y[k] : MathF.FusedMultiplyAdd(Weight(i, k), signal[i], y[k]);
                }
            }

            if (p.WeightNoise > 0 && norm > 0 && p.WeightNoiseForm == WeightReadNoise.PerOutputSameLaw)
            {
                y[k] = MathF.FusedMultiplyAdd(p.WeightNoise * norm, Normal(at, 2, attempt, k), y[k]);
            }

            if (p.OutputNoise > 0)
            {
                y[k] = MathF.FusedMultiplyAdd(p.OutputNoise, Normal(at, 0, attempt, k), y[k]);
            }

            (y[k], bool clips) = QuantizerTests.Level(p.Adc, y[k], at, (((4UL << 48) + (attempt << 40)) * 64) + (ulong)k);
            clipped |= clips;
        }

        return (y, clipped);
    }

    // Sixteen partial sums, folded in halves.
    private static float Sixteen(float[] a, float[] b)
    {
        float[] partial = new float[16];
        for (int j = 0; j < a.Length; j++)
        {
            partial[j % 16] = MathF.FusedMultiplyAdd(a[j], b[j], partial[j % 16]);
        }

        while (partial.Length > 1)
        {
            partial = [.. partial.Take(partial.Length / 2).Zip(partial.Skip(partial.Length / 2), (u, v) => u + v)];
        }

        return partial[0];
    }
}
