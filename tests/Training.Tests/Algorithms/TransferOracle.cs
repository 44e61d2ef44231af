namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>
/// The listings, written plainly from the papers for exact devices: y = W x with W of shape [outputs][inputs], transfers of "column t".
/// Numbers of the tests are short in binary, so that nothing is rounded and results are equal, not close.
/// </summary>
internal sealed class TransferOracle(int inputs, int outputs)
{
    public double[,] A { get; } = new double[outputs, inputs];

    public double[,] C { get; } = new double[outputs, inputs];

    public double[,] H { get; } = new double[outputs, inputs];

    public double FastRate { get; init; }

    public double TransferRate { get; init; }

    public int Every { get; init; }

    public double Step { get; init; }

    public int T { get; private set; }

    public int Transfers { get; private set; }

    private int k;

    private void Accumulate(float[] x, float[] d, Func<int, double> sign)
    {
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < inputs; j++)
            {
                A[i, j] += FastRate * d[i] * sign(j) * x[j];
            }
        }
    }

    private bool IsDue()
    {
        k = (k + 1) % Every;
        return k == 0;
    }

    /// <summary>Algorithm 1 with one-hot vectors.</summary>
    public void TikiTaka(float[] x, float[] d, double threshold)
    {
        Accumulate(x, d, _ => 1);
        if (IsDue())
        {
            for (int i = 0; i < outputs; i++)
            {
                double v = A[i, T];
                C[i, T] += Math.Abs(v) < threshold ? 0 : TransferRate * v;
            }

            Next();
        }
    }

    /// <summary>Algorithm 2; with signs that flip every so many cycles, its chopped form.</summary>
    public void TikiTaka2(float[] x, float[] d, double hysteresis, int flipEvery = int.MaxValue)
    {
        // A line's sign flips behind its read, so lines that this cycle has passed have theirs already.
        double Sign(int j) => (Transfers / inputs + (j < T ? 1 : 0)) / flipEvery % 2 == 0 ? 1 : -1;
        Accumulate(x, d, Sign);
        if (IsDue())
        {
            double sign = Sign(T);
            for (int i = 0; i < outputs; i++)
            {
                H[i, T] += TransferRate * sign * A[i, T];
                if (Math.Abs(H[i, T]) > 1)
                {
                    C[i, T] += Math.Sign(H[i, T]) * Step;
                    H[i, T] = Math.Sign(H[i, T]) * hysteresis;
                }
            }

            Next();
        }
    }

    private void Next()
    {
        T = (T + 1) % inputs;
        Transfers++;
    }
}
