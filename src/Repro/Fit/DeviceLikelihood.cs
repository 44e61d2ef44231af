using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>The parameters under which the steps of one device are most likely, and how well they are known.</summary>
/// <param name="Theta">The parameters.</param>
/// <param name="Covariance">The inverse of the Fisher information.</param>
/// <param name="LogLikelihood">The logarithm of the likelihood there.</param>
internal sealed record DeviceEstimate(double[] Theta, Matrix<double> Covariance, double LogLikelihood)
{
    /// <summary>The same in another unit of weights.</summary>
    /// <param name="scale">What each parameter is multiplied with.</param>
    /// <param name="logDensity">What the logarithm of the likelihood grows by, as it is a density over weights.</param>
    public DeviceEstimate In(double[] scale, double logDensity) => new(
        [.. Theta.Select((value, j) => value * scale[j])],
        Matrix<double>.Build.Dense(scale.Length, scale.Length, (i, j) => Covariance[i, j] * scale[i] * scale[j]),
        LogLikelihood + logDensity);
}

/// <summary>
/// The likelihood of the steps of one device: each observed step is normal around the model's step f(w), with deviation σ f(w) or σ f(0).
/// </summary>
/// <param name="family">The model.</param>
/// <param name="noise">The law of the noise.</param>
/// <param name="sigma">σ, above 0.</param>
/// <param name="resolution">Deviation that every step has besides, so that no step is exact, in weight units, above 0.</param>
internal sealed class DeviceLikelihood(StepFamily family, CycleNoise noise, double sigma, double resolution)
{
    private const int Iterations = 60;
    private const double Enough = 1e-5; // of a gain in the logarithm of the likelihood
    private const double Width = 1e-3; // of a central difference; the models hold their parameters in single precision

    /// <summary>Climbs to the maximum by Fisher scoring with damping.</summary>
    public DeviceEstimate Maximize(PulseSeries series, double[] start)
    {
        double[] theta = [.. start];
        double best = LogLikelihood(series, theta);
        double damping = 1e-3;
        (Vector<double> score, Matrix<double> information) = Derivatives(series, theta);
        for (int k = 0; k < Iterations && damping < 1e9; k++)
        {
            Vector<double> step = Damped(information, damping).Cholesky().Solve(score);
            double[] next = [.. theta.Select((value, j) => value + step[j])];
            double reached = family.IsValid(next) ? LogLikelihood(series, next) : double.NegativeInfinity;
            if (!(reached >= best))
            {
                damping *= 10;
                continue;
            }

            double gain = reached - best;
            (theta, best, damping) = (next, reached, Math.Max(damping / 10, 1e-9));
            (score, information) = Derivatives(series, theta);
            if (gain < Enough)
            {
                break;
            }
        }

        return new DeviceEstimate(theta, Damped(information, 1e-9).Inverse(), best);
    }

    /// <summary>The logarithm of the likelihood of all steps.</summary>
    public double LogLikelihood(PulseSeries series, double[] theta)
    {
        double sum = 0;
        StepCurve curve = family.At(theta);
        for (int n = 0; n < series.Change.Length; n++)
        {
            double f = curve.Step(series.Before[n], series.IsUp[n]);
            double variance = Variance(f, curve.Scale(series.IsUp[n]));
            double miss = series.Change[n] - f;
            sum -= ((miss * miss / variance) + Math.Log(2 * Math.PI * variance)) / 2;
        }

        return sum;
    }

    // The score Σ (r/v) f' + ½ (r²/v - 1) v'/v and the information Σ f' f'ᵀ/v + ½ v' v'ᵀ/v² of normal steps; derivatives by central differences.
    private (Vector<double> Score, Matrix<double> Information) Derivatives(PulseSeries series, double[] theta)
    {
        int count = theta.Length;
        double[] width = [.. theta.Select((value, j) => Width * Math.Max(Math.Abs(value), j == StepFamily.Imbalance ? theta[StepFamily.Size] : 0))];
        StepCurve at = family.At(theta);
        StepCurve[] above = [.. Enumerable.Range(0, count).Select(j => family.At(Shifted(theta, j, width[j])))];
        StepCurve[] below = [.. Enumerable.Range(0, count).Select(j => family.At(Shifted(theta, j, -width[j])))];
        double[] df = new double[count], dv = new double[count], score = new double[count];
        double[,] information = new double[count, count];
        for (int n = 0; n < series.Change.Length; n++)
        {
            (double w, bool isUp) = (series.Before[n], series.IsUp[n]);
            double f = at.Step(w, isUp);
            double v = Variance(f, at.Scale(isUp));
            double miss = series.Change[n] - f;
            for (int j = 0; j < count; j++)
            {
                double high = above[j].Step(w, isUp), low = below[j].Step(w, isUp);
                df[j] = (high - low) / (2 * width[j]);
                dv[j] = (Variance(high, above[j].Scale(isUp)) - Variance(low, below[j].Scale(isUp))) / (2 * width[j] * v);
                score[j] += (miss / v * df[j]) + (((miss * miss / v) - 1) / 2 * dv[j]);
                for (int i = 0; i <= j; i++)
                {
                    information[i, j] += (df[i] * df[j] / v) + (dv[i] * dv[j] / 2);
                }
            }
        }

        return (Vector<double>.Build.Dense(score), Matrix<double>.Build.Dense(count, count, (i, j) => i <= j ? information[i, j] : information[j, i]));
    }

    private double Variance(double step, double scale)
    {
        double deviation = sigma * (noise == CycleNoise.Additive ? scale : step);
        return (deviation * deviation) + (resolution * resolution);
    }

    // A parameter that the data say nothing of has no information: a little of its own keeps the matrix regular.
    private static Matrix<double> Damped(Matrix<double> information, double damping)
    {
        double smallest = 1e-12 * Math.Max(information.Diagonal().Maximum(), 1e-300);
        return Matrix<double>.Build.Dense(
            information.RowCount, information.ColumnCount, (i, j) => information[i, j] + (i == j ? (damping * information[i, i]) + smallest : 0));
    }

    private static double[] Shifted(double[] theta, int j, double by)
    {
        double[] shifted = [.. theta];
        shifted[j] += by;
        return shifted;
    }
}
