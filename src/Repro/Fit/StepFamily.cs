using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Fit;

/// <summary>
/// An update model with the parameters of one device left open: half the sum and half the difference of its steps up and down, and the
/// parameters that shape them.
/// </summary>
/// <remarks>The equation is the model's own <see cref="DeviceModel.MeanStep"/>; the shapes are the parameters that it depends on.</remarks>
internal sealed class StepFamily
{
    /// <summary>Place of half the sum of the steps up and down.</summary>
    public const int Size = 0;

    /// <summary>Place of half their difference.</summary>
    public const int Imbalance = 1;

    private const string Weight = "weight", InverseWeight = "1/weight";
    private const double LargestImbalance = 0.98; // of the step; the models end at 0.99

    private static readonly double[] Factors = [1, 0.3, 3]; // of a shape that the steps do not tell at once

    private readonly StepDeviceModel template;
    private readonly ModelParameter[] shapes;

    /// <summary>Makes the family of a model.</summary>
    /// <param name="name">Name of the model in preset files.</param>
    /// <param name="template">The model, without noise and spread; its numbers are where a search may begin.</param>
    public StepFamily(string name, StepDeviceModel template)
    {
        Name = name;
        this.template = template;
        shapes = [.. ModelParameter.Of(template.GetType()).Where(IsShape)];
        Parameters =
        [
            new("step", Weight), new("upDown", Weight), .. shapes.Select(shape => new FitParameter(shape.Name, shape.Unit!.Unit)),
        ];
    }

    /// <summary>Name of the model in preset files.</summary>
    public string Name { get; }

    /// <summary>What each parameter is multiplied with where all weights are multiplied with a number.</summary>
    public double[] Scale(double ofWeights) =>
    [
        .. Parameters.Select(parameter => parameter.Unit switch
        {
            Weight => ofWeights,
            InverseWeight => 1 / ofWeights,
            _ => 1,
        }),
    ];

    /// <summary>The parameters of one device, in their order.</summary>
    public IReadOnlyList<FitParameter> Parameters { get; }

    /// <summary>The steps of a device with these parameters.</summary>
    public StepCurve At(double[] theta) => new(Model(theta, _ => 0), theta[Size] + theta[Imbalance], theta[Size] - theta[Imbalance]);

    /// <summary>Whether the model can have these parameters.</summary>
    public bool IsValid(double[] theta) => Fault(theta) is null;

    /// <summary>The first parameter that the model cannot have; <see langword="null"/> where it can have all of them.</summary>
    public string? Fault(double[] theta)
    {
        if (!(theta[Size] > 0))
        {
            return Expected(Size, "above 0");
        }

        if (!(Math.Abs(theta[Imbalance]) < LargestImbalance * theta[Size]))
        {
            return Expected(Imbalance, FormattableString.Invariant($"between ±{LargestImbalance} of the step"));
        }

        for (int k = 0; k < shapes.Length; k++)
        {
            double value = theta[2 + k];
            if (!double.IsFinite(value) || !ModelParameter.IsIn(value, shapes[k].Unit))
            {
                return Expected(2 + k, Range(shapes[k].Unit));
            }
        }

        return null;

        static string Range(UnitAttribute? range)
        {
            string low = range is null || double.IsInfinity(range.Minimum) ? string.Empty : $"{(range.Above ? "above" : "of at least")} {range.Minimum:G4}";
            string high = range is null || double.IsInfinity(range.Maximum) ? string.Empty : $"at most {range.Maximum:G4}";
            return low.Length + high.Length == 0 ? "that is finite" : low + (low.Length * high.Length > 0 ? " and " : string.Empty) + high;
        }

        string Expected(int j, string range) => FormattableString.Invariant($"{Parameters[j].Name}: expected a number {range}, got {theta[j]:G4}");
    }

    /// <summary>The model with these means, and these deviations from device to device in units of the parameters.</summary>
    public StepDeviceModel Model(double[] theta, Func<int, double> deviation)
    {
        StepDeviceModel model = template with
        {
            Step = new Spread((float)theta[Size], (float)(deviation(Size) / theta[Size])),
            UpDown = (float)(theta[Imbalance] / theta[Size]),
            UpDownDeviation = (float)(deviation(Imbalance) / theta[Size]),
        };
        for (int k = 0; k < shapes.Length; k++)
        {
            float mean = (float)theta[2 + k];
            shapes[k].Property.SetValue(model, new Spread(mean, mean == 0 ? 0 : (float)(deviation(2 + k) / Math.Abs(theta[2 + k]))));
        }

        return model;
    }

    /// <summary>Places where a search may begin, from straight lines through the steps of all devices.</summary>
    public IEnumerable<double[]> Starts(PulseSeries all)
    {
        ((double up, double upSlope), (double down, double downSlope)) = (Line(all, true), Line(all, false));
        double largest = all.Weights.Max(Math.Abs);
        double size = (up + down) / 2;
        foreach (double factor in HasOtherShapes ? Factors : [1])
        {
            double[] theta =
            [
                size, Math.Clamp((up - down) / 2, -0.9 * size, 0.9 * size),
                .. shapes.Select(shape => Start(shape, factor)),
            ];
            if (IsValid(theta))
            {
                StepCurve curve = At(theta);
                double atZero = (curve.Step(0, true) + curve.Step(0, false)) / 2;
                double scale = atZero > 0 ? size / atZero : 1;
                yield return [.. theta.Select((value, j) => j < 2 ? scale * value : value)];
            }
        }

        double Start(ModelParameter shape, double factor) => shape.Name switch
        {
            "upSlope" => Math.Clamp(-upSlope / up, 0.01 / largest, 0.95 / largest),
            "downSlope" => Math.Clamp(downSlope / down, 0.01 / largest, 0.95 / largest),
            "high" => Math.Max(1.1 * largest, upSlope < 0 ? Math.Min(-up / upSlope, 10 * largest) : 0),
            "low" => -Math.Max(1.1 * largest, downSlope > 0 ? Math.Min(down / downSlope, 10 * largest) : 0),
            _ => factor * Value(shape),
        };
    }

    private bool HasOtherShapes => shapes.Any(shape => shape.Name is not ("upSlope" or "downSlope" or "high" or "low"));

    // A parameter shapes the step if the step changes with it.
    private bool IsShape(ModelParameter parameter)
    {
        if (parameter.Type != typeof(Spread) || parameter.Name == "step")
        {
            return false;
        }

        StepDeviceModel other = template with { };
        parameter.Property.SetValue(other, new Spread(1.1f * Value(parameter)));
        return new[] { -0.3, -0.1, 0.1, 0.3 }.Any(w => template.MeanStep(w, true) != other.MeanStep(w, true)
            || template.MeanStep(w, false) != other.MeanStep(w, false));
    }

    private float Value(ModelParameter parameter) => ((Spread)parameter.Property.GetValue(template)!).Mean;

    // Step at zero weight and slope of the straight line through the steps in one direction; the mean step where the line does not serve.
    private static (double Step, double Slope) Line(PulseSeries all, bool isUp)
    {
        int[] own = [.. Enumerable.Range(0, all.Change.Length).Where(n => all.IsUp[n] == isUp)];
        double meanWeight = own.Average(n => all.Before[n]), meanChange = own.Average(n => all.Change[n]);
        double square = own.Sum(n => Math.Pow(all.Before[n] - meanWeight, 2));
        double slope = square > 0 ? own.Sum(n => (all.Before[n] - meanWeight) * all.Change[n]) / square : 0;
        double step = meanChange - (slope * meanWeight);
        return step > 0.1 * meanChange ? (step, slope) : (Math.Max(meanChange, 1e-12), 0);
    }
}

/// <summary>A parameter of a fit.</summary>
/// <param name="Name">Its name in preset files.</param>
/// <param name="Unit">The unit in which it is fitted.</param>
internal sealed record FitParameter(string Name, string Unit);
