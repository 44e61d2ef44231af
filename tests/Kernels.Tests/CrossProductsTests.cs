using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 40)]
public class CrossProductsTests
{
    [Property]
    public void Sums_are_those_of_the_definition_to_the_bit(Length samples, Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        int count = samples.Value, width = inputs.Value + random.Next(5);
        double[] x = Singles(random, count * width), y = Singles(random, count * outputs.Value);
        double[] sums = Singles(random, inputs.Value * outputs.Value), expected = [.. sums];
        for (int n = 0; n < count; n++)
        {
            for (int at = 0; at < expected.Length; at++)
            {
                expected[at] += x[(n * width) + (at / outputs.Value)] * y[(n * outputs.Value) + (at % outputs.Value)];
            }
        }

        CrossProducts.Add(sums, x, inputs.Value, width, y, outputs.Value, count);
        Assert.Equal(expected, sums);
    }

    [Property]
    public void The_lower_triangle_of_a_symmetric_sum_is_that_of_the_whole_and_the_rest_is_left_alone(Length samples, Size inputs, DataSeed data)
    {
        Random random = data.Random();
        int n = inputs.Value;
        double[] x = Singles(random, samples.Value * n), before = Singles(random, n * n), whole = [.. before], lower = [.. before];
        CrossProducts.Add(whole, x, n, n, x, n, samples.Value);
        CrossProducts.AddSymmetric(lower, x, n, samples.Value);
        Assert.All(Enumerable.Range(0, n * n), at => Assert.Equal(at % n <= at / n ? whole[at] : before[at], lower[at]));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Rejected.With("inputs", 4, 5, () => CrossProducts.Add(new double[10], new double[8], 5, 4, new double[4], 2, 2));
        Rejected.With("sums", 6, 5, () => CrossProducts.Add(new double[5], new double[6], 3, 3, new double[4], 2, 2));
        Rejected.With("x", 6, 5, () => CrossProducts.Add(new double[6], new double[5], 3, 3, new double[4], 2, 2));
        Rejected.With("y", 4, 3, () => CrossProducts.Add(new double[6], new double[6], 3, 3, new double[3], 2, 2));
        Rejected.With("sums", 9, 8, () => CrossProducts.AddSymmetric(new double[8], new double[6], 3, 2));
    }

    private static double[] Singles(Random random, int count) => [.. random.Signals(count, 3, 0.1).Select(value => (double)value)];
}
