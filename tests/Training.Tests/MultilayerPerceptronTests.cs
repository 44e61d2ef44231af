using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class MultilayerPerceptronTests
{
    /// <summary>
    /// A step at rate 1 moves every weight by minus the slope of the loss, measured by central differences of 10⁻⁵ on the plainest form of
    /// the network in double precision. Float rounding allows 2 · 10⁻⁶.
    /// </summary>
    [Property(MaxTest = 20)]
    public void A_digital_step_goes_down_the_slope_of_the_loss(DataSeed data)
    {
        Random random = data.Random();
        int[] widths = [5, 7, 4, 3];
        DigitalSgd[] matrices = [.. Enumerable.Range(1, 3).Select(k => new DigitalSgd(widths[k - 1] + 1, widths[k]))];
        foreach (DigitalSgd matrix in matrices)
        {
            matrix.Program(random.Matrix(matrix.Inputs, matrix.Outputs));
        }

        double[][,] before = [.. matrices.Select(Copy)];
        double[] x = [.. random.Signals(5).Select(v => (double)v)];
        int label = random.Next(3);
        MultilayerPerceptron network = new(matrices);
        x.Select(v => (float)v).ToArray().CopyTo(network.Input);
        double loss = network.Train(label, 1, default);

        Assert.InRange(loss - Loss(before, x, label), -1e-5, 1e-5);
        for (int k = 0; k < matrices.Length; k++)
        {
            for (int i = 0; i < matrices[k].Inputs; i++)
            {
                for (int j = 0; j < matrices[k].Outputs; j++)
                {
                    double weight = before[k][i, j];
                    before[k][i, j] = weight + 1e-5;
                    double above = Loss(before, x, label);
                    before[k][i, j] = weight - 1e-5;
                    double below = Loss(before, x, label);
                    before[k][i, j] = weight;
                    double slope = (above - below) / 2e-5, step = matrices[k].Weights[i, j] - weight;
                    Assert.InRange(step + slope, -2e-6, 2e-6);
                }
            }
        }
    }

    [Fact]
    public void Classify_names_the_most_probable_class()
    {
        DigitalSgd matrix = new(4, 3);
        PaddedMatrix weights = new(4, 3);
        weights[0, 2] = weights[1, 0] = weights[2, 1] = 3;
        matrix.Program(weights);
        MultilayerPerceptron network = new(matrix);
        int[] classes = new int[3];
        for (int i = 0; i < 3; i++)
        {
            network.Input.Clear();
            network.Input[i] = 1;
            classes[i] = network.Classify(default);
            Assert.Equal(1, network.Probabilities.ToArray().Sum(), 1e-6f);
        }

        Assert.Equal([2, 0, 1], classes);
    }

    [Fact]
    public void Widths_of_neighbours_that_differ_are_refused()
    {
        Rejected.With("matrices", "7 + 1", 7, () => new MultilayerPerceptron(new DigitalSgd(6, 7), new DigitalSgd(7, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultilayerPerceptron());
    }

    private static double[,] Copy(DigitalSgd matrix)
    {
        double[,] weights = new double[matrix.Inputs, matrix.Outputs];
        for (int i = 0; i < matrix.Inputs; i++)
        {
            for (int j = 0; j < matrix.Outputs; j++)
            {
                weights[i, j] = matrix.Weights[i, j];
            }
        }

        return weights;
    }

    // x_j = f(Σ_i w_ij x_i + w_bias,j), softmax at the output, -ln p of the label.
    private static double Loss(double[][,] layers, double[] x, int label)
    {
        double[] values = x;
        for (int k = 0; k < layers.Length; k++)
        {
            double[,] w = layers[k];
            double[] sums = new double[w.GetLength(1)];
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j] = w[values.Length, j];
                for (int i = 0; i < values.Length; i++)
                {
                    sums[j] += w[i, j] * values[i];
                }
            }

            values = k + 1 < layers.Length ? [.. sums.Select(s => 1 / (1 + Math.Exp(-s)))] : sums;
        }

        return Math.Log(values.Sum(Math.Exp)) - values[label];
    }
}
