using Crosspoint.Devices.Models;
using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>Any model fitted by its own response: its simulated devices, pulsed as the measured ones were, have the statistics of those.</summary>
/// <remarks>
/// The method of simulated moments: D. McFadden, Econometrica 57, 995 (1989). The statistics are those of <see cref="PulseStatistics"/>,
/// weighted by the inverse of the covariance that the model gives them at the fit so far; simulated devices have the same random numbers
/// throughout, so that the distance is a smooth function of the numbers of the model. Intervals come from the covariance of Gauss and
/// Newton with the scatter of the simulation in it. Numbers that the model's metadata declares as such are held, as are those that move the
/// statistics too little or only as others do, and deviations that are not told from zero, which have an upper limit. The likelihood for the
/// comparison of models is that of the statistics as normal numbers (S. N. Wood, Nature 466, 1102, 2010).
/// </remarks>
internal sealed partial class MomentFit
{
    private const int Simulated = 300; // devices, at least
    private const int Weighing = 1_500; // devices behind the covariance, whose smallest directions weigh the most
    private const int Iterations = 12;
    private const double LeastShare = 1e-3; // of the square of a column: what others must leave unexplained of it
    private const double LargestError = 1; // of a number, in units in which it is of order 1
    private static readonly double[] Coarse = [100, 10, 0, 0]; // resolutions that count as none, round by round: devices without noise are stiff
    private static readonly double[] Fine = [0, 0, 0];
    private const double Seen = 0.95; // confidence from which a deviation is told from zero
    private const double Shrinkage = 0.02; // of the covariance to its diagonal, so that it can be inverted

    private readonly PulseStatistics statistics;
    private readonly PulseProtocol protocol;
    private readonly PulseProtocol weighing;
    private readonly DeviceModel template;
    private readonly double confidence;
    private readonly List<Moving> moving = [];
    private readonly List<NumberEstimate> unseen = [];
    private readonly List<HeldNumber> held = [];
    private Matrix<double> whitening;
    private Matrix<double> covariance;

    /// <summary>Fits a model.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="start">Where the search begins, and the values of what is held.</param>
    /// <param name="given">Names of numbers to hold beside those that the model declares.</param>
    /// <param name="measured">The devices, at least one.</param>
    /// <param name="confidence">Of the intervals.</param>
    /// <exception cref="InvalidDataException">The model cannot be fitted to these pulses.</exception>
    public MomentFit(string name, DeviceModel start, IReadOnlySet<string> given, IReadOnlyList<PulseSeries> measured, double confidence = 0.95)
    {
        (Name, template, this.confidence) = (name, start, confidence);
        Measured = measured;
        Steps = measured.Sum(series => series.Change.Length);
        statistics = new PulseStatistics(measured);
        protocol = new PulseProtocol(measured, (Simulated + measured.Count - 1) / measured.Count);
        weighing = new PulseProtocol(measured, (Weighing + measured.Count - 1) / measured.Count);
        Open(start, given);
        double[] x = [.. moving.Select(number => number.Start)];
        (whitening, covariance) = Weights(x) ?? throw new InvalidDataException($"{name}: its devices cannot be made with the numbers to begin with");
        LeastSquaresFit fit = SearchTwice(x);
        fit = HoldUndetermined(fit);
        fit = HoldUnseen(fit);
        Model = ModelAt(fit.At);
        Estimates = moving.Count == 0 ? unseen : [.. Intervals(fit), .. unseen];
        Distance = fit.Sum;
        LogLikelihood = -(fit.Sum + (fit.Residuals.Length * Math.Log(2 * Math.PI)) - (2 * LogDeterminant(whitening))) / 2;
        Count = moving.Count;
    }

    // What pulses tell of a model, without a search.
    private MomentFit(string name, DeviceModel at, IReadOnlyList<PulseSeries> measured)
    {
        (Name, template, Model, Estimates) = (name, at, at, []);
        Measured = measured;
        statistics = new PulseStatistics(measured);
        protocol = new PulseProtocol(measured, (Simulated + measured.Count - 1) / measured.Count);
        weighing = new PulseProtocol(measured, (Weighing + measured.Count - 1) / measured.Count);
        Open(at, new HashSet<string>());
        double[] x = [.. moving.Select(number => number.Start)];
        (whitening, covariance) = Weights(x) ?? throw new InvalidDataException($"{name}: its devices cannot be made");
        int[] undetermined = Undetermined(Search(x, iterations: 0));
        Keep(Enumerable.Range(0, moving.Count).Except(undetermined));
    }

    /// <summary>The names of the numbers of a model that pulses tell, near a model.</summary>
    /// <param name="name">Its name in errors.</param>
    /// <param name="model">The model.</param>
    /// <param name="measured">Devices that were pulsed so.</param>
    /// <exception cref="InvalidDataException">Pulses tell nothing of it.</exception>
    public static IReadOnlySet<string> Told(string name, DeviceModel model, IReadOnlyList<PulseSeries> measured) =>
        new MomentFit(name, model, measured).moving.Select(number => number.Number.Name).ToHashSet();

    /// <summary>The name of the model.</summary>
    public string Name { get; }

    /// <summary>The measurement.</summary>
    public IReadOnlyList<PulseSeries> Measured { get; }

    /// <summary>The fitted model.</summary>
    public DeviceModel Model { get; }

    /// <summary>The fitted numbers, in the order of their declaration.</summary>
    public IReadOnlyList<NumberEstimate> Estimates { get; }

    /// <summary>The numbers that were held.</summary>
    public IReadOnlyList<HeldNumber> Held => held;

    /// <summary>Fitted numbers other than deviations of zero.</summary>
    public int Count { get; }

    /// <summary>Measured steps.</summary>
    public int Steps { get; }

    /// <summary>The distance of measured and simulated statistics: chi-square with <see cref="Freedom"/> degrees of freedom if the model is right.</summary>
    public double Distance { get; }

    /// <summary>Statistics less fitted numbers.</summary>
    public int Freedom => covariance.RowCount - Count;

    /// <summary>The logarithm of the likelihood of the statistics.</summary>
    public double LogLikelihood { get; }

    /// <summary>Akaike's criterion.</summary>
    public double Aic => (2 * Count) - (2 * LogLikelihood);

    /// <summary>Schwarz's criterion, over the measured steps.</summary>
    public double Bic => (Count * Math.Log(Steps)) - (2 * LogLikelihood);

    /// <summary>The weights of simulated devices of the fit, as <see cref="PulseProtocol.Simulate"/> gives them.</summary>
    public float[][] Simulate() => protocol.Simulate(Model);

    private static double LogDeterminant(Matrix<double> triangular) => triangular.Diagonal().Sum(Math.Log);

    // Which numbers move, in which units, from where.
    private void Open(DeviceModel start, IReadOnlySet<string> given)
    {
        foreach (ModelNumber number in ModelNumber.Of(start))
        {
            double value = number.Get(start);
            string? reason = given.Contains(number.Name) ? "given" : number.Held
                ?? (number.IsBetweenDevices && Measured.Count == 1 ? "one device does not tell it" : null)
                ?? (double.IsFinite(value) ? null : "none");
            if (reason is not null)
            {
                held.Add(new(number, value, reason));
            }
            else
            {
                moving.Add(Moving.Of(number, value, statistics));
            }
        }
    }
}
