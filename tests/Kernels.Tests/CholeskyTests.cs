using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 20)]
public class CholeskyTests
{
    [Property]
    public void L_times_its_transpose_is_the_matrix(Length size, DataSeed data) => Check(size.Value, data.Random());

    [Theory]
    [InlineData(321)]
    [InlineData(450)]
    public void L_times_its_transpose_is_the_matrix_over_several_blocks(int n) => Check(n, new Random(n));

    [Fact]
    public void The_same_bits_at_every_width()
    {
        using Fingerprint fingerprint = new();
        foreach (int n in new[] { 1, 7, 64, 65, 131, 330 })
        {
            double[] a = PositiveDefinite(n, new Random(n)), b = [.. Enumerable.Range(0, n).Select(i => i - 3.5)];
            Cholesky.Factor(a, n);
            Cholesky.Solve(a, b);
            fingerprint.Add(a);
            fingerprint.Add(b);
        }

        fingerprint.AssertIs("0b26daa141536eeaae5b9c2f139002dfe0f5c8e684a2a7a4339c9b314a032262");
    }

    [Fact]
    public void Matrices_that_are_not_positive_definite_or_square_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Cholesky.Factor([1, 0, 2, 1], 2));
        Assert.Throws<ArgumentException>(() => Cholesky.Factor([double.NaN], 1));
        Rejected.With("a", 9, 8, () => Cholesky.Factor(new double[8], 3));
        Rejected.With("l", 9, 8, () => Cholesky.Solve(new double[8], new double[3]));
    }

    private static void Check(int n, Random random)
    {
        double[] a = PositiveDefinite(n, random);
        Guarded<double> l = new(a);
        Cholesky.Factor(l.Span, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (j > i)
                {
                    Assert.Equal(a[(i * n) + j], l.Span[(i * n) + j]);
                    continue;
                }

                double product = 0;
                for (int k = 0; k <= j; k++)
                {
                    product += l.Span[(i * n) + k] * l.Span[(j * n) + k];
                }

                Assert.InRange(product - a[(i * n) + j], -1e-11 * n, 1e-11 * n);
            }
        }

        double[] x = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        Guarded<double> b = new([.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => a[(Math.Max(i, j) * n) + Math.Min(i, j)] * x[j]))]);
        Cholesky.Solve(l.Span, b.Span);
        for (int i = 0; i < n; i++)
        {
            Assert.InRange(b.Span[i] - x[i], -1e-9, 1e-9);
        }

        l.AssertGuardsIntact();
        b.AssertGuardsIntact();
    }

    // B Bᵀ / n + 1; above the diagonal stands what must not matter.
    private static double[] PositiveDefinite(int n, Random random)
    {
        double[] b = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)], a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < n; k++)
                {
                    sum += b[(i * n) + k] * b[(j * n) + k] / n;
                }

                a[(i * n) + j] = j <= i ? sum : 77;
            }
        }

        return a;
    }
}
