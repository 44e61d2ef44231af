using Crosspoint.Repro.Experiments;
using Crosspoint.Training;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>Accuracy against the variance of input noise, and the losses at the variance where floating point loses a given amount.</summary>
internal static class NoiseSweep
{
    /// <summary>Name of the metric that holds the variance where floating point loses as much as in the paper.</summary>
    public const string MatchedVariance = "matched_variance";

    /// <summary>Name of the metric of a loss of accuracy against the same network without noise.</summary>
    public const string Loss = "loss_points";

    /// <summary>Name of the metric of the accuracy on noisy inputs.</summary>
    public const string Accuracy = "noisy_accuracy_percent";

    /// <summary>The loss of the floating-point network at the paper's strongest, unnamed noise, in points.</summary>
    public const double PaperLoss = 14.35;

    /// <summary>What the memristive network loses at that noise, in points, by the bits it is read with (Sec. III).</summary>
    public static IReadOnlyDictionary<int, double> PaperLosses { get; } = new Dictionary<int, double> { [10] = 12.23, [100] = 9.2 };

    /// <summary>The variances of the sweep; inputs are in units of the pixel range.</summary>
    public static IReadOnlyList<double> Variances { get; } = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4];

    /// <summary>Coordinates of a network as it is read with trains of one length (0 for exactly).</summary>
    public static Point Read(Point network, int bits) => network.With(new Point(("inferenceBitLength", bits)));

    /// <summary>Coordinates of a loss at the variance where floating point loses as much as in the paper.</summary>
    public static Point AtMatch(Point network, int bits) => Read(network, bits).With(new Point(("noise", "matched")));

    /// <summary>Coordinates of a difference of two losses at that variance.</summary>
    public static Point Order(Point network, string difference) => network.With(new Point(("difference", difference)));

    /// <summary>Reads a trained network at every variance: exactly for floating point, otherwise with both bit lengths of figure 5.</summary>
    public static IEnumerable<Metric> Run(BabuNetwork network, RunContext context)
    {
        int[] bitLengths = context.Parameters.Text("network") == BabuNetwork.FloatingPoint ? [0] : [10, 100];
        int reading = 0;
        foreach (int bits in bitLengths)
        {
            foreach (double variance in Variances)
            {
                Evaluation.InputNoise noise = network.ClippedToPixels with { Variance = (float)variance };
                yield return new Metric(
                    Read(new Point(("variance", variance)), bits), Accuracy, network.AccuracyUnderNoise(bits, noise, reading++));
            }
        }
    }

    /// <summary>Finds the variance where a floating-point network loses <see cref="PaperLoss"/>, and what another one loses there.</summary>
    /// <param name="seed">All metrics of one seed.</param>
    /// <param name="reference">Point of the floating-point network.</param>
    /// <param name="network">Point of the other network.</param>
    /// <returns>The losses with 10 and 100 bits and their differences; nothing where a curve is missing.</returns>
    public static IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed, Point reference, Point network)
    {
        if (Crossing(Losses(seed, reference, 0), PaperLoss) is not { } matched)
        {
            yield break;
        }

        double previous = PaperLoss;
        string previousName = "floatingPoint";
        foreach (int bits in new[] { 10, 100 })
        {
            (double Variance, double Loss)[] losses = Losses(seed, network, bits);
            if (losses.Length == 0)
            {
                yield break;
            }

            double loss = ValueAt(losses, matched);
            yield return new Metric(AtMatch(network, bits), Loss, loss);
            yield return new Metric(Order(network, $"{previousName}-{bits}"), Loss, previous - loss);
            (previous, previousName) = (loss, $"{bits}");
        }
    }

    /// <summary>The variance where a floating-point network loses <see cref="PaperLoss"/>.</summary>
    public static IEnumerable<Metric> Match(IReadOnlyList<Metric> seed, Point reference)
    {
        if (Crossing(Losses(seed, reference, 0), PaperLoss) is { } matched)
        {
            yield return new Metric(reference, MatchedVariance, matched);
        }
    }

    private static (double Variance, double Loss)[] Losses(IReadOnlyList<Metric> seed, Point network, int bits)
    {
        // The variance and nothing else beside the curve's own coordinates: another point may hold them all and more.
        Point curve = Read(network, bits);
        (double Variance, double Accuracy)[] points =
        [
            .. from metric in seed
               where metric.Name == Accuracy && metric.At.Coordinates.Count == curve.Coordinates.Count + 1 && metric.At.Contains(curve)
               orderby metric.At.Number("variance")
               select (metric.At.Number("variance"), metric.Value),
        ];
        return [.. points.Select(p => (p.Variance, points[0].Accuracy - p.Accuracy))];
    }

    private static double? Crossing((double Variance, double Loss)[] curve, double loss)
    {
        for (int k = 1; k < curve.Length; k++)
        {
            if (curve[k - 1].Loss <= loss && loss <= curve[k].Loss)
            {
                double part = (loss - curve[k - 1].Loss) / (curve[k].Loss - curve[k - 1].Loss);
                return curve[k - 1].Variance + (part * (curve[k].Variance - curve[k - 1].Variance));
            }
        }

        return null;
    }

    private static double ValueAt((double Variance, double Loss)[] curve, double variance)
    {
        int k = Math.Clamp(Array.FindIndex(curve, p => p.Variance >= variance), 1, curve.Length - 1);
        double part = (variance - curve[k - 1].Variance) / (curve[k].Variance - curve[k - 1].Variance);
        return curve[k - 1].Loss + (part * (curve[k].Loss - curve[k - 1].Loss));
    }
}
