using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Running sums of products in double precision: X Yᵀ and X Xᵀ over many samples, as least squares need them.</summary>
/// <remarks>
/// Samples are numbers of single precision, kept as doubles: their products are exact, so that fused or not, in blocks or one by one, each sum
/// is rounded once a sample, in the order of the samples. The same bits at every vector width.
/// </remarks>
public static class CrossProducts
{
    private const int RowsAtATime = 4;
    private const int Lanes = 8;

    /// <summary>sums[i, j] += Σ_n x[n, i] y[n, j].</summary>
    /// <param name="sums">Row by row, shape [inputs, outputs].</param>
    /// <param name="x">Samples, each a number of single precision, shape [count or more, inputs].</param>
    /// <param name="inputs">Numbers of an x that are taken, at most its width.</param>
    /// <param name="width">Numbers from one x to the next.</param>
    /// <param name="y">Samples, each a number of single precision, shape [count or more, outputs].</param>
    /// <param name="outputs">Numbers of a y.</param>
    /// <param name="count">Samples, at least 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Add(Span<double> sums, ReadOnlySpan<double> x, int inputs, int width, ReadOnlySpan<double> y, int outputs, int count)
    {
        ThrowHelper.RequireInRange(nameof(inputs), 0, width, inputs);
        ThrowHelper.RequireLength(nameof(sums), checked(inputs * outputs), sums.Length);
        ThrowHelper.RequireAtLeast(nameof(x), checked(count * width), x.Length);
        ThrowHelper.RequireAtLeast(nameof(y), checked(count * outputs), y.Length);
        AddRows(sums, x, inputs, width, y, outputs, count, isLower: false);
    }

    /// <summary>sums[i, j] += Σ_n x[n, i] x[n, j] for j up to i: the lower triangle of a symmetric matrix; the rest is neither read nor written.</summary>
    /// <param name="sums">Row by row, shape [inputs, inputs].</param>
    /// <param name="x">Samples, each a number of single precision, shape [count or more, inputs].</param>
    /// <param name="inputs">Numbers of an x.</param>
    /// <param name="count">Samples, at least 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void AddSymmetric(Span<double> sums, ReadOnlySpan<double> x, int inputs, int count)
    {
        ThrowHelper.RequireLength(nameof(sums), checked(inputs * inputs), sums.Length);
        ThrowHelper.RequireAtLeast(nameof(x), checked(count * inputs), x.Length);
        AddRows(sums, x, inputs, inputs, x, inputs, count, isLower: true);
    }

    // Four rows at a time, eight columns in registers over all samples; what is left over, one sum at a time.
    private static void AddRows(
        Span<double> sums, ReadOnlySpan<double> x, int rows, int width, ReadOnlySpan<double> y, int outputs, int count, bool isLower)
    {
        int done = 0;
        if (Vector256.IsHardwareAccelerated && count > 0)
        {
            for (; done <= rows - RowsAtATime; done += RowsAtATime)
            {
                int columns = (isLower ? done + 1 : outputs) / Lanes * Lanes;
                for (int j = 0; j < columns; j += Lanes)
                {
                    FourRows(ref sums[(done * outputs) + j], outputs, in x[done], width, in y[j], count);
                }

                for (int i = done; i < done + RowsAtATime; i++)
                {
                    OneRow(sums.Slice(i * outputs, isLower ? i + 1 : outputs), columns, x[i..], width, y, outputs, count);
                }
            }
        }

        for (int i = done; i < rows && count > 0; i++)
        {
            OneRow(sums.Slice(i * outputs, isLower ? i + 1 : outputs), 0, x[i..], width, y, outputs, count);
        }
    }

    private static void FourRows(ref double sums, int stride, in double x, int width, in double y, int count)
    {
        ref double from = ref Unsafe.AsRef(in x), other = ref Unsafe.AsRef(in y);
        Vector512<double> s0 = Vector512.LoadUnsafe(ref sums), s1 = Vector512.LoadUnsafe(ref sums, (nuint)stride);
        Vector512<double> s2 = Vector512.LoadUnsafe(ref sums, (nuint)(2 * stride)), s3 = Vector512.LoadUnsafe(ref sums, (nuint)(3 * stride));
        for (nuint n = 0; n < (nuint)count; n++)
        {
            Vector512<double> v = Vector512.LoadUnsafe(ref other, n * (nuint)stride);
            ref double factor = ref Unsafe.Add(ref from, n * (nuint)width);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(factor), v, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref factor, 1)), v, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref factor, 2)), v, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref factor, 3)), v, s3);
        }

        s0.StoreUnsafe(ref sums);
        s1.StoreUnsafe(ref sums, (nuint)stride);
        s2.StoreUnsafe(ref sums, (nuint)(2 * stride));
        s3.StoreUnsafe(ref sums, (nuint)(3 * stride));
    }

    private static void OneRow(Span<double> row, int first, ReadOnlySpan<double> x, int width, ReadOnlySpan<double> y, int outputs, int count)
    {
        for (int j = first; j < row.Length; j++)
        {
            double sum = row[j];
            for (int n = 0; n < count; n++)
            {
                sum += x[n * width] * y[(n * outputs) + j];
            }

            row[j] = sum;
        }
    }
}
