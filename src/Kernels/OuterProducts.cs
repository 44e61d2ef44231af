using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Many rank-1 steps as one product: weights are read and written once for a window instead of once for each step.</summary>
public static class OuterProducts
{
    private const int BlockRows = 8;
    private const int StepsAtATime = 128;

    /// <summary>w[i, j] += Σ_n a x[n, i] d[n, j], with the bits that <see cref="MatVec.AddOuter"/> gives step by step.</summary>
    /// <param name="weights">Weight units, shape [inputs, outputs].</param>
    /// <param name="a">Factor, such as the learning rate.</param>
    /// <param name="x">Finite inputs, shape [steps or more, inputs].</param>
    /// <param name="d">Finite errors, shape [steps or more, outputs]; the padding is zero.</param>
    /// <param name="steps">How many, at least 0.</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    [SkipLocalsInit] // every factor and step that is read has been written before
    public static void Add(PaddedMatrix weights, float a, PaddedMatrix x, PaddedMatrix d, int steps)
    {
        ThrowHelper.RequireLength(nameof(x), weights.Inputs, x.Outputs);
        ThrowHelper.RequireLength(nameof(d), weights.Outputs, d.Outputs);
        ThrowHelper.RequireInRange(nameof(steps), 0, Math.Min(x.Inputs, d.Inputs), steps);
        Span<float> factors = stackalloc float[BlockRows * StepsAtATime];
        Span<int> all = stackalloc int[StepsAtATime];
        for (int k = 0; k < StepsAtATime; k++)
        {
            all[k] = k;
        }

        int stride = weights.Stride;
        for (int start = 0; start < steps; start += StepsAtATime)
        {
            int n = Math.Min(StepsAtATime, steps - start);
            ReadOnlySpan<float> errors = d.Padded.Slice(start * stride, n * stride);
            for (int i = 0; i < weights.Inputs; i += BlockRows)
            {
                int rows = Math.Min(BlockRows, weights.Inputs - i);
                ReadOnlySpan<float> inputs = x.Padded[((start * x.Stride) + i)..];
                if (Vector256.IsHardwareAccelerated && rows == BlockRows && Turn(inputs, x.Stride, n, a, factors))
                {
                    MatMul.AddInputs(errors, stride, factors, StepsAtATime, all[..n], weights.Padded.Slice(i * stride, BlockRows * stride));
                }
                else
                {
                    AddOneByOne(weights, i, rows, a, inputs, x.Stride, d, start, n);
                }
            }
        }
    }

    // a x, one row of weights after the other; false where some x is zero, whose step would not be left out.
    private static bool Turn(ReadOnlySpan<float> inputs, int stride, int steps, float a, Span<float> factors)
    {
        ref float from = ref MemoryMarshal.GetReference(inputs);
        ref float to = ref MemoryMarshal.GetReference(factors);
        for (int n = 0; n < steps; n++)
        {
            ref float x = ref Unsafe.Add(ref from, n * stride);
            if (Vector256.EqualsAny(Vector256.LoadUnsafe(ref x), Vector256<float>.Zero))
            {
                return false;
            }

            for (int row = 0; row < BlockRows; row++)
            {
                Unsafe.Add(ref to, (row * StepsAtATime) + n) = a * Unsafe.Add(ref x, row);
            }
        }

        return true;
    }

    private static void AddOneByOne(
        PaddedMatrix weights, int first, int rows, float a, ReadOnlySpan<float> inputs, int stride, PaddedMatrix d, int start, int steps)
    {
        for (int n = 0; n < steps; n++)
        {
            ReadOnlySpan<float> x = inputs.Slice(n * stride, rows);
            for (int taken = x.IndexOfAnyExcept(0f), i = 0; taken >= 0; taken = x[i..].IndexOfAnyExcept(0f))
            {
                i += taken;
                MatVec.AddScaled(ref MemoryMarshal.GetReference(weights.Padded[((first + i) * weights.Stride)..]), a * x[i], d.Row(start + n));
                i++;
            }
        }
    }
}
