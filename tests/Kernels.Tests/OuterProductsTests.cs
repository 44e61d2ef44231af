using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class OuterProductsTests
{
    [Property]
    public void A_window_gives_the_bits_of_its_steps(Length steps, Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        double zeros = random.NextDouble() < 0.5 ? 0 : random.NextDouble();
        Check(steps.Value, inputs.Value, outputs.Value, zeros, random);
    }

    [Theory]
    [InlineData(100, 152, 256)]
    [InlineData(100, 129, 256)]
    [InlineData(300, 65, 87)]
    [InlineData(576, 26, 16)]
    public void A_window_gives_the_bits_of_its_steps_at_size(int steps, int inputs, int outputs) =>
        Check(steps, inputs, outputs, 0.001, new Random(steps));

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_before_anything_is_written()
    {
        PaddedMatrix weights = new(3, 20);
        weights.Values.Fill(7);
        Rejected.With("x", 3, 4, () => OuterProducts.Add(weights, 1, new PaddedMatrix(8, 4), new PaddedMatrix(8, 20), 8));
        Rejected.With("d", 20, 21, () => OuterProducts.Add(weights, 1, new PaddedMatrix(8, 3), new PaddedMatrix(8, 21), 8));
        Rejected.With("steps", 7, 8, () => OuterProducts.Add(weights, 1, new PaddedMatrix(8, 3), new PaddedMatrix(7, 20), 8));
        Rejected.With("steps", 0, -1, () => OuterProducts.Add(weights, 1, new PaddedMatrix(8, 3), new PaddedMatrix(8, 20), -1));
        Assert.Equal(-1, weights.Row(0).IndexOfAnyExcept(7));
    }

    private static void Check(int steps, int inputs, int outputs, double zeros, Random random)
    {
        PaddedMatrix window = random.Matrix(inputs, outputs), alone = new(inputs, outputs);
        window.Padded.CopyTo(alone.Padded);
        PaddedMatrix x = new(steps + 2, inputs), d = new(steps + 2, outputs);
        for (int n = 0; n < steps + 2; n++)
        {
            random.Signals(inputs, 1, zeros).CopyTo(x.Row(n));
            random.Signals(outputs, 1, 0.1).CopyTo(d.Row(n));
        }

        OuterProducts.Add(window, 0.3f, x, d, steps);
        for (int n = 0; n < steps; n++)
        {
            MatVec.AddOuter(alone, 0.3f, x.Row(n), d.Row(n));
        }

        Same.Bits(alone.Padded, window.Padded);
    }
}
