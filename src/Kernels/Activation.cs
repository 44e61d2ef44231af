using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Activation functions, with the same bits at every vector width and on every platform.</summary>
public static class Activation
{
    // exp r = 1 + r + r² E(r) for |r| at most ln 2 / 2; coefficients as in the Cephes library (S. L. Moshier).
    private const float E5 = 1.9875691500e-4f, E4 = 1.3981999507e-3f, E3 = 8.3334519073e-3f;
    private const float E2 = 4.1665795894e-2f, E1 = 1.6666665459e-1f, E0 = 5.0000001201e-1f;
    private const float Log2E = 1.44269504088896341f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
    private const float Largest = 88f, Smallest = -87f;

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
                Vector512<float> e = Exp(-Vector512.LoadUnsafe(ref from, (nuint)j));
                (Vector512<float>.One / (Vector512<float>.One + e)).StoreUnsafe(ref to, (nuint)j);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; j <= x.Length - 8; j += 8)
            {
                Vector256<float> e = Exp(-Vector256.LoadUnsafe(ref from, (nuint)j));
                (Vector256<float>.One / (Vector256<float>.One + e)).StoreUnsafe(ref to, (nuint)j);
            }
        }

        for (; j < x.Length; j++)
        {
            y[j] = 1 / (1 + Exp(-x[j]));
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

    /// <summary>y_j = exp(x_j - max x) / Σ_k exp(x_k - max x).</summary>
    /// <param name="x">Any numbers, shape [n], n at least 1.</param>
    /// <param name="y">Receives probabilities, shape [n].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>The same bits at every vector width: the sum is taken in the order of j.</remarks>
    public static void Softmax(ReadOnlySpan<float> x, Span<float> y)
    {
        ThrowHelper.RequireLength(nameof(y), x.Length, y.Length);
        float max = float.NegativeInfinity;
        foreach (float value in x)
        {
            max = MathF.Max(max, value);
        }

        float sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            y[j] = Exp(x[j] - max);
            sum += y[j];
        }

        for (int j = 0; j < y.Length; j++)
        {
            y[j] /= sum;
        }
    }

    private static float Exp(float x)
    {
        x = MathF.Min(MathF.Max(x, Smallest), Largest);
        float n = MathF.Round(x * Log2E);
        float r = MathF.FusedMultiplyAdd(n, -Ln2High, x);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);
        float p = MathF.FusedMultiplyAdd(E5, r, E4);
        p = MathF.FusedMultiplyAdd(p, r, E3);
        p = MathF.FusedMultiplyAdd(p, r, E2);
        p = MathF.FusedMultiplyAdd(p, r, E1);
        p = MathF.FusedMultiplyAdd(p, r, E0);
        p = MathF.FusedMultiplyAdd(p, r * r, r) + 1;
        return p * BitConverter.Int32BitsToSingle(((int)n + 127) << 23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(Smallest)), Vector512.Create(Largest));
        Vector512<float> n = Vector512.Round(x * Vector512.Create(Log2E));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(E5), r, Vector512.Create(E4));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E2));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E1));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E0));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        return p * ((Vector512.ConvertToInt32(n) + Vector512.Create(127)) << 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(Smallest)), Vector256.Create(Largest));
        Vector256<float> n = Vector256.Round(x * Vector256.Create(Log2E));
        Vector256<float> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.Create(E5), r, Vector256.Create(E4));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E3));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E2));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E1));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E0));
        p = Vector256.FusedMultiplyAdd(p, r * r, r) + Vector256<float>.One;
        return p * ((Vector256.ConvertToInt32(n) + Vector256.Create(127)) << 23).AsSingle();
    }
}
