using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>The three products of one shape, each as a loop over rows and columns, row by row with TensorPrimitives, and as the kernel.</summary>
internal sealed class MatVecCase(int inputs, int outputs)
{
    // So small that the weights stay what they are over any number of updates.
    private const float Rate = 1e-30f;
    private readonly PaddedMatrix weights = Inputs.Matrix(inputs, outputs, 2016);
    private readonly float[][] rows = [.. Enumerable.Range(0, inputs).Select(i => Inputs.Signals(outputs, 2016 + i))];
    private readonly float[] x = Inputs.Signals(inputs, 1);
    private readonly float[] d = Inputs.Signals(outputs, 2);
    private readonly float[] y = new float[outputs];
    private readonly float[] z = new float[inputs];

    public void ForwardLoop()
    {
        for (int j = 0; j < y.Length; j++)
        {
            float sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += rows[i][j] * x[i];
            }

            y[j] = sum;
        }
    }

    public void ForwardTensors()
    {
        Array.Clear(y);
        for (int i = 0; i < x.Length; i++)
        {
            TensorPrimitives.FusedMultiplyAdd(rows[i], x[i], y, y);
        }
    }

    public void Forward() => MatVec.Forward(weights, x, y);

    public void BackwardLoop()
    {
        for (int i = 0; i < z.Length; i++)
        {
            float sum = 0;
            for (int j = 0; j < d.Length; j++)
            {
                sum += rows[i][j] * d[j];
            }

            z[i] = sum;
        }
    }

    public void BackwardTensors()
    {
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = TensorPrimitives.Dot<float>(rows[i], d);
        }
    }

    public void Backward() => MatVec.Backward(weights, d, z);

    public void OuterLoop()
    {
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < d.Length; j++)
            {
                rows[i][j] += Rate * x[i] * d[j];
            }
        }
    }

    public void OuterTensors()
    {
        for (int i = 0; i < x.Length; i++)
        {
            TensorPrimitives.FusedMultiplyAdd(d, Rate * x[i], rows[i], rows[i]);
        }
    }

    public void AddOuter() => MatVec.AddOuter(weights, Rate, x, d);
}
