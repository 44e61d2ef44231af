using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Products of a matrix of weights with a vector, both ways, and the rank-1 update.</summary>
/// <remarks>
/// The same bits at every vector width. Forward adds up each output in the order of the inputs, one fused multiply-add an input;
/// backward has sixteen partial sums (column j goes to partial j mod 16), folded in halves.
/// </remarks>
public static class MatVec
{
    private const int RowsAtATime = 256;

    /// <summary>y[j] = Σ_i w[i, j] x[i], added up in the order of i; a row whose input is zero costs nothing; a zero is never negative.</summary>
    /// <param name="weights">Weight units, shape [inputs, outputs].</param>
    /// <param name="x">Finite inputs, shape [inputs].</param>
    /// <param name="y">Receives the outputs, shape [outputs] or [stride]; padding receives zeros.</param>
    /// <exception cref="ArgumentException">A length does not match the shape of <paramref name="weights"/>.</exception>
    public static void Forward(PaddedMatrix weights, ReadOnlySpan<float> x, Span<float> y)
    {
        RequireShape(weights, x, y);
        y.Clear();
        Add(weights, x, y);
    }

    /// <summary>y[j] += Σ_i w[i, j] x[i]: goes on with a sum whose first inputs are in <paramref name="y"/> already, with the bits of one sum.</summary>
    /// <param name="weights">Weight units, shape [inputs, outputs].</param>
    /// <param name="x">Finite inputs, shape [inputs].</param>
    /// <param name="y">The outputs so far, shape [outputs], or [stride] with zeros as padding.</param>
    /// <exception cref="ArgumentException">A length does not match the shape of <paramref name="weights"/>.</exception>
    public static void AddForward(PaddedMatrix weights, ReadOnlySpan<float> x, Span<float> y)
    {
        RequireShape(weights, x, y);
        Add(weights, x, y);
    }

    /// <summary>z[i] = Σ_j w[i, j] d[j].</summary>
    /// <param name="weights">Weight units, shape [inputs, outputs].</param>
    /// <param name="d">Finite errors, shape [outputs].</param>
    /// <param name="z">Receives the products, shape [inputs].</param>
    /// <exception cref="ArgumentException">A length does not match the shape of <paramref name="weights"/>.</exception>
    public static void Backward(PaddedMatrix weights, ReadOnlySpan<float> d, Span<float> z)
    {
        ThrowHelper.RequireLength(nameof(z), weights.Inputs, z.Length);
        Backward(weights, 0, d, z);
    }

    /// <summary>z[i] = Σ_j w[first + i, j] d[j]: some rows, each with the bits it has among all.</summary>
    internal static void Backward(PaddedMatrix weights, int first, ReadOnlySpan<float> d, Span<float> z)
    {
        ThrowHelper.RequireLength(nameof(d), weights.Outputs, d.Length);
        ThrowHelper.RequireInRange(nameof(first), 0, weights.Inputs - z.Length, first);

        // The padding of a row is zero, so the errors may be read up to the stride only from a copy.
        Span<float> tail = stackalloc float[16];
        tail.Clear();
        int whole = d.Length / 16 * 16;
        d[whole..].CopyTo(tail);
        ref float w = ref Unsafe.Add(ref weights.First, first * weights.Stride);
        ref float head = ref MemoryMarshal.GetReference(d);
        ref float end = ref MemoryMarshal.GetReference(tail);
        bool broken = whole < weights.Stride;
        int i = 0;
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            for (; i <= z.Length - 8; i += 8)
            {
                EightDots(ref Unsafe.Add(ref w, i * weights.Stride), weights.Stride, ref head, whole, ref end, broken, ref z[i]);
            }
        }
        else if (Vector256.IsHardwareAccelerated && Sse.IsSupported)
        {
            for (; i <= z.Length - 4; i += 4)
            {
                FourDots(ref Unsafe.Add(ref w, i * weights.Stride), weights.Stride, ref head, whole, ref end, broken, ref z[i]);
            }
        }

        for (; i < z.Length; i++)
        {
            z[i] = Dot(ref Unsafe.Add(ref w, i * weights.Stride), ref head, whole, ref end, broken);
        }
    }

    /// <summary>w[i, j] += a x[i] d[j]: the rank-1 step; a row whose input is zero costs nothing.</summary>
    /// <param name="weights">Weight units, shape [inputs, outputs].</param>
    /// <param name="a">Factor, such as the learning rate.</param>
    /// <param name="x">Finite inputs, shape [inputs].</param>
    /// <param name="d">Finite errors, shape [outputs].</param>
    /// <exception cref="ArgumentException">A length does not match the shape of <paramref name="weights"/>.</exception>
    public static void AddOuter(PaddedMatrix weights, float a, ReadOnlySpan<float> x, ReadOnlySpan<float> d)
    {
        ThrowHelper.RequireLength(nameof(x), weights.Inputs, x.Length);
        ThrowHelper.RequireLength(nameof(d), weights.Outputs, d.Length);
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] != 0)
            {
                AddScaled(ref MemoryMarshal.GetReference(weights.Row(i)), a * x[i], d);
            }
        }
    }

    /// <summary>row[j] += factor d[j], one fused multiply-add each.</summary>
    internal static void AddScaled(ref float row, float factor, ReadOnlySpan<float> d)
    {
        ref float from = ref MemoryMarshal.GetReference(d);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> f = Vector512.Create(factor);
            for (; j <= d.Length - 64; j += 64)
            {
                nuint k = (nuint)j;
                Vector512<float> w0 = Vector512.FusedMultiplyAdd(f, Vector512.LoadUnsafe(ref from, k), Vector512.LoadUnsafe(ref row, k));
                Vector512<float> w1 = Vector512.FusedMultiplyAdd(f, Vector512.LoadUnsafe(ref from, k + 16), Vector512.LoadUnsafe(ref row, k + 16));
                Vector512<float> w2 = Vector512.FusedMultiplyAdd(f, Vector512.LoadUnsafe(ref from, k + 32), Vector512.LoadUnsafe(ref row, k + 32));
                Vector512<float> w3 = Vector512.FusedMultiplyAdd(f, Vector512.LoadUnsafe(ref from, k + 48), Vector512.LoadUnsafe(ref row, k + 48));
                w0.StoreUnsafe(ref row, k);
                w1.StoreUnsafe(ref row, k + 16);
                w2.StoreUnsafe(ref row, k + 32);
                w3.StoreUnsafe(ref row, k + 48);
            }

            for (; j <= d.Length - 16; j += 16)
            {
                Vector512.FusedMultiplyAdd(f, Vector512.LoadUnsafe(ref from, (nuint)j), Vector512.LoadUnsafe(ref row, (nuint)j))
                    .StoreUnsafe(ref row, (nuint)j);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> f = Vector256.Create(factor);
            for (; j <= d.Length - 8; j += 8)
            {
                Vector256.FusedMultiplyAdd(f, Vector256.LoadUnsafe(ref from, (nuint)j), Vector256.LoadUnsafe(ref row, (nuint)j))
                    .StoreUnsafe(ref row, (nuint)j);
            }
        }

        for (; j < d.Length; j++)
        {
            Unsafe.Add(ref row, j) = MathF.FusedMultiplyAdd(factor, d[j], Unsafe.Add(ref row, j));
        }
    }

    private static void RequireShape(PaddedMatrix weights, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ThrowHelper.RequireLength(nameof(x), weights.Inputs, x.Length);
        if (y.Length != weights.Stride)
        {
            ThrowHelper.RequireLength(nameof(y), weights.Outputs, y.Length);
        }
    }

    private static void Add(PaddedMatrix weights, ReadOnlySpan<float> x, Span<float> y)
    {
        if (y.Length == weights.Stride)
        {
            Add(weights, x, y, []);
            return;
        }

        Span<float> tail = stackalloc float[16];
        tail.Clear();
        int whole = y.Length / 16 * 16;
        y[whole..].CopyTo(tail);
        Add(weights, x, y[..whole], tail);
        tail[..(y.Length - whole)].CopyTo(y[whole..]);
    }

    // Outputs are added to y, those of a last broken vector to tail.
    [SkipLocalsInit] // every row and input that is read has been written before
    private static void Add(PaddedMatrix weights, ReadOnlySpan<float> x, Span<float> y, Span<float> tail)
    {
        Span<int> rows = stackalloc int[RowsAtATime + 16];
        Span<float> inputs = stackalloc float[RowsAtATime + 16];
        ref float w = ref MemoryMarshal.GetReference(weights.Padded);
        int stride = weights.Stride;
        for (int start = 0; start < x.Length; start += RowsAtATime)
        {
            int n = Compact(x[start..Math.Min(start + RowsAtATime, x.Length)], start * stride, stride, rows, inputs);
            ReadOnlySpan<int> r = rows[..n];
            ReadOnlySpan<float> v = inputs[..n];
            if (!tail.IsEmpty)
            {
                Columns16(ref Unsafe.Add(ref w, y.Length), r, v, ref MemoryMarshal.GetReference(tail));
            }

            int j = 0;
            if (!Vector512.IsHardwareAccelerated && Vector256.IsHardwareAccelerated && y.Length >= 128)
            {
                int eights = n / 8 * 8;
                EightRows(ref w, r[..eights], v, y);
                r = r[eights..];
                v = v[eights..];
            }

            for (; !Vector256.IsHardwareAccelerated && j < y.Length; j += 16)
            {
                Columns16(ref Unsafe.Add(ref w, j), r, v, ref y[j]);
            }

            for (; j <= y.Length - 256; j += 256)
            {
                Columns256(ref Unsafe.Add(ref w, j), r, v, ref y[j]);
            }

            for (; j <= y.Length - 128; j += 128)
            {
                Columns128(ref Unsafe.Add(ref w, j), r, v, ref y[j]);
            }

            for (; j <= y.Length - 64; j += 64)
            {
                Columns64(ref Unsafe.Add(ref w, j), r, v, ref y[j]);
            }

            switch (y.Length - j)
            {
                case 48: Columns48(ref Unsafe.Add(ref w, j), r, v, ref y[j]); break;
                case 32: Columns32(ref Unsafe.Add(ref w, j), r, v, ref y[j]); break;
                case 16: Columns16(ref Unsafe.Add(ref w, j), r, v, ref y[j]); break;
            }
        }

        // A sum can underflow to -0, and only then would a row that is left out differ from a product of zero: see MatMul.
        TensorPrimitives.Add(y, 0f, y);
        TensorPrimitives.Add(tail, 0f, tail);
    }

    // Where the rows of the inputs that are not zero begin, and these inputs; writes up to 16 places behind the last. Returns their number.
    private static int Compact(ReadOnlySpan<float> x, int first, int stride, Span<int> rows, Span<float> inputs)
    {
        Debug.Assert(rows.Length >= x.Length + 16 && inputs.Length >= x.Length + 16, "There is room for a last whole vector.");
        ref float from = ref MemoryMarshal.GetReference(x);
        ref int row = ref MemoryMarshal.GetReference(rows);
        ref float input = ref MemoryMarshal.GetReference(inputs);
        int n = 0, i = 0;
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            Vector512<int> places = Vector512.Create(first) + (Vector512<int>.Indices * stride);
            for (; i <= x.Length - 16; i += 16)
            {
                Vector512<float> v = Vector512.LoadUnsafe(ref from, (nuint)i);
                Vector512<float> taken = ~Vector512.Equals(v, Vector512<float>.Zero);
                Avx512F.Compress(Vector512<float>.Zero, taken, v).StoreUnsafe(ref input, (nuint)n);
                Avx512F.Compress(Vector512<int>.Zero, taken.AsInt32(), places).StoreUnsafe(ref row, (nuint)n);
                n += BitOperations.PopCount(taken.ExtractMostSignificantBits());
                places += Vector512.Create(16 * stride);
            }
        }
        else if (Compaction.IsSupported)
        {
            Vector256<int> places = Vector256.Create(first) + (Vector256<int>.Indices * stride);
            for (; i <= x.Length - Compaction.Lanes; i += Compaction.Lanes)
            {
                Vector256<float> v = Vector256.LoadUnsafe(ref from, (nuint)i);
                uint taken = 0xFF ^ Vector256.Equals(v, Vector256<float>.Zero).ExtractMostSignificantBits();
                Vector256<int> order = Compaction.Order(taken);
                Compaction.Take(v.AsUInt32(), order).AsSingle().StoreUnsafe(ref input, (nuint)n);
                Compaction.Take(places.AsUInt32(), order).AsInt32().StoreUnsafe(ref row, (nuint)n);
                n += BitOperations.PopCount(taken);
                places += Vector256.Create(Compaction.Lanes * stride);
            }
        }

        // No branch on the input, which would be guessed wrong time and again.
        for (; i < x.Length; i++)
        {
            float v = Unsafe.Add(ref from, i);
            Unsafe.Add(ref row, n) = first + (i * stride);
            Unsafe.Add(ref input, n) = v;
            n += (BitConverter.SingleToInt32Bits(v) << 1) != 0 ? 1 : 0;
        }

        return n;
    }

    // For wide rows at 256 bits, whose registers hold too few outputs: these stay in the first cache, and rows are read from end to end.
    private static void EightRows(ref float w, ReadOnlySpan<int> rows, ReadOnlySpan<float> x, Span<float> y)
    {
        ref float sum = ref MemoryMarshal.GetReference(y);
        for (int i = 0; i < rows.Length; i += 8)
        {
            ref float r0 = ref Unsafe.Add(ref w, rows[i]), r1 = ref Unsafe.Add(ref w, rows[i + 1]);
            ref float r2 = ref Unsafe.Add(ref w, rows[i + 2]), r3 = ref Unsafe.Add(ref w, rows[i + 3]);
            ref float r4 = ref Unsafe.Add(ref w, rows[i + 4]), r5 = ref Unsafe.Add(ref w, rows[i + 5]);
            ref float r6 = ref Unsafe.Add(ref w, rows[i + 6]), r7 = ref Unsafe.Add(ref w, rows[i + 7]);
            Vector256<float> x0 = Vector256.Create(x[i]), x1 = Vector256.Create(x[i + 1]), x2 = Vector256.Create(x[i + 2]);
            Vector256<float> x3 = Vector256.Create(x[i + 3]), x4 = Vector256.Create(x[i + 4]), x5 = Vector256.Create(x[i + 5]);
            Vector256<float> x6 = Vector256.Create(x[i + 6]), x7 = Vector256.Create(x[i + 7]);
            for (nuint j = 0; j < (nuint)y.Length; j += 8)
            {
                Vector256<float> s = Vector256.LoadUnsafe(ref sum, j);
                s = Vector256.FusedMultiplyAdd(x0, Vector256.LoadUnsafe(ref r0, j), s);
                s = Vector256.FusedMultiplyAdd(x1, Vector256.LoadUnsafe(ref r1, j), s);
                s = Vector256.FusedMultiplyAdd(x2, Vector256.LoadUnsafe(ref r2, j), s);
                s = Vector256.FusedMultiplyAdd(x3, Vector256.LoadUnsafe(ref r3, j), s);
                s = Vector256.FusedMultiplyAdd(x4, Vector256.LoadUnsafe(ref r4, j), s);
                s = Vector256.FusedMultiplyAdd(x5, Vector256.LoadUnsafe(ref r5, j), s);
                s = Vector256.FusedMultiplyAdd(x6, Vector256.LoadUnsafe(ref r6, j), s);
                s = Vector256.FusedMultiplyAdd(x7, Vector256.LoadUnsafe(ref r7, j), s);
                s.StoreUnsafe(ref sum, j);
            }
        }
    }

    private static void Columns256(ref float w, ReadOnlySpan<int> rows, ReadOnlySpan<float> x, ref float y)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            Columns128(ref w, rows, x, ref y);
            Columns128(ref Unsafe.Add(ref w, 128), rows, x, ref Unsafe.Add(ref y, 128));
            return;
        }

        Vector512<float> s0 = Vector512.LoadUnsafe(ref y), s1 = Vector512.LoadUnsafe(ref y, 16);
        Vector512<float> s2 = Vector512.LoadUnsafe(ref y, 32), s3 = Vector512.LoadUnsafe(ref y, 48);
        Vector512<float> s4 = Vector512.LoadUnsafe(ref y, 64), s5 = Vector512.LoadUnsafe(ref y, 80);
        Vector512<float> s6 = Vector512.LoadUnsafe(ref y, 96), s7 = Vector512.LoadUnsafe(ref y, 112);
        Vector512<float> s8 = Vector512.LoadUnsafe(ref y, 128), s9 = Vector512.LoadUnsafe(ref y, 144);
        Vector512<float> s10 = Vector512.LoadUnsafe(ref y, 160), s11 = Vector512.LoadUnsafe(ref y, 176);
        Vector512<float> s12 = Vector512.LoadUnsafe(ref y, 192), s13 = Vector512.LoadUnsafe(ref y, 208);
        Vector512<float> s14 = Vector512.LoadUnsafe(ref y, 224), s15 = Vector512.LoadUnsafe(ref y, 240);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref w, rows[i]);
            Vector512<float> v = Vector512.Create(x[i]);
            s0 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row), s0);
            s1 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 16), s1);
            s2 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 32), s2);
            s3 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 48), s3);
            s4 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 64), s4);
            s5 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 80), s5);
            s6 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 96), s6);
            s7 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 112), s7);
            s8 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 128), s8);
            s9 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 144), s9);
            s10 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 160), s10);
            s11 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 176), s11);
            s12 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 192), s12);
            s13 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 208), s13);
            s14 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 224), s14);
            s15 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 240), s15);
        }

        s0.StoreUnsafe(ref y);
        s1.StoreUnsafe(ref y, 16);
        s2.StoreUnsafe(ref y, 32);
        s3.StoreUnsafe(ref y, 48);
        s4.StoreUnsafe(ref y, 64);
        s5.StoreUnsafe(ref y, 80);
        s6.StoreUnsafe(ref y, 96);
        s7.StoreUnsafe(ref y, 112);
        s8.StoreUnsafe(ref y, 128);
        s9.StoreUnsafe(ref y, 144);
        s10.StoreUnsafe(ref y, 160);
        s11.StoreUnsafe(ref y, 176);
        s12.StoreUnsafe(ref y, 192);
        s13.StoreUnsafe(ref y, 208);
        s14.StoreUnsafe(ref y, 224);
        s15.StoreUnsafe(ref y, 240);
    }

    private static void Columns128(ref float w, ReadOnlySpan<int> rows, ReadOnlySpan<float> x, ref float y)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            Columns64(ref w, rows, x, ref y);
            Columns64(ref Unsafe.Add(ref w, 64), rows, x, ref Unsafe.Add(ref y, 64));
            return;
        }

        Vector512<float> s0 = Vector512.LoadUnsafe(ref y), s1 = Vector512.LoadUnsafe(ref y, 16);
        Vector512<float> s2 = Vector512.LoadUnsafe(ref y, 32), s3 = Vector512.LoadUnsafe(ref y, 48);
        Vector512<float> s4 = Vector512.LoadUnsafe(ref y, 64), s5 = Vector512.LoadUnsafe(ref y, 80);
        Vector512<float> s6 = Vector512.LoadUnsafe(ref y, 96), s7 = Vector512.LoadUnsafe(ref y, 112);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref w, rows[i]);
            Vector512<float> v = Vector512.Create(x[i]);
            s0 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row), s0);
            s1 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 16), s1);
            s2 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 32), s2);
            s3 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 48), s3);
            s4 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 64), s4);
            s5 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 80), s5);
            s6 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 96), s6);
            s7 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref row, 112), s7);
        }

        s0.StoreUnsafe(ref y);
        s1.StoreUnsafe(ref y, 16);
        s2.StoreUnsafe(ref y, 32);
        s3.StoreUnsafe(ref y, 48);
        s4.StoreUnsafe(ref y, 64);
        s5.StoreUnsafe(ref y, 80);
        s6.StoreUnsafe(ref y, 96);
        s7.StoreUnsafe(ref y, 112);
    }

    private static void Columns64(ref float w, ReadOnlySpan<int> rows, ReadOnlySpan<float> x, ref float y)
    {
        Vector256<float> s0 = Vector256.LoadUnsafe(ref y), s1 = Vector256.LoadUnsafe(ref y, 8);
        Vector256<float> s2 = Vector256.LoadUnsafe(ref y, 16), s3 = Vector256.LoadUnsafe(ref y, 24);
        Vector256<float> s4 = Vector256.LoadUnsafe(ref y, 32), s5 = Vector256.LoadUnsafe(ref y, 40);
        Vector256<float> s6 = Vector256.LoadUnsafe(ref y, 48), s7 = Vector256.LoadUnsafe(ref y, 56);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref w, rows[i]);
            Vector256<float> v = Vector256.Create(x[i]);
            s0 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row), s0);
            s1 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 8), s1);
            s2 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 16), s2);
            s3 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 24), s3);
            s4 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 32), s4);
            s5 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 40), s5);
            s6 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 48), s6);
            s7 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 56), s7);
        }

        s0.StoreUnsafe(ref y);
        s1.StoreUnsafe(ref y, 8);
        s2.StoreUnsafe(ref y, 16);
        s3.StoreUnsafe(ref y, 24);
        s4.StoreUnsafe(ref y, 32);
        s5.StoreUnsafe(ref y, 40);
        s6.StoreUnsafe(ref y, 48);
        s7.StoreUnsafe(ref y, 56);
    }

    private static void Columns48(ref float w, ReadOnlySpan<int> rows, ReadOnlySpan<float> x, ref float y)
    {
        Vector256<float> s0 = Vector256.LoadUnsafe(ref y), s1 = Vector256.LoadUnsafe(ref y, 8);
        Vector256<float> s2 = Vector256.LoadUnsafe(ref y, 16), s3 = Vector256.LoadUnsafe(ref y, 24);
        Vector256<float> s4 = Vector256.LoadUnsafe(ref y, 32), s5 = Vector256.LoadUnsafe(ref y, 40);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref w, rows[i]);
            Vector256<float> v = Vector256.Create(x[i]);
            s0 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row), s0);
            s1 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 8), s1);
            s2 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 16), s2);
            s3 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 24), s3);
            s4 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 32), s4);
            s5 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 40), s5);
        }

        s0.StoreUnsafe(ref y);
        s1.StoreUnsafe(ref y, 8);
        s2.StoreUnsafe(ref y, 16);
        s3.StoreUnsafe(ref y, 24);
        s4.StoreUnsafe(ref y, 32);
        s5.StoreUnsafe(ref y, 40);
    }

    private static void Columns32(ref float w, ReadOnlySpan<int> rows, ReadOnlySpan<float> x, ref float y)
    {
        Vector256<float> s0 = Vector256.LoadUnsafe(ref y), s1 = Vector256.LoadUnsafe(ref y, 8);
        Vector256<float> s2 = Vector256.LoadUnsafe(ref y, 16), s3 = Vector256.LoadUnsafe(ref y, 24);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref w, rows[i]);
            Vector256<float> v = Vector256.Create(x[i]);
            s0 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row), s0);
            s1 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 8), s1);
            s2 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 16), s2);
            s3 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 24), s3);
        }

        s0.StoreUnsafe(ref y);
        s1.StoreUnsafe(ref y, 8);
        s2.StoreUnsafe(ref y, 16);
        s3.StoreUnsafe(ref y, 24);
    }

    private static void Columns16(ref float w, ReadOnlySpan<int> rows, ReadOnlySpan<float> x, ref float y)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> s0 = Vector256.LoadUnsafe(ref y), s1 = Vector256.LoadUnsafe(ref y, 8);
            for (int i = 0; i < rows.Length; i++)
            {
                ref float row = ref Unsafe.Add(ref w, rows[i]);
                Vector256<float> v = Vector256.Create(x[i]);
                s0 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row), s0);
                s1 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref row, 8), s1);
            }

            s0.StoreUnsafe(ref y);
            s1.StoreUnsafe(ref y, 8);
            return;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref w, rows[i]);
            for (int j = 0; j < 16; j++)
            {
                Unsafe.Add(ref y, j) = MathF.FusedMultiplyAdd(x[i], Unsafe.Add(ref row, j), Unsafe.Add(ref y, j));
            }
        }
    }

    // Eight rows side by side, each added up as Dot does.
    internal static void EightDots(ref float rows, int stride, ref float d, int whole, ref float end, bool broken, ref float z)
    {
        ref float row1 = ref Unsafe.Add(ref rows, stride), row2 = ref Unsafe.Add(ref row1, stride);
        ref float row3 = ref Unsafe.Add(ref row2, stride), row4 = ref Unsafe.Add(ref row3, stride);
        ref float row5 = ref Unsafe.Add(ref row4, stride), row6 = ref Unsafe.Add(ref row5, stride);
        ref float row7 = ref Unsafe.Add(ref row6, stride);
        Vector512<float> s0 = Vector512<float>.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (nuint j = 0; j < (nuint)whole; j += 16)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref d, j);
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref rows, j), v, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row1, j), v, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row2, j), v, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row3, j), v, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row4, j), v, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row5, j), v, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row6, j), v, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row7, j), v, s7);
        }

        if (broken)
        {
            nuint j = (nuint)whole;
            Vector512<float> v = Vector512.LoadUnsafe(ref end);
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref rows, j), v, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row1, j), v, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row2, j), v, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row3, j), v, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row4, j), v, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row5, j), v, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row6, j), v, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row7, j), v, s7);
        }

        FoldEight(s0, s1, s2, s3, s4, s5, s6, s7).StoreUnsafe(ref z);
    }

    // Four rows side by side, each added up as Dot does.
    internal static void FourDots(ref float rows, int stride, ref float d, int whole, ref float end, bool broken, ref float z)
    {
        ref float row1 = ref Unsafe.Add(ref rows, stride), row2 = ref Unsafe.Add(ref row1, stride);
        ref float row3 = ref Unsafe.Add(ref row2, stride);
        Vector256<float> low0 = Vector256<float>.Zero, low1 = low0, low2 = low0, low3 = low0;
        Vector256<float> high0 = low0, high1 = low0, high2 = low0, high3 = low0;
        for (nuint j = 0; j < (nuint)whole; j += 16)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref d, j), high = Vector256.LoadUnsafe(ref d, j + 8);
            low0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, j), low, low0);
            high0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, j + 8), high, high0);
            low1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row1, j), low, low1);
            high1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row1, j + 8), high, high1);
            low2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row2, j), low, low2);
            high2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row2, j + 8), high, high2);
            low3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row3, j), low, low3);
            high3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row3, j + 8), high, high3);
        }

        if (broken)
        {
            nuint j = (nuint)whole;
            Vector256<float> low = Vector256.LoadUnsafe(ref end), high = Vector256.LoadUnsafe(ref end, 8);
            low0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, j), low, low0);
            high0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, j + 8), high, high0);
            low1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row1, j), low, low1);
            high1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row1, j + 8), high, high1);
            low2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row2, j), low, low2);
            high2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row2, j + 8), high, high2);
            low3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row3, j), low, low3);
            high3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row3, j + 8), high, high3);
        }

        FoldFour(low0 + high0, low1 + high1, low2 + high2, low3 + high3).StoreUnsafe(ref z);
    }

    // Σ_j row[j] d[j] over the whole vectors of d and, when there is a broken one, its copy at end.
    internal static float Dot(ref float row, ref float d, int whole, ref float end, bool broken)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int j = 0; j < whole; j += 16)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, (nuint)j), Vector512.LoadUnsafe(ref d, (nuint)j), sum);
            }

            if (broken)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, (nuint)whole), Vector512.LoadUnsafe(ref end), sum);
            }

            return Fold(sum.GetLower() + sum.GetUpper());
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> low = Vector256<float>.Zero, high = Vector256<float>.Zero;
            for (int j = 0; j < whole; j += 16)
            {
                low = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, (nuint)j), Vector256.LoadUnsafe(ref d, (nuint)j), low);
                high = Vector256.FusedMultiplyAdd(
                    Vector256.LoadUnsafe(ref row, (nuint)j + 8), Vector256.LoadUnsafe(ref d, (nuint)j + 8), high);
            }

            if (broken)
            {
                low = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, (nuint)whole), Vector256.LoadUnsafe(ref end), low);
                high = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, (nuint)whole + 8), Vector256.LoadUnsafe(ref end, 8), high);
            }

            return Fold(low + high);
        }

        Span<float> partial = stackalloc float[16];
        partial.Clear();
        for (int j = 0; j < whole; j++)
        {
            partial[j % 16] = MathF.FusedMultiplyAdd(Unsafe.Add(ref row, j), Unsafe.Add(ref d, j), partial[j % 16]);
        }

        for (int j = 0; broken && j < 16; j++)
        {
            partial[j] = MathF.FusedMultiplyAdd(Unsafe.Add(ref row, whole + j), Unsafe.Add(ref end, j), partial[j]);
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int j = 0; j < half; j++)
            {
                partial[j] += partial[j + half];
            }
        }

        return partial[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(Vector256<float> sum)
    {
        Vector128<float> four = sum.GetLower() + sum.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 1, 1, 1))).ToScalar();
    }

    // What Fold does, for four sums at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> FoldFour(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector128<float> fourA = a.GetLower() + a.GetUpper(), fourB = b.GetLower() + b.GetUpper();
        Vector128<float> fourC = c.GetLower() + c.GetUpper(), fourD = d.GetLower() + d.GetUpper();
        Vector128<float> ab = Sse.MoveLowToHigh(fourA, fourB) + Sse.MoveHighToLow(fourB, fourA);
        Vector128<float> cd = Sse.MoveLowToHigh(fourC, fourD) + Sse.MoveHighToLow(fourD, fourC);
        return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
    }

    // The same for eight sums of sixteen: each addition folds two, four and eight of them in halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> FoldEight(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d,
        Vector512<float> e, Vector512<float> f, Vector512<float> g, Vector512<float> h)
    {
        Vector512<float> abcd = FoldToQuarters(a, b, c, d), efgh = FoldToQuarters(e, f, g, h);
        Vector512<float> twos = Avx512F.Shuffle(abcd, efgh, 0b01_00_01_00) + Avx512F.Shuffle(abcd, efgh, 0b11_10_11_10);
        Vector512<float> ones = twos + Avx512F.Permute4x32(twos, 0b10_11_00_01);
        return Avx512F.PermuteVar16x32(ones, Vector512.Create(0, 4, 8, 12, 2, 6, 10, 14, 0, 4, 8, 12, 2, 6, 10, 14)).GetLower();
    }

    // Each sum of sixteen folded twice; the four that remain of each are a quarter of the result.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FoldToQuarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> ab = Avx512F.Shuffle4x128(a, b, 0b01_00_01_00) + Avx512F.Shuffle4x128(a, b, 0b11_10_11_10);
        Vector512<float> cd = Avx512F.Shuffle4x128(c, d, 0b01_00_01_00) + Avx512F.Shuffle4x128(c, d, 0b11_10_11_10);
        return Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01);
    }
}
