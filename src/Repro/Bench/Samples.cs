namespace Crosspoint.Repro.Bench;

/// <summary>Repeated measurements of one number.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];

    /// <summary>How many there are.</summary>
    public int Count => values.Count;

    /// <summary>All of them together.</summary>
    public double Sum { get; private set; }

    /// <summary>Takes one more.</summary>
    public void Add(double value)
    {
        values.Add(value);
        Sum += value;
    }

    /// <summary>The number below which a part of them lies, between neighbours in proportion.</summary>
    /// <param name="part">In 0..1.</param>
    public double Quantile(double part)
    {
        List<double> sorted = [.. values.Order()];
        double place = part * (sorted.Count - 1);
        int low = (int)place;
        return low + 1 < sorted.Count ? sorted[low] + ((place - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    /// <summary>Half of them are smaller.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The smallest.</summary>
    public double Min => values.Min();

    /// <summary>The largest.</summary>
    public double Max => values.Max();

    /// <summary>From the first to the third quartile, as a percentage of the median.</summary>
    public double SpreadPercent => 100 * (Quantile(0.75) - Quantile(0.25)) / Median;
}
