namespace Crosspoint.Training.Tests;

/// <summary>The language model as its equations say it, in double precision, one symbol after the other.</summary>
internal sealed class PlainLanguageModel(double[][,] weights)
{
    private readonly double[][] hidden = [.. weights.SkipLast(1).Select(w => new double[w.GetLength(1) / 4])];
    private readonly double[][] cells = [.. weights.SkipLast(1).Select(w => new double[w.GetLength(1) / 4])];

    public static double[][,] Copy(LanguageModel model) => [.. model.Matrices.Select(Copy)];

    public static double[,] Copy(IWeightMatrix matrix)
    {
        double[,] copy = new double[matrix.Inputs, matrix.Outputs];
        for (int i = 0; i < matrix.Inputs; i++)
        {
            for (int j = 0; j < matrix.Outputs; j++)
            {
                copy[i, j] = matrix.Weights[i, j];
            }
        }

        return copy;
    }

    /// <summary>Cross-entropy summed over the symbols, in nats.</summary>
    public double Read(ReadOnlySpan<byte> symbols)
    {
        double loss = 0;
        for (int t = 0; t + 1 < symbols.Length; t++)
        {
            double[] u = new double[weights[^1].GetLength(1)];
            u[symbols[t]] = 1;
            for (int k = 0; k < hidden.Length; k++)
            {
                int n = hidden[k].Length;
                double[] a = Product(weights[k], [.. u, .. hidden[k], 1]);
                for (int j = 0; j < n; j++)
                {
                    cells[k][j] = (Sigmoid(a[n + j]) * cells[k][j]) + (Sigmoid(a[j]) * Math.Tanh(a[(2 * n) + j]));
                    hidden[k][j] = Sigmoid(a[(3 * n) + j]) * Math.Tanh(cells[k][j]);
                }

                u = hidden[k];
            }

            double[] y = Product(weights[^1], [.. u, 1]);
            loss += Math.Log(y.Sum(Math.Exp)) - y[symbols[t + 1]];
        }

        return loss;
    }

    private static double[] Product(double[,] w, double[] x)
    {
        double[] y = new double[w.GetLength(1)];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                y[j] += w[i, j] * x[i];
            }
        }

        return y;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
