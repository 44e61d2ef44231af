using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Symmetric positive definite systems of equations in double precision, by A = L Lᵀ in blocks.</summary>
/// <remarks>
/// Columns are taken 64 at a time; what stands to their left is subtracted by products of rows, 256 columns at a time, which stay in the
/// second cache. Every product has eight partial sums, folded in halves: the same bits at every vector width.
/// </remarks>
public static class Cholesky
{
    private const int Panel = 64;
    private const int Depth = 256;
    private const int Lanes = 8;

    /// <summary>Replaces the lower triangle of A by L; what stands above the diagonal is neither read nor written.</summary>
    /// <param name="a">A, row by row, shape [n, n].</param>
    /// <param name="n">Number of rows, at least 0.</param>
    /// <exception cref="ArgumentException">The length is not n², or A is not positive definite.</exception>
    public static void Factor(Span<double> a, int n)
    {
        ThrowHelper.RequireLength(nameof(a), checked(n * n), a.Length);
        for (int start = 0; start < n; start += Panel)
        {
            int end = Math.Min(start + Panel, n);
            for (int depth = 0; depth < start; depth += Depth)
            {
                SubtractProducts(a, n, start, end, depth, Math.Min(depth + Depth, start));
            }

            FactorPanel(a, n, start, end);
        }
    }

    /// <summary>Solves L Lᵀ x = b.</summary>
    /// <param name="l">What <see cref="Factor"/> wrote, shape [n, n].</param>
    /// <param name="b">The right side, shape [n]; receives x.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Solve(ReadOnlySpan<double> l, Span<double> b)
    {
        int n = b.Length;
        ThrowHelper.RequireLength(nameof(l), checked(n * n), l.Length);
        for (int i = 0; i < n; i++)
        {
            b[i] = (b[i] - Dot(l.Slice(i * n, i), b[..i])) / l[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= l[(i * n) + i];
            TensorPrimitives.FusedMultiplyAdd(l.Slice(i * n, i), -b[i], b[..i], b[..i]);
        }
    }

    // A[i, j] -= Σ_k A[i, k] A[j, k] for the columns of a panel and all rows from it on.
    private static void SubtractProducts(Span<double> a, int n, int start, int end, int from, int to)
    {
        int i = start;
        for (; Vector256.IsHardwareAccelerated && i <= n - 4; i += 4)
        {
            int last = Math.Min(end, i + 4), j = start;
            for (; j <= last - 2; j += 2)
            {
                EightDots(a, n, i, j, from, to);
            }

            for (; j < last; j++)
            {
                SubtractDots(a, n, i, i + 4, j, from, to);
            }
        }

        for (int j = start; j < end; j++)
        {
            SubtractDots(a, n, i, n, j, from, to);
        }
    }

    private static void SubtractDots(Span<double> a, int n, int firstRow, int lastRow, int j, int from, int to)
    {
        for (int i = Math.Max(firstRow, j); i < lastRow; i++)
        {
            a[(i * n) + j] -= Dot(a[((i * n) + from)..((i * n) + to)], a[((j * n) + from)..((j * n) + to)]);
        }
    }

    // Four rows with two: eight sums. Above the diagonal, where nothing is to be written, the old value is kept.
    private static void EightDots(Span<double> a, int n, int i, int j, int from, int to)
    {
        ref double r0 = ref a[(i * n) + from], r1 = ref a[((i + 1) * n) + from], r2 = ref a[((i + 2) * n) + from], r3 = ref a[((i + 3) * n) + from];
        ref double c0 = ref a[(j * n) + from], c1 = ref a[((j + 1) * n) + from];
        Vector512<double> s00 = Vector512<double>.Zero, s10 = s00, s20 = s00, s30 = s00, s01 = s00, s11 = s00, s21 = s00, s31 = s00;
        nuint length = (nuint)(to - from), k = 0;
        for (; k + Lanes <= length; k += Lanes)
        {
            Vector512<double> u = Vector512.LoadUnsafe(ref c0, k), v = Vector512.LoadUnsafe(ref c1, k);
            Vector512<double> r = Vector512.LoadUnsafe(ref r0, k);
            s00 = Vector512.FusedMultiplyAdd(r, u, s00);
            s01 = Vector512.FusedMultiplyAdd(r, v, s01);
            r = Vector512.LoadUnsafe(ref r1, k);
            s10 = Vector512.FusedMultiplyAdd(r, u, s10);
            s11 = Vector512.FusedMultiplyAdd(r, v, s11);
            r = Vector512.LoadUnsafe(ref r2, k);
            s20 = Vector512.FusedMultiplyAdd(r, u, s20);
            s21 = Vector512.FusedMultiplyAdd(r, v, s21);
            r = Vector512.LoadUnsafe(ref r3, k);
            s30 = Vector512.FusedMultiplyAdd(r, u, s30);
            s31 = Vector512.FusedMultiplyAdd(r, v, s31);
        }

        Subtract(a, n, i, j, Fold(s00), Fold(s01));
        Subtract(a, n, i + 1, j, Fold(s10), Fold(s11));
        Subtract(a, n, i + 2, j, Fold(s20), Fold(s21));
        Subtract(a, n, i + 3, j, Fold(s30), Fold(s31));
    }

    private static void Subtract(Span<double> a, int n, int i, int j, double first, double second)
    {
        a[(i * n) + j] -= j <= i ? first : 0;
        a[(i * n) + j + 1] -= j + 1 <= i ? second : 0;
    }

    private static void FactorPanel(Span<double> a, int n, int start, int end)
    {
        for (int i = start; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, Math.Min(i + 1, end));
            for (int j = start; j < row.Length; j++)
            {
                double rest = row[j] - Dot(row[start..j], a[((j * n) + start)..((j * n) + j)]);
                if (j < i)
                {
                    row[j] = rest / a[(j * n) + j];
                }
                else if (rest > 0)
                {
                    row[j] = Math.Sqrt(rest);
                }
                else
                {
                    throw new ArgumentException($"a: expected a positive definite matrix, got a pivot of {rest} in row {i}.", nameof(a));
                }
            }
        }
    }

    // Eight partial sums, element k in sum k mod 8; a last broken vector begins with the first sum.
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double from = ref MemoryMarshal.GetReference(x), other = ref MemoryMarshal.GetReference(y);
        Span<double> sums = stackalloc double[Lanes];
        int k = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector512<double> sum = Vector512<double>.Zero;
            for (; k <= x.Length - Lanes; k += Lanes)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref from, (nuint)k), Vector512.LoadUnsafe(ref other, (nuint)k), sum);
            }

            sum.CopyTo(sums);
        }
        else
        {
            sums.Clear();
        }

        for (; k < x.Length; k++)
        {
            sums[k % Lanes] = Math.FusedMultiplyAdd(x[k], y[k], sums[k % Lanes]);
        }

        return (sums[0] + sums[4] + (sums[2] + sums[6])) + (sums[1] + sums[5] + (sums[3] + sums[7]));
    }

    private static double Fold(Vector512<double> sums)
    {
        Vector256<double> four = sums.GetLower() + sums.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }
}
