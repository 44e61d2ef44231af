using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>
/// Devices drawn around a mean: θ_k normal around μ with variances τ², of which θ̂_k is known with covariance S_k, so that θ̂_k is normal
/// around μ with covariance S_k + T.
/// </summary>
/// <remarks>
/// T is diagonal. Fisher scoring in τ², kept at or above 0; μ by generalised least squares. The likelihood is the plain one, for comparing models,
/// or the restricted one (REML: H. D. Patterson, R. Thompson, Biometrika 58, 545, 1971), in which the variances are not made too small by the
/// fitted means.
/// </remarks>
internal sealed class Population
{
    private const int Iterations = 100;

    private readonly IReadOnlyList<DeviceEstimate> devices;
    private readonly bool isRestricted;
    private readonly double[] scale;

    /// <summary>Fits mean and variances.</summary>
    /// <param name="devices">At least one.</param>
    /// <param name="isRestricted">Whether by the restricted likelihood.</param>
    public Population(IReadOnlyList<DeviceEstimate> devices, bool isRestricted)
    {
        this.devices = devices;
        this.isRestricted = isRestricted;
        int count = devices[0].Theta.Length;
        scale = [.. Enumerable.Range(0, count).Select(j => Math.Max(devices.Average(device => Math.Abs(device.Theta[j])), 1e-30))];
        double[] variance = [.. Enumerable.Range(0, count).Select(j => devices.Count > 1 ? Math.Max(Scatter(j), 1e-8) : 0)];
        double best = Evaluate(variance).LogLikelihood;
        for (int k = 0; k < Iterations && devices.Count > 1; k++)
        {
            double[] step = Step(variance);
            double part = 1;
            double[] next = variance;
            double reached = double.NegativeInfinity;
            for (; part > 1e-4; part /= 2)
            {
                next = [.. variance.Select((value, j) => Math.Max(value + (part * step[j]), 0))];
                reached = Evaluate(next).LogLikelihood;
                if (reached >= best)
                {
                    break;
                }
            }

            if (!(reached > best + 1e-10))
            {
                break;
            }

            (variance, best) = (next, reached);
        }

        (Mean, Covariance, LogLikelihood) = Evaluate(variance);
        Mean = Mean.PointwiseMultiply(Vector<double>.Build.Dense(scale));
        Covariance = Matrix<double>.Build.Dense(count, count, (i, j) => Covariance[i, j] * scale[i] * scale[j]);
        Variance = variance;
    }

    /// <summary>μ.</summary>
    public Vector<double> Mean { get; }

    /// <summary>Covariance of the estimate of μ.</summary>
    public Matrix<double> Covariance { get; }

    /// <summary>The logarithm of the likelihood, in the parameters as they are.</summary>
    public double LogLikelihood { get; }

    /// <summary>τ of a parameter.</summary>
    public double Deviation(int j) => Math.Sqrt(Variance[j]) * scale[j];

    // τ² of parameters in units of their scale
    private double[] Variance { get; }

    /// <summary>How much less likely the devices are if τ of one parameter had another value, the others as they are: twice the difference.</summary>
    public double Deviance(int j, double deviation)
    {
        double[] other = [.. Variance];
        other[j] = deviation / scale[j] * deviation / scale[j];
        return 2 * (Evaluate(Variance).LogLikelihood - Evaluate(other).LogLikelihood);
    }

    private double Scatter(int j)
    {
        double mean = devices.Average(device => device.Theta[j] / scale[j]);
        double total = devices.Sum(device => Math.Pow((device.Theta[j] / scale[j]) - mean, 2)) / (devices.Count - 1);
        return total - devices.Average(device => device.Covariance[j, j] / (scale[j] * scale[j]));
    }

    private Matrix<double> Precision(DeviceEstimate device, double[] variance, out double logDeterminant)
    {
        var factor = Matrix<double>.Build.Dense(
            scale.Length, scale.Length, (i, j) => (device.Covariance[i, j] / (scale[i] * scale[j])) + (i == j ? variance[j] : 0)).Cholesky();
        logDeterminant = factor.DeterminantLn;
        return factor.Solve(Matrix<double>.Build.DenseIdentity(scale.Length));
    }

    private Vector<double> Scaled(DeviceEstimate device) => Vector<double>.Build.Dense(scale.Length, j => device.Theta[j] / scale[j]);

    private (Vector<double> Mean, Matrix<double> Covariance, double LogLikelihood) Evaluate(double[] variance)
    {
        Matrix<double> information = Matrix<double>.Build.Dense(scale.Length, scale.Length);
        Vector<double> weighted = Vector<double>.Build.Dense(scale.Length);
        double sum = -devices.Count * scale.Sum(Math.Log);
        foreach (DeviceEstimate device in devices)
        {
            Matrix<double> precision = Precision(device, variance, out double logDeterminant);
            information += precision;
            weighted += precision * Scaled(device);
            sum -= (logDeterminant + (scale.Length * Math.Log(2 * Math.PI))) / 2;
        }

        var factor = information.Cholesky();
        Vector<double> mean = factor.Solve(weighted);
        foreach (DeviceEstimate device in devices)
        {
            Vector<double> miss = Scaled(device) - mean;
            sum -= miss * (Precision(device, variance, out _) * miss) / 2;
        }

        return (mean, factor.Solve(Matrix<double>.Build.DenseIdentity(scale.Length)), sum - (isRestricted ? factor.DeterminantLn / 2 : 0));
    }

    private double[] Step(double[] variance)
    {
        int count = scale.Length;
        (Vector<double> mean, Matrix<double> covariance, _) = Evaluate(variance);
        double[] score = new double[count];
        Matrix<double> information = Matrix<double>.Build.Dense(count, count);
        foreach (DeviceEstimate device in devices)
        {
            Matrix<double> precision = Precision(device, variance, out _);
            Vector<double> pull = precision * (Scaled(device) - mean);
            Matrix<double> left = isRestricted ? precision - (precision * covariance * precision) : precision;
            for (int j = 0; j < count; j++)
            {
                score[j] += ((pull[j] * pull[j]) - left[j, j]) / 2;
                for (int i = 0; i < count; i++)
                {
                    information[i, j] += precision[i, j] * precision[i, j] / 2;
                }
            }
        }

        // A variance that is 0 and would go below stays.
        int[] moving = [.. Enumerable.Range(0, count).Where(j => variance[j] > 0 || score[j] > 0)];
        double[] step = new double[count];
        if (moving.Length > 0)
        {
            Vector<double> solved = Matrix<double>.Build.Dense(moving.Length, moving.Length, (i, j) => information[moving[i], moving[j]])
                .Cholesky().Solve(Vector<double>.Build.Dense(moving.Length, j => score[moving[j]]));
            for (int j = 0; j < moving.Length; j++)
            {
                step[moving[j]] = solved[j];
            }
        }

        return step;
    }
}
