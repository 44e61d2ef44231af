using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class InitialWeightsTests
{
    [Property]
    public void Weights_stay_in_their_limits_and_the_bias_row_is_zero(Size inputs, Size outputs, Address address)
    {
        DigitalSgd matrix = new(inputs.Value + 1, outputs.Value);
        Check(InitialWeights.Glorot(matrix, address.At.Seed, 1), Math.Sqrt(6.0 / (inputs.Value + outputs.Value)));
        Check(InitialWeights.FanIn(matrix, address.At.Seed, 1), 1 / Math.Sqrt(inputs.Value));
        Check(InitialWeights.Uniform(matrix, 0.25f, address.At.Seed, 1), 0.25);
    }

    /// <summary>Fixed seed, 40,000 weights: Kolmogorov-Smirnov against the uniform law, √n D above 2.4 with probability 2 · 10⁻⁵.</summary>
    [Fact]
    public void Weights_are_uniform()
    {
        PaddedMatrix weights = InitialWeights.Uniform(new DigitalSgd(201, 200), 0.5f, 7, 2);
        float[] sample = [.. Enumerable.Range(0, 200).SelectMany(i => weights.Row(i).ToArray())];
        Assert.InRange(Statistics.KolmogorovSmirnov(sample, w => w + 0.5), 0.3, 2.4);
    }

    [Fact]
    public void Every_row_array_and_seed_has_weights_of_its_own()
    {
        DigitalSgd matrix = new(9, 4);
        HashSet<string> rows = [];
        foreach ((ulong seed, int id) in new (ulong, int)[] { (1, 1), (1, 2), (2, 1) })
        {
            PaddedMatrix weights = InitialWeights.Glorot(matrix, seed, id);
            for (int i = 0; i < 8; i++)
            {
                Assert.True(rows.Add(string.Join(' ', weights.Row(i).ToArray())));
            }

            Same.Bits(weights.Padded, InitialWeights.Glorot(matrix, seed, id).Padded);
        }
    }

    private static void Check(PaddedMatrix weights, double limit)
    {
        float largest = (float)limit;
        foreach (float w in weights.Padded)
        {
            Assert.InRange(w, -largest * 1.0000002f, largest * 1.0000002f);
        }

        Assert.Equal(-1, weights.Row(weights.Inputs - 1).IndexOfAnyExcept(0f));
        for (int i = 0; i < weights.Inputs - 1; i++)
        {
            Assert.NotEqual(-1, weights.Row(i).IndexOfAnyExcept(0f));
        }
    }
}
