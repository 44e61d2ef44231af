using Crosspoint.Devices.Models;

namespace Crosspoint.Repro.Fit;

/// <summary>Hard bounds of measured devices: the largest or smallest weight of a device, if pulses in its direction left it there again and again.</summary>
/// <param name="Low">Lower bound of each device; minus infinity where none was seen.</param>
/// <param name="High">Upper bound of each device; infinity where none was seen.</param>
internal sealed record HardBounds(double[] Low, double[] High)
{
    private const int Times = 3;

    /// <summary>Whether at least half of the devices showed both.</summary>
    public bool IsSeen => 2 * Low.Count(double.IsFinite) >= Low.Length && 2 * High.Count(double.IsFinite) >= High.Length;

    /// <summary>Finds them.</summary>
    public static HardBounds Of(IReadOnlyList<PulseSeries> devices) => new(
        [.. devices.Select(series => Bound(series, false))], [.. devices.Select(series => Bound(series, true))]);

    /// <summary>Their means and deviations, over the devices that showed them.</summary>
    public (Spread Low, Spread High) Spread() => (Spread(Low), Spread(High));

    private static Spread Spread(double[] bounds)
    {
        double[] seen = [.. bounds.Where(double.IsFinite)];
        double mean = seen.Average();
        double deviation = seen.Length > 1 ? Math.Sqrt(seen.Sum(bound => (bound - mean) * (bound - mean)) / (seen.Length - 1)) : 0;
        return new Spread((float)mean, mean == 0 ? 0 : (float)(deviation / Math.Abs(mean)));
    }

    // A pulse that starts at the last weight there is and does not move it.
    private static double Bound(PulseSeries series, bool isUp)
    {
        double end = isUp ? series.Weights.Max() : series.Weights.Min();
        int stuck = Enumerable.Range(0, series.Change.Length).Count(n => series.IsUp[n] == isUp && series.Before[n] == end && series.Change[n] == 0);
        return stuck >= Times ? end : isUp ? double.PositiveInfinity : double.NegativeInfinity;
    }
}
