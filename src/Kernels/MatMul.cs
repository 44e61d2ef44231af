using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Products of a matrix of weights with a batch of vectors, both ways: one vector a row.</summary>
/// <remarks>
/// Every vector of a batch gets the bits that <see cref="MatVec"/> gives it alone, at every vector width: sums have the same order, and a
/// product of a zero input with a finite weight adds nothing. Weights are read once for 32 vectors or more instead of once for each.
/// </remarks>
public static class MatMul
{
    private const int BlockVectors = 8;
    private const int InputsAtATime = 512;
    private const int PanelColumns = 24; // of weights, side by side
    private const int PanelInputs = 256;
    private const int WorthCopies = 16; // vectors

    private static int VectorsAtATime => Vector512.IsHardwareAccelerated ? 32 : 64;

    /// <summary>y[b, j] = Σ_i x[b, i] w[i, j], added up in the order of i.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="x">Finite inputs, shape [batch, inputs].</param>
    /// <param name="y">Receives the outputs, shape [batch, outputs].</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public static void Forward(PaddedMatrix weights, PaddedMatrix x, PaddedMatrix y)
    {
        ThrowHelper.RequireLength(nameof(x), weights.Inputs, x.Outputs);
        ThrowHelper.RequireLength(nameof(y), weights.Outputs, y.Outputs);
        ThrowHelper.RequireLength(nameof(y), x.Inputs, y.Inputs);
        Forward(weights, x.Padded, x.Stride, y.Padded, x.Inputs);
    }

    /// <summary>z[b, i] = Σ_j d[b, j] w[i, j].</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="d">Finite errors, shape [batch, outputs].</param>
    /// <param name="z">Receives the products, shape [batch, inputs].</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public static void Backward(PaddedMatrix weights, PaddedMatrix d, PaddedMatrix z)
    {
        ThrowHelper.RequireLength(nameof(d), weights.Outputs, d.Outputs);
        ThrowHelper.RequireLength(nameof(z), weights.Inputs, z.Outputs);
        ThrowHelper.RequireLength(nameof(z), d.Inputs, z.Inputs);
        Backward(weights, 0, weights.Inputs, d.Padded, z.Padded, z.Stride, d.Inputs);
    }

    /// <summary>y[b, j] = Σ_i x[b, i] w[i, j] for the first vectors of a batch and the first of their inputs.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="x">Finite inputs, shape [vectors or more, inputs or more].</param>
    /// <param name="y">Receives the outputs, shape [vectors or more, outputs].</param>
    /// <param name="vectors">How many, at least 0.</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public static void Forward(PaddedMatrix weights, PaddedMatrix x, PaddedMatrix y, int vectors)
    {
        ThrowHelper.RequireAtLeast(nameof(x), weights.Inputs, x.Outputs);
        ThrowHelper.RequireLength(nameof(y), weights.Outputs, y.Outputs);
        ThrowHelper.RequireInRange(nameof(vectors), 0, Math.Min(x.Inputs, y.Inputs), vectors);
        Forward(weights, x.Padded, x.Stride, y.Padded, vectors);
    }

    /// <summary>z[b, i] = Σ_j d[b, j] w[i, j] for the first vectors of a batch; further columns of z stay as they are.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="d">Finite errors, shape [vectors or more, outputs].</param>
    /// <param name="z">Receives the products, shape [vectors or more, inputs or more].</param>
    /// <param name="vectors">How many, at least 0.</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    public static void Backward(PaddedMatrix weights, PaddedMatrix d, PaddedMatrix z, int vectors)
    {
        ThrowHelper.RequireLength(nameof(d), weights.Outputs, d.Outputs);
        ThrowHelper.RequireAtLeast(nameof(z), weights.Inputs, z.Outputs);
        ThrowHelper.RequireInRange(nameof(vectors), 0, Math.Min(d.Inputs, z.Inputs), vectors);
        Backward(weights, 0, weights.Inputs, d.Padded, z.Padded, z.Stride, vectors);
    }

    /// <summary>The same for so many rows of x, padded with zeros to a whole number of vectors, and y as wide as the weights' stride.</summary>
    internal static void Forward(PaddedMatrix weights, ReadOnlySpan<float> x, int xStride, Span<float> y, int vectors)
    {
        int stride = weights.Stride, b = 0;
        Span<int> taken = stackalloc int[InputsAtATime + 8];
        while (Vector256.IsHardwareAccelerated && b <= vectors - BlockVectors)
        {
            int count = Math.Min(VectorsAtATime, (vectors - b) / BlockVectors * BlockVectors);
            ReadOnlySpan<float> some = x.Slice(b * xStride, count * xStride);
            Span<float> sums = y.Slice(b * stride, count * stride);
            b += count;
            if (!IsDense(some))
            {
                ForwardOneByOne(weights, some, xStride, sums, count);
                continue;
            }

            sums.Clear();
            for (int start = 0; start < weights.Inputs; start += InputsAtATime)
            {
                int n = TakeInputs(some, xStride, start, Math.Min(start + InputsAtATime, weights.Inputs), taken);
                AddInputs(weights.Padded, stride, some, xStride, taken[..n], sums);
            }

            TensorPrimitives.Add(sums, 0f, sums);
        }

        ForwardOneByOne(weights, x[(b * xStride)..], xStride, y[(b * stride)..], vectors - b);
    }

    /// <summary>z[b, i] = Σ_j d[b, j] w[first + i, j] for so many rows of the weights and of d, which are as wide as the weights' stride.</summary>
    internal static void Backward(PaddedMatrix weights, int first, int count, ReadOnlySpan<float> d, Span<float> z, int zStride, int vectors)
    {
        int stride = weights.Stride, i = 0;
        ref float w = ref Unsafe.Add(ref weights.First, first * stride);
        ref float from = ref MemoryMarshal.GetReference(d);
        ref float none = ref Unsafe.NullRef<float>();

        // A few rows of weights stay in the first cache while all vectors pass.
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            for (; i <= count - 8; i += 8)
            {
                ref float rows = ref Unsafe.Add(ref w, i * stride);
                int b = 0;
                for (; b <= vectors - 2; b += 2)
                {
                    EightDotsOfTwo(ref rows, stride, ref Unsafe.Add(ref from, b * stride), ref z[(b * zStride) + i], zStride);
                }

                if (b < vectors)
                {
                    MatVec.EightDots(ref rows, stride, ref Unsafe.Add(ref from, b * stride), stride, ref none, false, ref z[(b * zStride) + i]);
                }
            }
        }
        else if (Vector256.IsHardwareAccelerated && Sse.IsSupported)
        {
            for (; i <= count - 4; i += 4)
            {
                ref float rows = ref Unsafe.Add(ref w, i * stride);
                int b = 0;
                for (; b <= vectors - 3; b += 3)
                {
                    FourDotsOfThree(ref rows, stride, ref Unsafe.Add(ref from, b * stride), ref z[(b * zStride) + i], zStride);
                }

                for (; b < vectors; b++)
                {
                    MatVec.FourDots(ref rows, stride, ref Unsafe.Add(ref from, b * stride), stride, ref none, false, ref z[(b * zStride) + i]);
                }
            }
        }

        for (; i < count; i++)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            for (int b = 0; b < vectors; b++)
            {
                z[(b * zStride) + i] = MatVec.Dot(ref row, ref Unsafe.Add(ref from, b * stride), stride, ref none, false);
            }
        }
    }

    // Two vectors with eight rows: sixteen sums, enough to wait for none of them.
    private static void EightDotsOfTwo(ref float rows, int stride, ref float d, ref float z, int zStride)
    {
        ref float row1 = ref Unsafe.Add(ref rows, stride);
        ref float row2 = ref Unsafe.Add(ref row1, stride);
        ref float row3 = ref Unsafe.Add(ref row2, stride);
        ref float row4 = ref Unsafe.Add(ref row3, stride);
        ref float row5 = ref Unsafe.Add(ref row4, stride);
        ref float row6 = ref Unsafe.Add(ref row5, stride);
        ref float row7 = ref Unsafe.Add(ref row6, stride);
        ref float e = ref Unsafe.Add(ref d, stride);
        Vector512<float> a0 = Vector512<float>.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        Vector512<float> b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0, b6 = a0, b7 = a0;
        for (nuint j = 0; j < (nuint)stride; j += 16)
        {
            Vector512<float> u = Vector512.LoadUnsafe(ref d, j), v = Vector512.LoadUnsafe(ref e, j);
            Vector512<float> row = Vector512.LoadUnsafe(ref rows, j);
            a0 = Vector512.FusedMultiplyAdd(row, u, a0);
            b0 = Vector512.FusedMultiplyAdd(row, v, b0);
            row = Vector512.LoadUnsafe(ref row1, j);
            a1 = Vector512.FusedMultiplyAdd(row, u, a1);
            b1 = Vector512.FusedMultiplyAdd(row, v, b1);
            row = Vector512.LoadUnsafe(ref row2, j);
            a2 = Vector512.FusedMultiplyAdd(row, u, a2);
            b2 = Vector512.FusedMultiplyAdd(row, v, b2);
            row = Vector512.LoadUnsafe(ref row3, j);
            a3 = Vector512.FusedMultiplyAdd(row, u, a3);
            b3 = Vector512.FusedMultiplyAdd(row, v, b3);
            row = Vector512.LoadUnsafe(ref row4, j);
            a4 = Vector512.FusedMultiplyAdd(row, u, a4);
            b4 = Vector512.FusedMultiplyAdd(row, v, b4);
            row = Vector512.LoadUnsafe(ref row5, j);
            a5 = Vector512.FusedMultiplyAdd(row, u, a5);
            b5 = Vector512.FusedMultiplyAdd(row, v, b5);
            row = Vector512.LoadUnsafe(ref row6, j);
            a6 = Vector512.FusedMultiplyAdd(row, u, a6);
            b6 = Vector512.FusedMultiplyAdd(row, v, b6);
            row = Vector512.LoadUnsafe(ref row7, j);
            a7 = Vector512.FusedMultiplyAdd(row, u, a7);
            b7 = Vector512.FusedMultiplyAdd(row, v, b7);
        }

        MatVec.FoldEight(a0, a1, a2, a3, a4, a5, a6, a7).StoreUnsafe(ref z);
        MatVec.FoldEight(b0, b1, b2, b3, b4, b5, b6, b7).StoreUnsafe(ref Unsafe.Add(ref z, zStride));
    }

    // Three vectors with four rows: twelve sums of eight lanes fill the registers. The even vectors of eight first, then the odd ones.
    [SkipLocalsInit]
    private static void FourDotsOfThree(ref float rows, int stride, ref float d, ref float z, int zStride)
    {
        Span<Vector256<float>> space = stackalloc Vector256<float>[12];
        ref Vector256<float> sums = ref MemoryMarshal.GetReference(space);
        AddHalf(ref rows, stride, ref d, isFirst: true, ref sums);
        AddHalf(ref Unsafe.Add(ref rows, 8), stride, ref Unsafe.Add(ref d, 8), isFirst: false, ref sums);
        for (int b = 0; b < 3; b++)
        {
            ref Vector256<float> four = ref Unsafe.Add(ref sums, 4 * b);
            MatVec.FoldFour(four, Unsafe.Add(ref four, 1), Unsafe.Add(ref four, 2), Unsafe.Add(ref four, 3)).StoreUnsafe(ref Unsafe.Add(ref z, b * zStride));
        }
    }

    private static void AddHalf(ref float rows, int stride, ref float d, bool isFirst, ref Vector256<float> sums)
    {
        ref float row1 = ref Unsafe.Add(ref rows, stride), row2 = ref Unsafe.Add(ref row1, stride), row3 = ref Unsafe.Add(ref row2, stride);
        ref float e = ref Unsafe.Add(ref d, stride), f = ref Unsafe.Add(ref e, stride);
        Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, c0 = a0, c1 = a0, c2 = a0, c3 = a0;
        for (nuint j = 0; j < (nuint)stride; j += 16)
        {
            Vector256<float> u = Vector256.LoadUnsafe(ref d, j), v = Vector256.LoadUnsafe(ref e, j), w = Vector256.LoadUnsafe(ref f, j);
            Vector256<float> row = Vector256.LoadUnsafe(ref rows, j);
            a0 = Vector256.FusedMultiplyAdd(row, u, a0);
            b0 = Vector256.FusedMultiplyAdd(row, v, b0);
            c0 = Vector256.FusedMultiplyAdd(row, w, c0);
            row = Vector256.LoadUnsafe(ref row1, j);
            a1 = Vector256.FusedMultiplyAdd(row, u, a1);
            b1 = Vector256.FusedMultiplyAdd(row, v, b1);
            c1 = Vector256.FusedMultiplyAdd(row, w, c1);
            row = Vector256.LoadUnsafe(ref row2, j);
            a2 = Vector256.FusedMultiplyAdd(row, u, a2);
            b2 = Vector256.FusedMultiplyAdd(row, v, b2);
            c2 = Vector256.FusedMultiplyAdd(row, w, c2);
            row = Vector256.LoadUnsafe(ref row3, j);
            a3 = Vector256.FusedMultiplyAdd(row, u, a3);
            b3 = Vector256.FusedMultiplyAdd(row, v, b3);
            c3 = Vector256.FusedMultiplyAdd(row, w, c3);
        }

        if (!isFirst)
        {
            a0 = sums + a0;
            a1 = Unsafe.Add(ref sums, 1) + a1;
            a2 = Unsafe.Add(ref sums, 2) + a2;
            a3 = Unsafe.Add(ref sums, 3) + a3;
            b0 = Unsafe.Add(ref sums, 4) + b0;
            b1 = Unsafe.Add(ref sums, 5) + b1;
            b2 = Unsafe.Add(ref sums, 6) + b2;
            b3 = Unsafe.Add(ref sums, 7) + b3;
            c0 = Unsafe.Add(ref sums, 8) + c0;
            c1 = Unsafe.Add(ref sums, 9) + c1;
            c2 = Unsafe.Add(ref sums, 10) + c2;
            c3 = Unsafe.Add(ref sums, 11) + c3;
        }

        sums = a0;
        Unsafe.Add(ref sums, 1) = a1;
        Unsafe.Add(ref sums, 2) = a2;
        Unsafe.Add(ref sums, 3) = a3;
        Unsafe.Add(ref sums, 4) = b0;
        Unsafe.Add(ref sums, 5) = b1;
        Unsafe.Add(ref sums, 6) = b2;
        Unsafe.Add(ref sums, 7) = b3;
        Unsafe.Add(ref sums, 8) = c0;
        Unsafe.Add(ref sums, 9) = c1;
        Unsafe.Add(ref sums, 10) = c2;
        Unsafe.Add(ref sums, 11) = c3;
    }

    private static void ForwardOneByOne(PaddedMatrix weights, ReadOnlySpan<float> x, int xStride, Span<float> y, int vectors)
    {
        for (int b = 0; b < vectors; b++)
        {
            MatVec.Forward(weights, x.Slice(b * xStride, weights.Inputs), y.Slice(b * weights.Stride, weights.Stride));
        }
    }

    // One by one, only the rows of inputs that are not zero are read: less work where half of the inputs are zero.
    private static bool IsDense(ReadOnlySpan<float> x)
    {
        Vector256<int> zeros = Vector256<int>.Zero;
        for (int k = 0; k < x.Length; k += 8)
        {
            zeros -= Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)k), Vector256<float>.Zero).AsInt32();
        }

        return 2 * Vector256.Sum(zeros) < x.Length;
    }

    // The inputs that are not zero in all vectors; writes up to 8 places behind the last.
    private static int TakeInputs(ReadOnlySpan<float> x, int xStride, int start, int end, Span<int> taken)
    {
        ref float from = ref MemoryMarshal.GetReference(x);
        int n = 0;
        for (int i = start; i < end; i += 8)
        {
            Vector256<int> any = Vector256<int>.Zero;
            for (int at = i; at < x.Length; at += xStride)
            {
                any |= Vector256.LoadUnsafe(ref from, (nuint)at).AsInt32();
            }

            uint zeros = Vector256.Equals(any << 1, Vector256<int>.Zero).ExtractMostSignificantBits() | (i + 8 > end ? 0xFFu << (end - i) : 0);
            uint some = 0xFF & ~zeros;
            (Vector256.Create(i) + Compaction.Order(some)).CopyTo(taken[n..]);
            n += BitOperations.PopCount(some);
        }

        return n;
    }

    /// <summary>y[b, j] += Σ x[b, i] w[i, j] over the inputs that are taken; the padded rows of w and y are as wide as the stride, a multiple of 16.</summary>
    internal static void AddInputs(
        ReadOnlySpan<float> weights, int stride, ReadOnlySpan<float> x, int xStride, ReadOnlySpan<int> taken, Span<float> sums)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            for (int n; taken.Length > 0; taken = taken[n..])
            {
                n = Math.Min(taken.Length, PanelInputs);
                AddPanels(weights, stride, x, xStride, taken[..n], sums);
            }

            return;
        }

        // A few columns of the weights stay in the second cache while all vectors pass.
        int width;
        for (int j = 0; j < stride; j += width)
        {
            int left = stride - j;
            width = left < 32 ? 16 : left < 48 ? 32 : 48;
            for (int b = 0; b * xStride < x.Length; b += BlockVectors)
            {
                Block(ref Unsafe.AsRef(in weights[j]), stride, width, ref Unsafe.AsRef(in x[b * xStride]), xStride, taken, ref sums[(b * stride) + j]);
            }
        }
    }

    // So many columns, for eight vectors.
    private static void Block(
        ref float w, int stride, int width, ref float x, int xStride, ReadOnlySpan<int> taken, ref float sums)
    {
        if (width == 48)
        {
            Columns48(ref w, stride, ref x, xStride, taken, ref sums);
        }
        else if (width == 32)
        {
            Columns32(ref w, stride, ref x, xStride, taken, ref sums);
        }
        else
        {
            Columns16(ref w, stride, ref x, xStride, taken, ref sums);
        }
    }

    // Eight vectors by 48 columns: 24 sums, three vectors of weights and one input fill the registers.
    private static void Columns48(ref float w, int stride, ref float x, int xStride, ReadOnlySpan<int> taken, ref float y)
    {
        ref float x1 = ref Unsafe.Add(ref x, xStride), y1 = ref Unsafe.Add(ref y, stride);
        ref float x2 = ref Unsafe.Add(ref x1, xStride), y2 = ref Unsafe.Add(ref y1, stride);
        ref float x3 = ref Unsafe.Add(ref x2, xStride), y3 = ref Unsafe.Add(ref y2, stride);
        ref float x4 = ref Unsafe.Add(ref x3, xStride), y4 = ref Unsafe.Add(ref y3, stride);
        ref float x5 = ref Unsafe.Add(ref x4, xStride), y5 = ref Unsafe.Add(ref y4, stride);
        ref float x6 = ref Unsafe.Add(ref x5, xStride), y6 = ref Unsafe.Add(ref y5, stride);
        ref float x7 = ref Unsafe.Add(ref x6, xStride), y7 = ref Unsafe.Add(ref y6, stride);
        Vector512<float> a0 = Vector512.LoadUnsafe(ref y), b0 = Vector512.LoadUnsafe(ref y, 16), c0 = Vector512.LoadUnsafe(ref y, 32);
        Vector512<float> a1 = Vector512.LoadUnsafe(ref y1), b1 = Vector512.LoadUnsafe(ref y1, 16), c1 = Vector512.LoadUnsafe(ref y1, 32);
        Vector512<float> a2 = Vector512.LoadUnsafe(ref y2), b2 = Vector512.LoadUnsafe(ref y2, 16), c2 = Vector512.LoadUnsafe(ref y2, 32);
        Vector512<float> a3 = Vector512.LoadUnsafe(ref y3), b3 = Vector512.LoadUnsafe(ref y3, 16), c3 = Vector512.LoadUnsafe(ref y3, 32);
        Vector512<float> a4 = Vector512.LoadUnsafe(ref y4), b4 = Vector512.LoadUnsafe(ref y4, 16), c4 = Vector512.LoadUnsafe(ref y4, 32);
        Vector512<float> a5 = Vector512.LoadUnsafe(ref y5), b5 = Vector512.LoadUnsafe(ref y5, 16), c5 = Vector512.LoadUnsafe(ref y5, 32);
        Vector512<float> a6 = Vector512.LoadUnsafe(ref y6), b6 = Vector512.LoadUnsafe(ref y6, 16), c6 = Vector512.LoadUnsafe(ref y6, 32);
        Vector512<float> a7 = Vector512.LoadUnsafe(ref y7), b7 = Vector512.LoadUnsafe(ref y7, 16), c7 = Vector512.LoadUnsafe(ref y7, 32);
        foreach (int i in taken)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            Vector512<float> a = Vector512.LoadUnsafe(ref row), b = Vector512.LoadUnsafe(ref row, 16), c = Vector512.LoadUnsafe(ref row, 32);
            Vector512<float> v0 = Vector512.Create(Unsafe.Add(ref x, i));
            a0 = Vector512.FusedMultiplyAdd(v0, a, a0);
            b0 = Vector512.FusedMultiplyAdd(v0, b, b0);
            c0 = Vector512.FusedMultiplyAdd(v0, c, c0);
            Vector512<float> v1 = Vector512.Create(Unsafe.Add(ref x1, i));
            a1 = Vector512.FusedMultiplyAdd(v1, a, a1);
            b1 = Vector512.FusedMultiplyAdd(v1, b, b1);
            c1 = Vector512.FusedMultiplyAdd(v1, c, c1);
            Vector512<float> v2 = Vector512.Create(Unsafe.Add(ref x2, i));
            a2 = Vector512.FusedMultiplyAdd(v2, a, a2);
            b2 = Vector512.FusedMultiplyAdd(v2, b, b2);
            c2 = Vector512.FusedMultiplyAdd(v2, c, c2);
            Vector512<float> v3 = Vector512.Create(Unsafe.Add(ref x3, i));
            a3 = Vector512.FusedMultiplyAdd(v3, a, a3);
            b3 = Vector512.FusedMultiplyAdd(v3, b, b3);
            c3 = Vector512.FusedMultiplyAdd(v3, c, c3);
            Vector512<float> v4 = Vector512.Create(Unsafe.Add(ref x4, i));
            a4 = Vector512.FusedMultiplyAdd(v4, a, a4);
            b4 = Vector512.FusedMultiplyAdd(v4, b, b4);
            c4 = Vector512.FusedMultiplyAdd(v4, c, c4);
            Vector512<float> v5 = Vector512.Create(Unsafe.Add(ref x5, i));
            a5 = Vector512.FusedMultiplyAdd(v5, a, a5);
            b5 = Vector512.FusedMultiplyAdd(v5, b, b5);
            c5 = Vector512.FusedMultiplyAdd(v5, c, c5);
            Vector512<float> v6 = Vector512.Create(Unsafe.Add(ref x6, i));
            a6 = Vector512.FusedMultiplyAdd(v6, a, a6);
            b6 = Vector512.FusedMultiplyAdd(v6, b, b6);
            c6 = Vector512.FusedMultiplyAdd(v6, c, c6);
            Vector512<float> v7 = Vector512.Create(Unsafe.Add(ref x7, i));
            a7 = Vector512.FusedMultiplyAdd(v7, a, a7);
            b7 = Vector512.FusedMultiplyAdd(v7, b, b7);
            c7 = Vector512.FusedMultiplyAdd(v7, c, c7);
        }

        a0.StoreUnsafe(ref y);
        b0.StoreUnsafe(ref y, 16);
        c0.StoreUnsafe(ref y, 32);
        a1.StoreUnsafe(ref y1);
        b1.StoreUnsafe(ref y1, 16);
        c1.StoreUnsafe(ref y1, 32);
        a2.StoreUnsafe(ref y2);
        b2.StoreUnsafe(ref y2, 16);
        c2.StoreUnsafe(ref y2, 32);
        a3.StoreUnsafe(ref y3);
        b3.StoreUnsafe(ref y3, 16);
        c3.StoreUnsafe(ref y3, 32);
        a4.StoreUnsafe(ref y4);
        b4.StoreUnsafe(ref y4, 16);
        c4.StoreUnsafe(ref y4, 32);
        a5.StoreUnsafe(ref y5);
        b5.StoreUnsafe(ref y5, 16);
        c5.StoreUnsafe(ref y5, 32);
        a6.StoreUnsafe(ref y6);
        b6.StoreUnsafe(ref y6, 16);
        c6.StoreUnsafe(ref y6, 32);
        a7.StoreUnsafe(ref y7);
        b7.StoreUnsafe(ref y7, 16);
        c7.StoreUnsafe(ref y7, 32);
    }

    // Eight vectors by 32 columns.
    private static void Columns32(ref float w, int stride, ref float x, int xStride, ReadOnlySpan<int> taken, ref float y)
    {
        ref float x1 = ref Unsafe.Add(ref x, xStride), y1 = ref Unsafe.Add(ref y, stride);
        ref float x2 = ref Unsafe.Add(ref x1, xStride), y2 = ref Unsafe.Add(ref y1, stride);
        ref float x3 = ref Unsafe.Add(ref x2, xStride), y3 = ref Unsafe.Add(ref y2, stride);
        ref float x4 = ref Unsafe.Add(ref x3, xStride), y4 = ref Unsafe.Add(ref y3, stride);
        ref float x5 = ref Unsafe.Add(ref x4, xStride), y5 = ref Unsafe.Add(ref y4, stride);
        ref float x6 = ref Unsafe.Add(ref x5, xStride), y6 = ref Unsafe.Add(ref y5, stride);
        ref float x7 = ref Unsafe.Add(ref x6, xStride), y7 = ref Unsafe.Add(ref y6, stride);
        Vector512<float> a0 = Vector512.LoadUnsafe(ref y), b0 = Vector512.LoadUnsafe(ref y, 16);
        Vector512<float> a1 = Vector512.LoadUnsafe(ref y1), b1 = Vector512.LoadUnsafe(ref y1, 16);
        Vector512<float> a2 = Vector512.LoadUnsafe(ref y2), b2 = Vector512.LoadUnsafe(ref y2, 16);
        Vector512<float> a3 = Vector512.LoadUnsafe(ref y3), b3 = Vector512.LoadUnsafe(ref y3, 16);
        Vector512<float> a4 = Vector512.LoadUnsafe(ref y4), b4 = Vector512.LoadUnsafe(ref y4, 16);
        Vector512<float> a5 = Vector512.LoadUnsafe(ref y5), b5 = Vector512.LoadUnsafe(ref y5, 16);
        Vector512<float> a6 = Vector512.LoadUnsafe(ref y6), b6 = Vector512.LoadUnsafe(ref y6, 16);
        Vector512<float> a7 = Vector512.LoadUnsafe(ref y7), b7 = Vector512.LoadUnsafe(ref y7, 16);
        foreach (int i in taken)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            Vector512<float> a = Vector512.LoadUnsafe(ref row), b = Vector512.LoadUnsafe(ref row, 16);
            Vector512<float> v0 = Vector512.Create(Unsafe.Add(ref x, i));
            a0 = Vector512.FusedMultiplyAdd(v0, a, a0);
            b0 = Vector512.FusedMultiplyAdd(v0, b, b0);
            Vector512<float> v1 = Vector512.Create(Unsafe.Add(ref x1, i));
            a1 = Vector512.FusedMultiplyAdd(v1, a, a1);
            b1 = Vector512.FusedMultiplyAdd(v1, b, b1);
            Vector512<float> v2 = Vector512.Create(Unsafe.Add(ref x2, i));
            a2 = Vector512.FusedMultiplyAdd(v2, a, a2);
            b2 = Vector512.FusedMultiplyAdd(v2, b, b2);
            Vector512<float> v3 = Vector512.Create(Unsafe.Add(ref x3, i));
            a3 = Vector512.FusedMultiplyAdd(v3, a, a3);
            b3 = Vector512.FusedMultiplyAdd(v3, b, b3);
            Vector512<float> v4 = Vector512.Create(Unsafe.Add(ref x4, i));
            a4 = Vector512.FusedMultiplyAdd(v4, a, a4);
            b4 = Vector512.FusedMultiplyAdd(v4, b, b4);
            Vector512<float> v5 = Vector512.Create(Unsafe.Add(ref x5, i));
            a5 = Vector512.FusedMultiplyAdd(v5, a, a5);
            b5 = Vector512.FusedMultiplyAdd(v5, b, b5);
            Vector512<float> v6 = Vector512.Create(Unsafe.Add(ref x6, i));
            a6 = Vector512.FusedMultiplyAdd(v6, a, a6);
            b6 = Vector512.FusedMultiplyAdd(v6, b, b6);
            Vector512<float> v7 = Vector512.Create(Unsafe.Add(ref x7, i));
            a7 = Vector512.FusedMultiplyAdd(v7, a, a7);
            b7 = Vector512.FusedMultiplyAdd(v7, b, b7);
        }

        a0.StoreUnsafe(ref y);
        b0.StoreUnsafe(ref y, 16);
        a1.StoreUnsafe(ref y1);
        b1.StoreUnsafe(ref y1, 16);
        a2.StoreUnsafe(ref y2);
        b2.StoreUnsafe(ref y2, 16);
        a3.StoreUnsafe(ref y3);
        b3.StoreUnsafe(ref y3, 16);
        a4.StoreUnsafe(ref y4);
        b4.StoreUnsafe(ref y4, 16);
        a5.StoreUnsafe(ref y5);
        b5.StoreUnsafe(ref y5, 16);
        a6.StoreUnsafe(ref y6);
        b6.StoreUnsafe(ref y6, 16);
        a7.StoreUnsafe(ref y7);
        b7.StoreUnsafe(ref y7, 16);
    }

    // Eight vectors by the 16 columns that are left.
    private static void Columns16(ref float w, int stride, ref float x, int xStride, ReadOnlySpan<int> taken, ref float y)
    {
        ref float x1 = ref Unsafe.Add(ref x, xStride), y1 = ref Unsafe.Add(ref y, stride);
        ref float x2 = ref Unsafe.Add(ref x1, xStride), y2 = ref Unsafe.Add(ref y1, stride);
        ref float x3 = ref Unsafe.Add(ref x2, xStride), y3 = ref Unsafe.Add(ref y2, stride);
        ref float x4 = ref Unsafe.Add(ref x3, xStride), y4 = ref Unsafe.Add(ref y3, stride);
        ref float x5 = ref Unsafe.Add(ref x4, xStride), y5 = ref Unsafe.Add(ref y4, stride);
        ref float x6 = ref Unsafe.Add(ref x5, xStride), y6 = ref Unsafe.Add(ref y5, stride);
        ref float x7 = ref Unsafe.Add(ref x6, xStride), y7 = ref Unsafe.Add(ref y6, stride);
        Vector512<float> a0 = Vector512.LoadUnsafe(ref y);
        Vector512<float> a1 = Vector512.LoadUnsafe(ref y1);
        Vector512<float> a2 = Vector512.LoadUnsafe(ref y2);
        Vector512<float> a3 = Vector512.LoadUnsafe(ref y3);
        Vector512<float> a4 = Vector512.LoadUnsafe(ref y4);
        Vector512<float> a5 = Vector512.LoadUnsafe(ref y5);
        Vector512<float> a6 = Vector512.LoadUnsafe(ref y6);
        Vector512<float> a7 = Vector512.LoadUnsafe(ref y7);
        foreach (int i in taken)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            Vector512<float> a = Vector512.LoadUnsafe(ref row);
            a0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, i)), a, a0);
            a1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x1, i)), a, a1);
            a2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x2, i)), a, a2);
            a3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x3, i)), a, a3);
            a4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x4, i)), a, a4);
            a5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x5, i)), a, a5);
            a6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x6, i)), a, a6);
            a7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x7, i)), a, a7);
        }

        a0.StoreUnsafe(ref y);
        a1.StoreUnsafe(ref y1);
        a2.StoreUnsafe(ref y2);
        a3.StoreUnsafe(ref y3);
        a4.StoreUnsafe(ref y4);
        a5.StoreUnsafe(ref y5);
        a6.StoreUnsafe(ref y6);
        a7.StoreUnsafe(ref y7);
    }

    // The same with 256 bits: a few columns are copied side by side, into the first cache. Rows of weights that are powers of two apart share
    // so few places of a cache that they drive each other out of it. While they are multiplied the next ones are asked for, some rows before
    // each four vectors. For few vectors rows that follow each other stay where they are.
    [SkipLocalsInit]
    private static void AddPanels(
        ReadOnlySpan<float> weights, int stride, ReadOnlySpan<float> x, int xStride, ReadOnlySpan<int> taken, Span<float> sums)
    {
        Span<float> panel = stackalloc float[PanelInputs * PanelColumns];
        bool copies = x.Length >= WorthCopies * xStride || taken[^1] - taken[0] != taken.Length - 1;
        int fours = (x.Length / xStride) / 4, width;
        for (int j = 0; j < stride; j += width)
        {
            int left = stride - j;
            width = left is 16 or 32 ? 16 : PanelColumns; // a stride is a multiple of 16
            scoped ref float rows = ref Unsafe.AsRef(in weights[(taken[0] * stride) + j]);
            int rowStride = stride;
            if (copies)
            {
                Copy(ref Unsafe.AsRef(in weights[j]), stride, taken, width, panel);
                rows = ref MemoryMarshal.GetReference(panel);
                rowStride = width;
            }

            bool asks = copies && j + width < stride;
            for (int b = 0; b * xStride < x.Length; b += 4)
            {
                if (asks)
                {
                    Ask(ref Unsafe.AsRef(in weights[j + width]), stride, taken[(taken.Length * (b / 4) / fours)..(taken.Length * ((b / 4) + 1) / fours)]);
                }

                ref float some = ref Unsafe.AsRef(in x[b * xStride]), y = ref sums[(b * stride) + j];
                if (width == PanelColumns)
                {
                    Columns24Of4(ref rows, rowStride, ref some, xStride, taken, ref y, stride);
                }
                else
                {
                    Columns16Of4(ref rows, rowStride, ref some, xStride, taken, ref y, stride);
                }
            }
        }
    }

    // For the cache lines of a panel: two in each row of 24 columns, whose first is a multiple of 8.
    private static void Ask(ref float w, int stride, ReadOnlySpan<int> rows)
    {
        foreach (int i in rows)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            Prefetch.Line(in row);
            Prefetch.Line(in Unsafe.Add(ref row, 16));
        }
    }

    private static void Copy(ref float w, int stride, ReadOnlySpan<int> taken, int width, Span<float> panel)
    {
        ref float to = ref MemoryMarshal.GetReference(panel);
        foreach (int i in taken)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            for (nuint k = 0; k < (nuint)width; k += 8)
            {
                Vector256.LoadUnsafe(ref row, k).StoreUnsafe(ref to, k);
            }

            to = ref Unsafe.Add(ref to, width);
        }
    }

    // Four vectors by 24 columns of the rows taken, one behind the other: twelve sums, three vectors of weights and one input fill the registers.
    private static void Columns24Of4(ref float rows, int rowStride, ref float x, int xStride, ReadOnlySpan<int> taken, ref float y, int stride)
    {
        ref float x1 = ref Unsafe.Add(ref x, xStride), y1 = ref Unsafe.Add(ref y, stride);
        ref float x2 = ref Unsafe.Add(ref x1, xStride), y2 = ref Unsafe.Add(ref y1, stride);
        ref float x3 = ref Unsafe.Add(ref x2, xStride), y3 = ref Unsafe.Add(ref y2, stride);
        Vector256<float> a0 = Vector256.LoadUnsafe(ref y), b0 = Vector256.LoadUnsafe(ref y, 8), c0 = Vector256.LoadUnsafe(ref y, 16);
        Vector256<float> a1 = Vector256.LoadUnsafe(ref y1), b1 = Vector256.LoadUnsafe(ref y1, 8), c1 = Vector256.LoadUnsafe(ref y1, 16);
        Vector256<float> a2 = Vector256.LoadUnsafe(ref y2), b2 = Vector256.LoadUnsafe(ref y2, 8), c2 = Vector256.LoadUnsafe(ref y2, 16);
        Vector256<float> a3 = Vector256.LoadUnsafe(ref y3), b3 = Vector256.LoadUnsafe(ref y3, 8), c3 = Vector256.LoadUnsafe(ref y3, 16);
        for (int n = 0; n < taken.Length; n++)
        {
            int i = taken[n];
            ref float row = ref Unsafe.Add(ref rows, n * rowStride);
            Vector256<float> a = Vector256.LoadUnsafe(ref row), b = Vector256.LoadUnsafe(ref row, 8), c = Vector256.LoadUnsafe(ref row, 16);
            Vector256<float> v = Vector256.Create(Unsafe.Add(ref x, i));
            a0 = Vector256.FusedMultiplyAdd(v, a, a0);
            b0 = Vector256.FusedMultiplyAdd(v, b, b0);
            c0 = Vector256.FusedMultiplyAdd(v, c, c0);
            v = Vector256.Create(Unsafe.Add(ref x1, i));
            a1 = Vector256.FusedMultiplyAdd(v, a, a1);
            b1 = Vector256.FusedMultiplyAdd(v, b, b1);
            c1 = Vector256.FusedMultiplyAdd(v, c, c1);
            v = Vector256.Create(Unsafe.Add(ref x2, i));
            a2 = Vector256.FusedMultiplyAdd(v, a, a2);
            b2 = Vector256.FusedMultiplyAdd(v, b, b2);
            c2 = Vector256.FusedMultiplyAdd(v, c, c2);
            v = Vector256.Create(Unsafe.Add(ref x3, i));
            a3 = Vector256.FusedMultiplyAdd(v, a, a3);
            b3 = Vector256.FusedMultiplyAdd(v, b, b3);
            c3 = Vector256.FusedMultiplyAdd(v, c, c3);
        }

        a0.StoreUnsafe(ref y);
        b0.StoreUnsafe(ref y, 8);
        c0.StoreUnsafe(ref y, 16);
        a1.StoreUnsafe(ref y1);
        b1.StoreUnsafe(ref y1, 8);
        c1.StoreUnsafe(ref y1, 16);
        a2.StoreUnsafe(ref y2);
        b2.StoreUnsafe(ref y2, 8);
        c2.StoreUnsafe(ref y2, 16);
        a3.StoreUnsafe(ref y3);
        b3.StoreUnsafe(ref y3, 8);
        c3.StoreUnsafe(ref y3, 16);
    }

    // Four vectors by the 16 columns that are left, or half of them.
    private static void Columns16Of4(ref float rows, int rowStride, ref float x, int xStride, ReadOnlySpan<int> taken, ref float y, int stride)
    {
        ref float x1 = ref Unsafe.Add(ref x, xStride), y1 = ref Unsafe.Add(ref y, stride);
        ref float x2 = ref Unsafe.Add(ref x1, xStride), y2 = ref Unsafe.Add(ref y1, stride);
        ref float x3 = ref Unsafe.Add(ref x2, xStride), y3 = ref Unsafe.Add(ref y2, stride);
        Vector256<float> a0 = Vector256.LoadUnsafe(ref y), b0 = Vector256.LoadUnsafe(ref y, 8);
        Vector256<float> a1 = Vector256.LoadUnsafe(ref y1), b1 = Vector256.LoadUnsafe(ref y1, 8);
        Vector256<float> a2 = Vector256.LoadUnsafe(ref y2), b2 = Vector256.LoadUnsafe(ref y2, 8);
        Vector256<float> a3 = Vector256.LoadUnsafe(ref y3), b3 = Vector256.LoadUnsafe(ref y3, 8);
        for (int n = 0; n < taken.Length; n++)
        {
            int i = taken[n];
            ref float row = ref Unsafe.Add(ref rows, n * rowStride);
            Vector256<float> a = Vector256.LoadUnsafe(ref row), b = Vector256.LoadUnsafe(ref row, 8);
            Vector256<float> v0 = Vector256.Create(Unsafe.Add(ref x, i));
            a0 = Vector256.FusedMultiplyAdd(v0, a, a0);
            b0 = Vector256.FusedMultiplyAdd(v0, b, b0);
            Vector256<float> v1 = Vector256.Create(Unsafe.Add(ref x1, i));
            a1 = Vector256.FusedMultiplyAdd(v1, a, a1);
            b1 = Vector256.FusedMultiplyAdd(v1, b, b1);
            Vector256<float> v2 = Vector256.Create(Unsafe.Add(ref x2, i));
            a2 = Vector256.FusedMultiplyAdd(v2, a, a2);
            b2 = Vector256.FusedMultiplyAdd(v2, b, b2);
            Vector256<float> v3 = Vector256.Create(Unsafe.Add(ref x3, i));
            a3 = Vector256.FusedMultiplyAdd(v3, a, a3);
            b3 = Vector256.FusedMultiplyAdd(v3, b, b3);
        }

        a0.StoreUnsafe(ref y);
        b0.StoreUnsafe(ref y, 8);
        a1.StoreUnsafe(ref y1);
        b1.StoreUnsafe(ref y1, 8);
        a2.StoreUnsafe(ref y2);
        b2.StoreUnsafe(ref y2, 8);
        a3.StoreUnsafe(ref y3);
        b3.StoreUnsafe(ref y3, 8);
    }
}
