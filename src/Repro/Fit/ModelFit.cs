using Crosspoint.Devices.Models;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Crosspoint.Repro.Fit;

/// <summary>An estimate with its 95 % interval.</summary>
internal readonly record struct Interval(double Value, double Low, double High);

/// <summary>The estimates of one parameter: its mean, and its deviation from device to device in the same unit.</summary>
internal sealed record ParameterEstimate(FitParameter Parameter, Interval Mean, Interval Deviation);

/// <summary>A model fitted to all devices together.</summary>
/// <remarks>
/// A marginal likelihood in two stages. First each device alone, by maximum likelihood at a given σ; then the devices as draws from a
/// population, with the likelihood of each device replaced by the normal density it has near its maximum, over which its parameters are
/// integrated out. σ maximises the result. Intervals: for means by Student's t with one degree of freedom fewer than devices, for
/// deviations by the profile of the restricted likelihood, for σ by the curvature of the marginal likelihood. Weights are fitted over the
/// largest of them, so that the result does not depend on their unit.
/// </remarks>
internal sealed class ModelFit
{
    private const double Confidence = 0.95;
    private const int NewtonSteps = 12;
    private const double SigmaWidth = 0.02; // of the second difference in ln σ

    private readonly IReadOnlyList<PulseSeries> measured;
    private readonly IReadOnlyList<PulseSeries> series; // over the largest weight
    private readonly double unit;
    private readonly double resolution;
    private double[][] starts = [];

    /// <summary>Fits a model.</summary>
    /// <param name="family">The model.</param>
    /// <param name="noise">The law of the noise from cycle to cycle.</param>
    /// <param name="series">The devices, at least one, each with pulses in both directions.</param>
    /// <exception cref="InvalidDataException">The model cannot be fitted to these data.</exception>
    public ModelFit(StepFamily family, CycleNoise noise, IReadOnlyList<PulseSeries> series)
    {
        (Family, Noise, measured) = (family, noise, series);
        unit = series.Max(device => device.Weights.Max(Math.Abs));
        this.series = [.. series.Select(device => device.Times(1 / unit))];
        PulseSeries all = Pool(this.series);
        Steps = all.Change.Length;
        resolution = Math.Max(1e-3 * Typical(all.Change), 1e-9 * all.Weights.Max(Math.Abs));
        double guess = Begin(all);
        double logSigma = Climb(Math.Log(guess));
        double curvature = -SecondDifference(log => Marginal(log).LogLikelihood, logSigma);
        (double logLikelihood, IReadOnlyList<DeviceEstimate> devices) = Marginal(logSigma);
        LogLikelihood = logLikelihood - (Steps * Math.Log(unit)); // a density over steps
        Sigma = Around(logSigma, curvature);
        Population population = new(devices, isRestricted: true);
        double[] scale = family.Scale(unit);
        Devices = [.. devices.Select((device, k) => device.In(scale, -series[k].Change.Length * Math.Log(unit)))];
        Parameters = [.. family.Parameters.Select((parameter, j) => Estimate(parameter, population, j, scale[j]))];
        if (family.Fault([.. Parameters.Select(parameter => parameter.Mean.Value)]) is { } fault)
        {
            throw new InvalidDataException($"the mean over the devices, {fault}");
        }
    }

    /// <summary>The model.</summary>
    public StepFamily Family { get; }

    /// <summary>The law of the noise from cycle to cycle.</summary>
    public CycleNoise Noise { get; }

    /// <summary>The parameters of the population.</summary>
    public IReadOnlyList<ParameterEstimate> Parameters { get; }

    /// <summary>σ of the noise from cycle to cycle, in steps.</summary>
    public Interval Sigma { get; }

    /// <summary>Each device alone.</summary>
    public IReadOnlyList<DeviceEstimate> Devices { get; }

    /// <summary>The logarithm of the marginal likelihood.</summary>
    public double LogLikelihood { get; }

    /// <summary>Number of observed steps.</summary>
    public int Steps { get; }

    /// <summary>Number of fitted numbers: a mean and a deviation for each parameter, and σ.</summary>
    public int Count => (Parameters.Count * (Devices.Count > 1 ? 2 : 1)) + 1;

    /// <summary>Akaike's criterion: 2 k - 2 ln L.</summary>
    public double Aic => (2 * Count) - (2 * LogLikelihood);

    /// <summary>Schwarz's criterion: k ln n - 2 ln L, n the number of steps.</summary>
    public double Bic => (Count * Math.Log(Steps)) - (2 * LogLikelihood);

    /// <summary>The fitted model, with its noise and spread, as far as it differs from its hard bounds.</summary>
    public StepDeviceModel Model()
    {
        StepDeviceModel model = Family.Model([.. Parameters.Select(p => p.Mean.Value)], j => Parameters[j].Deviation.Value);
        return Noise == CycleNoise.Additive
            ? model with { AdditiveNoise = (float)Sigma.Value }
            : model with { CycleNoise = (float)Sigma.Value };
    }

    /// <summary>The steps of the mean device.</summary>
    public StepCurve MeanCurve() => Family.At([.. Parameters.Select(p => p.Mean.Value)]);

    /// <summary>The misses of all steps in units of the deviation that the fit gives them: standard normal if the model is right.</summary>
    public double[] Residuals() =>
    [
        .. measured.SelectMany((device, k) =>
        {
            StepCurve curve = Family.At(Devices[k].Theta);
            double least = resolution * unit;
            return device.Change.Select((change, n) =>
            {
                double f = curve.Step(device.Before[n], device.IsUp[n]);
                double deviation = Sigma.Value * (Noise == CycleNoise.Additive ? curve.Scale(device.IsUp[n]) : f);
                return (change - f) / Math.Sqrt((deviation * deviation) + (least * least));
            });
        }),
    ];

    private static PulseSeries Pool(IReadOnlyList<PulseSeries> series) => new(
        -1, [.. series.SelectMany(s => s.Weights)], [.. series.SelectMany(s => s.Before)], [.. series.SelectMany(s => s.Change)],
        [.. series.SelectMany(s => s.IsUp)]);

    private static double Typical(double[] changes)
    {
        double[] sizes = [.. changes.Select(Math.Abs).Order()];
        return sizes[sizes.Length / 2];
    }

    // Each device begins at the best of the places that its own steps suggest and the one that suits all devices together.
    private double Begin(PulseSeries all)
    {
        double[][] common = [.. Family.Starts(all)];
        double sigma = common.Length > 0 ? common.Min(theta => Scatter(all, theta)) : 1;
        for (int round = 0; round < 2; round++)
        {
            DeviceLikelihood likelihood = new(Family, Noise, sigma, resolution);
            starts =
            [
                .. series.Select((device, k) => (round == 0 ? Family.Starts(device).Concat(common) : [starts[k]])
                    .Select(theta => likelihood.Maximize(device, theta)).MaxBy(estimate => estimate.LogLikelihood)?.Theta
                    ?? throw new InvalidDataException($"device {device.Device}: no start found, steps do not go the way of their pulses")),
            ];
            sigma = Math.Sqrt(series.Select((device, k) => Math.Pow(Scatter(device, starts[k]), 2)).Average());
        }

        return sigma;
    }

    // The marginal likelihood is close to a parabola in ln σ: Newton's steps, its derivatives from three places.
    private double Climb(double logSigma)
    {
        for (int k = 0; k < NewtonSteps; k++)
        {
            double here = Marginal(logSigma).LogLikelihood;
            double above = Marginal(logSigma + SigmaWidth).LogLikelihood, below = Marginal(logSigma - SigmaWidth).LogLikelihood;
            double slope = (above - below) / (2 * SigmaWidth), curvature = (above - (2 * here) + below) / (SigmaWidth * SigmaWidth);
            double step = curvature < 0 ? Math.Clamp(-slope / curvature, -0.5, 0.5) : 0.5 * Math.Sign(slope);
            logSigma += step;
            if (Math.Abs(step) < 1e-4)
            {
                break;
            }
        }

        return logSigma;
    }

    private double Scatter(PulseSeries all, double[] theta)
    {
        StepCurve curve = Family.At(theta);
        return Math.Max(1e-6, Math.Sqrt(Enumerable.Range(0, all.Change.Length).Average(n =>
        {
            double f = curve.Step(all.Before[n], all.IsUp[n]);
            double miss = (all.Change[n] - f) / Math.Max(Math.Abs(Noise == CycleNoise.Additive ? curve.Scale(all.IsUp[n]) : f), 10 * resolution);
            return Math.Min(miss * miss, 100);
        })));
    }

    private (double LogLikelihood, IReadOnlyList<DeviceEstimate> Devices) Marginal(double logSigma)
    {
        DeviceLikelihood likelihood = new(Family, Noise, Math.Exp(logSigma), resolution);
        DeviceEstimate[] devices = [.. series.Select((device, k) => likelihood.Maximize(device, starts[k]))];
        starts = [.. devices.Select(device => device.Theta)];
        if (devices.Length == 1)
        {
            return (devices[0].LogLikelihood, devices);
        }

        double sum = new Population(devices, isRestricted: false).LogLikelihood;
        foreach (DeviceEstimate device in devices)
        {
            sum += device.LogLikelihood
                + (((device.Theta.Length * Math.Log(2 * Math.PI)) + device.Covariance.Cholesky().DeterminantLn) / 2);
        }

        return (sum, devices);
    }

    private static double SecondDifference(Func<double, double> f, double x) =>
        (f(x + SigmaWidth) - (2 * f(x)) + f(x - SigmaWidth)) / (SigmaWidth * SigmaWidth);

    private static Interval Around(double logValue, double curvature)
    {
        double half = curvature > 0 ? Normal.InvCDF(0, 1, (1 + Confidence) / 2) / Math.Sqrt(curvature) : double.PositiveInfinity;
        return new Interval(Math.Exp(logValue), Math.Exp(logValue - half), Math.Exp(logValue + half));
    }

    private ParameterEstimate Estimate(FitParameter parameter, Population population, int j, double scale)
    {
        double mean = scale * population.Mean[j];
        double freedom = Devices.Count > 1 ? Devices.Count - 1 : Math.Max(Steps - Family.Parameters.Count, 1);
        double half = scale * StudentT.InvCDF(0, 1, freedom, (1 + Confidence) / 2) * Math.Sqrt(population.Covariance[j, j]);
        Interval deviation = Deviation(population, j);
        return new ParameterEstimate(
            parameter, new Interval(mean, mean - half, mean + half), new Interval(scale * deviation.Value, scale * deviation.Low, scale * deviation.High));
    }

    // Where twice the loss of likelihood reaches the quantile of chi-square with one degree of freedom.
    private Interval Deviation(Population population, int j)
    {
        if (Devices.Count == 1)
        {
            return new Interval(0, 0, double.PositiveInfinity);
        }

        double limit = ChiSquared.InvCDF(1, Confidence);
        double value = population.Deviation(j);
        double Loss(double deviation) => population.Deviance(j, deviation) - limit;
        double low = Loss(0) <= 0 ? 0 : FindRoots.OfFunction(Loss, 0, value, 1e-6 * value);
        double above = Math.Max(2 * value, Math.Sqrt(population.Covariance[j, j]));
        for (int doubling = 0; Loss(above) < 0 && doubling < 40; doubling++)
        {
            above *= 2;
        }

        return new Interval(value, low, Loss(above) < 0 ? double.PositiveInfinity : FindRoots.OfFunction(Loss, value, above, 1e-6 * above));
    }
}
