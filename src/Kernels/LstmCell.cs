using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>The element-wise part of one step of a long short-term memory, with the same bits at every vector width.</summary>
/// <remarks>[i f g o] = [σ σ tanh σ](a), c(t) = f c(t-1) + i g, h(t) = o tanh c(t) (S. Hochreiter, J. Schmidhuber, 1997, with forget gates).</remarks>
public static class LstmCell
{
    /// <summary>One step forward.</summary>
    /// <param name="gates">The sums a of [i f g o], replaced by their values, shape [4 hidden].</param>
    /// <param name="before">c(t-1), shape [hidden].</param>
    /// <param name="cell">Receives c(t), shape [hidden]; must not overlap <paramref name="before"/>.</param>
    /// <param name="squashed">Receives tanh c(t), shape [hidden].</param>
    /// <param name="output">Receives h(t), shape [hidden].</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static void Forward(Span<float> gates, ReadOnlySpan<float> before, Span<float> cell, Span<float> squashed, Span<float> output)
    {
        int n = before.Length;
        ThrowHelper.RequireLength(nameof(gates), 4 * n, gates.Length);
        ThrowHelper.RequireLength(nameof(cell), n, cell.Length);
        ThrowHelper.RequireLength(nameof(squashed), n, squashed.Length);
        ThrowHelper.RequireLength(nameof(output), n, output.Length);
        Span<float> i = gates[..n], f = gates.Slice(n, n), g = gates.Slice(2 * n, n), o = gates[(3 * n)..];
        Activation.Sigmoid(gates[..(2 * n)], gates[..(2 * n)]);
        Activation.Tanh(g, g);
        Activation.Sigmoid(o, o);
        TensorPrimitives.Multiply(i, g, cell);
        TensorPrimitives.FusedMultiplyAdd(f, before, cell, cell);
        Activation.Tanh(cell, squashed);
        TensorPrimitives.Multiply(o, squashed, output);
    }

    /// <summary>One step backward.</summary>
    /// <param name="gates">The values of [i f g o], shape [4 hidden].</param>
    /// <param name="before">c(t-1), shape [hidden].</param>
    /// <param name="squashed">tanh c(t), shape [hidden].</param>
    /// <param name="outputError">Error of h(t), shape [hidden].</param>
    /// <param name="cellError">Error of c(t) from the step behind it, replaced by that of c(t-1), shape [hidden].</param>
    /// <param name="errors">Receives the errors of the sums a of [i f g o], shape [4 hidden].</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static void Backward(
        ReadOnlySpan<float> gates, ReadOnlySpan<float> before, ReadOnlySpan<float> squashed, ReadOnlySpan<float> outputError,
        Span<float> cellError, Span<float> errors)
    {
        int n = before.Length;
        ThrowHelper.RequireLength(nameof(gates), 4 * n, gates.Length);
        ThrowHelper.RequireLength(nameof(squashed), n, squashed.Length);
        ThrowHelper.RequireLength(nameof(outputError), n, outputError.Length);
        ThrowHelper.RequireLength(nameof(cellError), n, cellError.Length);
        ThrowHelper.RequireLength(nameof(errors), 4 * n, errors.Length);
        ref float from = ref MemoryMarshal.GetReference(gates), c = ref MemoryMarshal.GetReference(before);
        ref float tanh = ref MemoryMarshal.GetReference(squashed), dh = ref MemoryMarshal.GetReference(outputError);
        ref float dc = ref MemoryMarshal.GetReference(cellError), to = ref MemoryMarshal.GetReference(errors);
        int k = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> one = Vector512<float>.One;
            for (; k <= n - 16; k += 16)
            {
                Vector512<float> i = Vector512.LoadUnsafe(ref from, (nuint)k), f = Vector512.LoadUnsafe(ref from, (nuint)(n + k));
                Vector512<float> g = Vector512.LoadUnsafe(ref from, (nuint)((2 * n) + k)), o = Vector512.LoadUnsafe(ref from, (nuint)((3 * n) + k));
                Vector512<float> s = Vector512.LoadUnsafe(ref tanh, (nuint)k), e = Vector512.LoadUnsafe(ref dh, (nuint)k);
                Vector512<float> inner = Vector512.FusedMultiplyAdd(e * o, one - (s * s), Vector512.LoadUnsafe(ref dc, (nuint)k));
                (inner * g * (i * (one - i))).StoreUnsafe(ref to, (nuint)k);
                (inner * Vector512.LoadUnsafe(ref c, (nuint)k) * (f * (one - f))).StoreUnsafe(ref to, (nuint)(n + k));
                (inner * i * (one - (g * g))).StoreUnsafe(ref to, (nuint)((2 * n) + k));
                (e * s * (o * (one - o))).StoreUnsafe(ref to, (nuint)((3 * n) + k));
                (inner * f).StoreUnsafe(ref dc, (nuint)k);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> one = Vector256<float>.One;
            for (; k <= n - 8; k += 8)
            {
                Vector256<float> i = Vector256.LoadUnsafe(ref from, (nuint)k), f = Vector256.LoadUnsafe(ref from, (nuint)(n + k));
                Vector256<float> g = Vector256.LoadUnsafe(ref from, (nuint)((2 * n) + k)), o = Vector256.LoadUnsafe(ref from, (nuint)((3 * n) + k));
                Vector256<float> s = Vector256.LoadUnsafe(ref tanh, (nuint)k), e = Vector256.LoadUnsafe(ref dh, (nuint)k);
                Vector256<float> inner = Vector256.FusedMultiplyAdd(e * o, one - (s * s), Vector256.LoadUnsafe(ref dc, (nuint)k));
                (inner * g * (i * (one - i))).StoreUnsafe(ref to, (nuint)k);
                (inner * Vector256.LoadUnsafe(ref c, (nuint)k) * (f * (one - f))).StoreUnsafe(ref to, (nuint)(n + k));
                (inner * i * (one - (g * g))).StoreUnsafe(ref to, (nuint)((2 * n) + k));
                (e * s * (o * (one - o))).StoreUnsafe(ref to, (nuint)((3 * n) + k));
                (inner * f).StoreUnsafe(ref dc, (nuint)k);
            }
        }

        for (; k < n; k++)
        {
            float i = gates[k], f = gates[n + k], g = gates[(2 * n) + k], o = gates[(3 * n) + k];
            float s = squashed[k], e = outputError[k];
            float inner = MathF.FusedMultiplyAdd(e * o, 1 - (s * s), cellError[k]);
            errors[k] = inner * g * (i * (1 - i));
            errors[n + k] = inner * before[k] * (f * (1 - f));
            errors[(2 * n) + k] = inner * i * (1 - (g * g));
            errors[(3 * n) + k] = e * s * (o * (1 - o));
            cellError[k] = inner * f;
        }
    }
}
