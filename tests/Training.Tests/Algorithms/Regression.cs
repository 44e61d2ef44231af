using Crosspoint.Kernels;
using Crosspoint.Tests;

namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>Learns a matrix from its products with random inputs: y = Wᵀ x, loss |Wᵀ x - y|² / 2.</summary>
internal sealed class Regression(IWeightMatrix matrix, int seed)
{
    private readonly Random random = new(seed);
    private readonly PaddedMatrix target = new Random(7).Matrix(matrix.Inputs, matrix.Outputs);
    private readonly float[] x = new float[matrix.Inputs];
    private readonly float[] y = new float[matrix.Outputs];
    private readonly float[] d = new float[matrix.Outputs];
    private readonly float[] z = new float[matrix.Inputs];
    private ulong step;

    /// <summary>Weights sought are uniform within ± this.</summary>
    public float Range { get; init; } = 0.3f;

    /// <summary>Deviation of noise in the targets: what keeps gradients from vanishing at the minimum.</summary>
    public float TargetNoise { get; init; } = 0.2f;

    /// <summary>The products of the last backward read.</summary>
    public ReadOnlySpan<float> Products => z;

    public void Run(int steps, float rate)
    {
        for (int n = 0; n < steps; n++, step++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = (2 * random.NextSingle()) - 1;
            }

            Moment moment = new(Phase.Train, step);
            matrix.Forward(x, y, moment);
            for (int j = 0; j < d.Length; j++)
            {
                double sought = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    sought += Sought(i, j) * x[i];
                }

                d[j] = (float)(sought + (TargetNoise * ((2 * random.NextDouble()) - 1)) - y[j]);
            }

            matrix.Backward(d, z, moment);
            matrix.Update(x, d, rate, moment);
        }
    }

    /// <summary>Mean square of the weights' errors over that of the weights sought: 1 for an array of zeros.</summary>
    public double Error()
    {
        double error = 0, power = 0;
        PaddedMatrix weights = matrix.Weights;
        for (int i = 0; i < matrix.Inputs; i++)
        {
            for (int j = 0; j < matrix.Outputs; j++)
            {
                error += Math.Pow(weights[i, j] - Sought(i, j), 2);
                power += Math.Pow(Sought(i, j), 2);
            }
        }

        return error / power;
    }

    private float Sought(int i, int j) => Range * target[i, j];
}
