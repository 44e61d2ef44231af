namespace Crosspoint.Repro.Fit;

/// <summary>The steps of one device: the weight before each pulse, the change in the direction of the pulse, and the direction.</summary>
/// <param name="Device">Number of the device in the file.</param>
/// <param name="Weights">The weights as measured, with the one before the first pulse, in weight units.</param>
/// <param name="Before">The weight before each pulse.</param>
/// <param name="Change">The weight behind the pulse less the one before it, times -1 for a down pulse.</param>
/// <param name="IsUp">Whether the pulse went up.</param>
internal sealed record PulseSeries(int Device, double[] Weights, double[] Before, double[] Change, bool[] IsUp)
{
    /// <summary>The steps of a measured trace.</summary>
    /// <param name="device">Number of the device.</param>
    /// <param name="weights">The weight before the first pulse and behind each.</param>
    /// <param name="isUp">The direction of each pulse.</param>
    public static PulseSeries Of(int device, double[] weights, bool[] isUp)
    {
        double[] change = new double[isUp.Length];
        for (int k = 0; k < change.Length; k++)
        {
            change[k] = (weights[k + 1] - weights[k]) * (isUp[k] ? 1 : -1);
        }

        return new PulseSeries(device, weights, weights[..^1], change, isUp);
    }

    /// <summary>Leaves out the pulses that start so near a hard bound that it may have cut their step.</summary>
    /// <param name="low">The lower bound of the device; minus infinity for none.</param>
    /// <param name="high">The upper bound; infinity for none.</param>
    /// <param name="margin">How near is near, in weight units.</param>
    public PulseSeries Without(double low, double high, double margin)
    {
        int[] kept = [.. Enumerable.Range(0, Change.Length).Where(k => IsUp[k] ? Before[k] < high - margin : Before[k] > low + margin)];
        return kept.Length == Change.Length ? this : this with
        {
            Before = [.. kept.Select(k => Before[k])],
            Change = [.. kept.Select(k => Change[k])],
            IsUp = [.. kept.Select(k => IsUp[k])],
        };
    }

    /// <summary>The same steps with all weights times a number.</summary>
    public PulseSeries Times(double factor) => this with
    {
        Weights = [.. Weights.Select(w => factor * w)],
        Before = [.. Before.Select(w => factor * w)],
        Change = [.. Change.Select(w => factor * w)],
    };

    /// <summary>Looks whether pulses go the way of their names, and weights lie about zero, as those of every model do.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void RequireSense(IReadOnlyList<PulseSeries> measured)
    {
        foreach (bool isUp in (bool[])[true, false])
        {
            double[] changes = [.. measured.SelectMany(series => series.Change.Where((_, k) => series.IsUp[k] == isUp))];
            if (changes.Length > 0 && changes.Average() <= 0)
            {
                string way = isUp ? "raise" : "lower";
                throw new InvalidDataException(FormattableString.Invariant(
                    $"expected {(isUp ? "up" : "down")} pulses to {way} the weight, got a mean change of {(isUp ? 1 : -1) * changes.Average():G4}; are directions or signs exchanged?"));
            }
        }

        double low = measured.Min(series => series.Weights.Min()), high = measured.Max(series => series.Weights.Max());
        if (low > high - low || high < low - high)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"expected weights with zero inside their range, got {low:G6} to {high:G6}; a conductance becomes a weight by subtracting the middle of its range"));
        }
    }
}
