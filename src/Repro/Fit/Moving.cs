namespace Crosspoint.Repro.Fit;

/// <summary>A number of a model in units in which a search moves it: of order 1, between bounds.</summary>
/// <param name="Number">The number.</param>
/// <param name="Scale">What 1 is: of a signed number its scale, of a deviation the deviation at 1, of a positive number 1 before the logarithm.</param>
/// <param name="Start">Where the search begins.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
internal sealed record Moving(ModelNumber Number, double Scale, double Start, double Low, double High)
{
    private const double LogRange = 12;
    private const double SomeSpread = 0.15, SomeNoise = 0.3;
    private const double Small = 0.05; // a number this much below the usual size of its unit counts as zero
    private const double LargestDeviation = 100; // of the square, in the units of the start

    /// <summary>Takes a number into a search.</summary>
    /// <param name="number">The number.</param>
    /// <param name="value">Where it begins.</param>
    /// <param name="data">The measurement, whose range and steps are the scale of numbers that begin at zero.</param>
    public static Moving Of(ModelNumber number, double value, PulseStatistics data)
    {
        switch (number.Kind)
        {
            case NumberKind.Positive:
                double log = Math.Log(value);
                return new(number, 1, log, log - LogRange, log + LogRange);
            case NumberKind.Deviation:
                double some = value > 0 ? value : number.IsBetweenDevices && number.Unit == "1" ? SomeSpread
                    : number.Unit == "weight" ? SomeNoise * data.TypicalStep : SomeNoise;
                return new(number, some, 1, 0, LargestDeviation);
            default:
                double usual = number.Unit switch { "weight" => data.Range, "1/weight" => 1 / data.Range, _ => 1 };
                double scale = Math.Abs(value) > Small * usual ? Math.Abs(value) : usual;
                return new(number, scale, value / scale, (number.Range?.Minimum ?? double.NegativeInfinity) / scale,
                    (number.Range?.Maximum ?? double.PositiveInfinity) / scale);
        }
    }

    /// <summary>The number at a place of the search.</summary>
    public double Value(double x) => Number.Kind switch
    {
        NumberKind.Positive => Math.Exp(x),
        NumberKind.Deviation => Scale * Math.Sqrt(x),
        _ => Scale * x,
    };

    /// <summary>The interval around a place: of a deviation that is well known by its logarithm, otherwise by its square.</summary>
    /// <param name="x">The place.</param>
    /// <param name="half">Half of the interval in units of the search.</param>
    public Interval Around(double x, double half) => Number.Kind == NumberKind.Deviation && half < x
        ? new(Value(x), Value(x) * Math.Exp(-half / (2 * x)), Value(x) * Math.Exp(half / (2 * x)))
        : new(Value(x), Value(Math.Max(x - half, Low)), Value(x + half));
}
