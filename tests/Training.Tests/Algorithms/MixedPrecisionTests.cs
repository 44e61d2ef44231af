using Crosspoint.Devices;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 30)]
public class MixedPrecisionTests
{
    private const float Step = 1 / 256f;

    /// <summary>Updates that are whole in binary: after every update weights are the pulses that the plain form has given.</summary>
    [Property]
    public void Whole_pulses_go_to_the_rows_in_turn_and_the_rest_stays(Size inputs, Size outputs, Size every, Size most, DataSeed data)
    {
        int rows = 1 + (inputs.Value % 9), columns = 1 + (outputs.Value % 9), n_s = 1 + (every.Value % 9), largest = 1 + (most.Value % 5);
        ICrosspointArray array = Analog.Ideal(rows, columns, Step);
        MixedPrecision matrix = new(array, new() { Scale = 2 }, new() { Every = n_s, LargestPulses = largest }, 1, 1);
        double[,] chi = new double[rows, columns], weights = new double[rows, columns];
        Random random = data.Random();
        for (int n = 1; n <= 100; n++)
        {
            float[] x = [.. Enumerable.Range(0, rows).Select(_ => random.Next(-8, 9) / 8f)];
            float[] d = [.. Enumerable.Range(0, columns).Select(_ => random.Next(-8, 9) / 8f)];
            matrix.Update(x, d, 1 / 32f, new Moment(Phase.Train, (ulong)n));
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    // The rate is of the logical weights, twice those of the array.
                    chi[i, j] += x[i] * d[j] / 64.0;
                    if (n % n_s == 0 && i == ((n / n_s) - 1) % rows)
                    {
                        int pulses = Math.Clamp((int)Math.Truncate(chi[i, j] / Step), -largest, largest);
                        weights[i, j] += pulses * Step;
                        chi[i, j] -= pulses * Step;
                    }

                    Assert.Equal(weights[i, j], array.Weights[i, j]);
                }
            }
        }
    }

    /// <summary>A quadratic, |w - w*|² / 2 with exact devices: the weights end within a step of the minimum.</summary>
    [Fact]
    public void The_minimum_of_a_quadratic_is_found_to_a_step()
    {
        float[] minimum = [0.3f, -0.71f, 0.052f, -0.0009f];
        ICrosspointArray array = Analog.Ideal(1, 4, Step);
        MixedPrecision matrix = new(array, new(), new(), 1, 1);
        float[] d = new float[4];
        for (int n = 0; n < 2_000; n++)
        {
            for (int j = 0; j < d.Length; j++)
            {
                d[j] = minimum[j] - array.Weights[0, j];
            }

            matrix.Update([1], d, 0.05f, new Moment(Phase.Train, (ulong)n));
        }

        for (int j = 0; j < d.Length; j++)
        {
            Assert.Equal(minimum[j], array.Weights[0, j], Step);
        }

        // Whole pulses only: the way there and some back and forth around it.
        Assert.InRange(array.Counters.Coincidences, 1.06 / Step, 2 * 1.06 / Step);
    }

    /// <summary>Several pulses at one moment each have their own noise: their sum deviates by √n σ steps, not n σ.</summary>
    [Fact]
    public void Several_pulses_of_a_transfer_have_noise_of_their_own()
    {
        const int Columns = 2_000, Pulses = 16;
        ICrosspointArray array = Analog.Jittery(1, Columns, Step, 0.5f);
        MixedPrecision matrix = new(array, new(), new(), 3, 1);
        matrix.Update([1], [.. Enumerable.Repeat(1f, Columns)], (Pulses + 0.5f) * Step, default);
        (double mean, double variance) = Statistics.Moments([.. array.Weights.Row(0).ToArray().Select(w => (double)w / Step)]);
        double expected = Pulses * 0.25;
        Assert.InRange(mean - Pulses, -5 * Math.Sqrt(expected / Columns), 5 * Math.Sqrt(expected / Columns));
        Assert.InRange(variance / expected, 1 - (5 * Math.Sqrt(2.0 / Columns)), 1 + (5 * Math.Sqrt(2.0 / Columns)));
    }
}
