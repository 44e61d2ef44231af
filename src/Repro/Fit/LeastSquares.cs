using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>Levenberg and Marquardt's way down a sum of squares of numbers of order 1 between bounds, with derivatives by differences.</summary>
/// <param name="residuals">The residuals; <see langword="null"/> where there are none, which counts as infinitely high.</param>
/// <param name="low">Lower bounds.</param>
/// <param name="high">Upper bounds.</param>
/// <remarks>A step is cut to 1 in each number, so that a start far away is reached in several.</remarks>
internal sealed class LeastSquares(Func<double[], double[]?> residuals, double[] low, double[] high)
{
    private const double Width = 0.03; // of a difference: simulated devices keep their weights in single precision
    private const double Wide = 0.06; // of one whose slope is to be known well
    private const double Enough = 0.02; // of a gain in the sum of squares

    /// <summary>Goes down from a start.</summary>
    /// <returns>The fit; <see langword="null"/> if the start has no residuals.</returns>
    public LeastSquaresFit? Minimize(double[] start, int iterations)
    {
        double[] x = [.. start.Select((value, j) => Math.Clamp(value, low[j], high[j]))];
        if (residuals(x) is not { } at)
        {
            return null;
        }

        double damping = 1e-2;
        Matrix<double> jacobian = Jacobian(x, at);
        for (int k = 0; k < iterations; k++)
        {
            double sum = at.Sum(value => value * value), gain = 0;
            while (damping < 1e6)
            {
                double[] next = Next(x, at, jacobian, damping);
                if (residuals(next) is { } reached && sum - reached.Sum(value => value * value) is > 0 and var less)
                {
                    (x, at, gain, damping) = (next, reached, less, Math.Max(damping / 10, 1e-6));
                    break;
                }

                damping *= 10;
            }

            if (gain > 0)
            {
                jacobian = Jacobian(x, at);
            }

            if (gain < Enough)
            {
                break;
            }
        }

        return new LeastSquaresFit(x, at, jacobian);
    }

    /// <summary>The derivatives at a place from both sides and further apart: where the residuals are rough, less of that is taken for slope.</summary>
    public Matrix<double> Slopes(double[] x)
    {
        double[] at = residuals(x) ?? throw new ArgumentException("x: expected a place with residuals.", nameof(x));
        Matrix<double> slopes = Matrix<double>.Build.Dense(at.Length, x.Length);
        for (int j = 0; j < x.Length; j++)
        {
            (double above, double[] up) = Shifted(j, Wide);
            (double below, double[] down) = Shifted(j, -Wide);
            slopes.SetColumn(j, [.. up.Select((value, i) => above > below ? (value - down[i]) / (above - below) : 0)]);
        }

        return slopes;

        (double At, double[] Residuals) Shifted(int j, double by)
        {
            double[] shifted = [.. x];
            shifted[j] = Math.Clamp(x[j] + by, low[j], high[j]);
            return residuals(shifted) is { } other ? (shifted[j], other) : (x[j], at);
        }
    }

    private double[] Next(double[] x, double[] at, Matrix<double> jacobian, double damping)
    {
        Vector<double> slope = -jacobian.TransposeThisAndMultiply(Vector<double>.Build.Dense(at));
        int[] moving = [.. Enumerable.Range(0, x.Length).Where(j => !((x[j] <= low[j] && slope[j] < 0) || (x[j] >= high[j] && slope[j] > 0)))];
        double[] next = [.. x];
        if (moving.Length == 0)
        {
            return next;
        }

        Matrix<double> some = Matrix<double>.Build.DenseOfColumnVectors(moving.Select(jacobian.Column));
        Matrix<double> square = some.TransposeThisAndMultiply(some);
        double smallest = 1e-9 * Math.Max(square.Diagonal().Maximum(), 1e-300);
        for (int j = 0; j < moving.Length; j++)
        {
            square[j, j] += (damping * square[j, j]) + smallest;
        }

        Vector<double> step = square.Cholesky().Solve(Vector<double>.Build.Dense(moving.Length, j => slope[moving[j]]));
        for (int j = 0; j < moving.Length; j++)
        {
            next[moving[j]] = Math.Clamp(x[moving[j]] + Math.Clamp(step[j], -1, 1), low[moving[j]], high[moving[j]]);
        }

        return next;
    }

    private Matrix<double> Jacobian(double[] x, double[] at)
    {
        Matrix<double> jacobian = Matrix<double>.Build.Dense(at.Length, x.Length);
        for (int j = 0; j < x.Length; j++)
        {
            double width = x[j] + Width <= high[j] ? Width : -Width;
            double[] shifted = [.. x];
            shifted[j] += width;
            if (residuals(shifted) is not { } other)
            {
                width = -width;
                shifted[j] = x[j] + width;
                other = residuals(shifted) ?? at;
            }

            jacobian.SetColumn(j, [.. other.Select((value, i) => (value - at[i]) / width)]);
        }

        return jacobian;
    }
}
