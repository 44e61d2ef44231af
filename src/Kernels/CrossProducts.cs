using System.Numerics;

namespace Crosspoint.Kernels;

/// <summary>Running sums of products in double precision: X Yᵀ and X Xᵀ over many samples, as least squares need them.</summary>
/// <remarks>
/// Samples are numbers of single precision, kept as doubles: their products are exact, so that fused or not, in blocks or one by one, each sum
/// is rounded once a sample, in the order of the samples. The same bits at every vector width.
/// </remarks>
public static class CrossProducts
{
    private const int AtATime = 4;

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
        for (int i = 0; i < inputs && count > 0; i++)
        {
            AddRow(sums.Slice(i * outputs, outputs), x[i..], width, y, outputs, count);
        }
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
        for (int i = 0; i < inputs && count > 0; i++)
        {
            AddRow(sums.Slice(i * inputs, i + 1), x[i..], inputs, x, inputs, count);
        }
    }

    // row[j] += Σ_n a[n] y[n, j]; four samples at a time, so that the row is loaded and stored once for them.
    private static void AddRow(Span<double> row, ReadOnlySpan<double> a, int stride, ReadOnlySpan<double> y, int outputs, int count)
    {
        int n = 0;
        for (; n <= count - AtATime; n += AtATime)
        {
            double a0 = a[n * stride], a1 = a[(n + 1) * stride], a2 = a[(n + 2) * stride], a3 = a[(n + 3) * stride];
            ReadOnlySpan<double> y0 = y.Slice(n * outputs, row.Length), y1 = y.Slice((n + 1) * outputs, row.Length);
            ReadOnlySpan<double> y2 = y.Slice((n + 2) * outputs, row.Length), y3 = y.Slice((n + 3) * outputs, row.Length);
            int j = 0;
            for (; j <= row.Length - Vector<double>.Count; j += Vector<double>.Count)
            {
                Vector<double> sum = Load(row, j) + (Load(y0, j) * a0);
                sum += Load(y1, j) * a1;
                sum += Load(y2, j) * a2;
                sum += Load(y3, j) * a3;
                sum.CopyTo(row[j..]);
            }

            for (; j < row.Length; j++)
            {
                row[j] = row[j] + (a0 * y0[j]) + (a1 * y1[j]) + (a2 * y2[j]) + (a3 * y3[j]);
            }
        }

        for (; n < count; n++)
        {
            double factor = a[n * stride];
            ReadOnlySpan<double> other = y.Slice(n * outputs, row.Length);
            int j = 0;
            for (; j <= row.Length - Vector<double>.Count; j += Vector<double>.Count)
            {
                (Load(row, j) + (Load(other, j) * factor)).CopyTo(row[j..]);
            }

            for (; j < row.Length; j++)
            {
                row[j] += factor * other[j];
            }
        }
    }

    private static Vector<double> Load(ReadOnlySpan<double> values, int at) => new(values[at..]);
}
