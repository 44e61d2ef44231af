using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Activation functions, with the same bits at every vector width and on every platform.</summary>
public static class Activation
{
    /// <summary>y = 1 / (1 + exp(-x)), element by element.</summary>
    /// <param name="x">Any numbers, shape [n]; below -88 they count as -88.</param>
    /// <param name="y">Receives values in [0, 1], shape [n]; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>The same bits at every vector width; within 3 units in the last place of the exact value for x of at least -87.</remarks>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        ThrowHelper.RequireLength(nameof(y), x.Length, y.Length);
        ref float from = ref MemoryMarshal.GetReference(x);
        ref float to = ref MemoryMarshal.GetReference(y);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j <= x.Length - 16; j += 16)
            {
                Vector512<float> e = Elementary.Exp(-Vector512.LoadUnsafe(ref from, (nuint)j));
                (Vector512<float>.One / (Vector512<float>.One + e)).StoreUnsafe(ref to, (nuint)j);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= x.Length - 8; j += 8)
            {
                Vector256<float> e = Elementary.Exp(-Vector256.LoadUnsafe(ref from, (nuint)j));
                (Vector256<float>.One / (Vector256<float>.One + e)).StoreUnsafe(ref to, (nuint)j);
            }
        }

        for (; j < x.Length; j++)
        {
            y[j] = 1 / (1 + Elementary.Exp(-x[j]));
        }
    }

    /// <summary>d = z x (1 - x): an error brought back through the sigmoid whose value was x.</summary>
    /// <param name="x">Values of the sigmoid, shape [n].</param>
    /// <param name="z">Errors behind it, shape [n].</param>
    /// <param name="d">Receives the errors before it, shape [n]; must not overlap <paramref name="z"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>The same bits at every vector width.</remarks>
    public static void SigmoidBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> z, Span<float> d)
    {
        ThrowHelper.RequireLength(nameof(z), x.Length, z.Length);
        ThrowHelper.RequireLength(nameof(d), x.Length, d.Length);
        TensorPrimitives.Subtract(1f, x, d);
        TensorPrimitives.Multiply(d, x, d);
        TensorPrimitives.Multiply(d, z, d);
    }

    /// <summary>y = tanh x, element by element.</summary>
    /// <param name="x">Any numbers, shape [n].</param>
    /// <param name="y">Receives values in [-1, 1], shape [n]; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>The same bits at every vector width; within 4 units in the last place of the exact value.</remarks>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> y)
    {
        ThrowHelper.RequireLength(nameof(y), x.Length, y.Length);
        ref float from = ref MemoryMarshal.GetReference(x);
        ref float to = ref MemoryMarshal.GetReference(y);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j <= x.Length - 16; j += 16)
            {
                Elementary.Tanh(Vector512.LoadUnsafe(ref from, (nuint)j)).StoreUnsafe(ref to, (nuint)j);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= x.Length - 8; j += 8)
            {
                Elementary.Tanh(Vector256.LoadUnsafe(ref from, (nuint)j)).StoreUnsafe(ref to, (nuint)j);
            }
        }

        for (; j < x.Length; j++)
        {
            y[j] = Elementary.Tanh(x[j]);
        }
    }

    /// <summary>d = z (1 - x²): an error brought back through the hyperbolic tangent whose value was x.</summary>
    /// <param name="x">Values of the tangent, shape [n].</param>
    /// <param name="z">Errors behind it, shape [n].</param>
    /// <param name="d">Receives the errors before it, shape [n]; must not overlap <paramref name="z"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>The same bits at every vector width.</remarks>
    public static void TanhBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> z, Span<float> d)
    {
        ThrowHelper.RequireLength(nameof(z), x.Length, z.Length);
        ThrowHelper.RequireLength(nameof(d), x.Length, d.Length);
        TensorPrimitives.Multiply(x, x, d);
        TensorPrimitives.Subtract(1f, d, d);
        TensorPrimitives.Multiply(d, z, d);
    }

    /// <summary>y_j = exp(x_j - max x) / Σ_k exp(x_k - max x).</summary>
    /// <param name="x">Any numbers, shape [n], n at least 1.</param>
    /// <param name="y">Receives probabilities, shape [n].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>The same bits at every vector width: the sum is taken in the order of j.</remarks>
    public static void Softmax(ReadOnlySpan<float> x, Span<float> y)
    {
        ThrowHelper.RequireLength(nameof(y), x.Length, y.Length);
        if (x.IsEmpty)
        {
            return;
        }

        // A largest number is exact in any order.
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
        Exp(y);
        float sum = 0;
        foreach (float value in y)
        {
            sum += value;
        }

        TensorPrimitives.Divide(y, sum, y);
    }

    private static void Exp(Span<float> x)
    {
        ref float from = ref MemoryMarshal.GetReference(x);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; j <= x.Length - 16; j += 16)
            {
                Elementary.Exp(Vector512.LoadUnsafe(ref from, (nuint)j)).StoreUnsafe(ref from, (nuint)j);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= x.Length - 8; j += 8)
            {
                Elementary.Exp(Vector256.LoadUnsafe(ref from, (nuint)j)).StoreUnsafe(ref from, (nuint)j);
            }
        }

        for (; j < x.Length; j++)
        {
            x[j] = Elementary.Exp(x[j]);
        }
    }
}
