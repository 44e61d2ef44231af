using Crosspoint.Repro.Experiments;
using Crosspoint.Training;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>Accuracy against the variance of input noise, and the losses at the variance where floating point loses a given amount.</summary>
internal static class NoiseSweep
{
    /// <summary>Name of the metric that holds the variance where floating point loses as much as in the paper.</summary>
    public const string MatchedVariance = "matched_variance";

    private const string Loss = "loss_points";

    /// <summary>Coordinates of one curve: the network and the bits it is read with (0 for floating point).</summary>
    public static Point Curve(string network, int bits) => new(("network", network), ("inferenceBitLength", bits));

    /// <summary>Coordinates of a loss at the matched variance.</summary>
    public static Point AtMatch(string network, int bits) => Curve(network, bits).With(new Point(("noise", "matched")));

    /// <summary>Reads a trained network at every variance, with each bit length of figure 5.</summary>
    public static IEnumerable<Metric> Run(BabuNetwork network, RunContext context, double[] variances, string accuracy)
    {
        int[] bitLengths = context.Parameters.Text("network") == BabuNetwork.FloatingPoint ? [0] : [10, 100];
        int reading = 0;
        foreach (int bits in bitLengths)
        {
            foreach (double variance in variances)
            {
                Evaluation.InputNoise noise = Evaluation.InputNoise.None with { Variance = (float)variance };
                yield return new Metric(
                    new Point(("inferenceBitLength", bits), ("variance", variance)), accuracy, network.AccuracyUnderNoise(bits, noise, reading++));
            }
        }
    }

    /// <summary>Finds the variance where floating point loses <paramref name="paperLoss"/> points, and every loss there.</summary>
    public static IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed, string accuracy, double paperLoss)
    {
        (double Variance, double Loss)[] reference = Losses(seed, accuracy, Curve(BabuNetwork.FloatingPoint, 0));
        if (Crossing(reference, paperLoss) is not { } matched)
        {
            yield break;
        }

        yield return new Metric(new Point(("network", BabuNetwork.FloatingPoint)), MatchedVariance, matched);
        double? previous = paperLoss;
        string previousName = "floatingPoint";
        foreach (int bits in new[] { 10, 100 })
        {
            (double Variance, double Loss)[] losses = Losses(seed, accuracy, Curve(BabuNetwork.Memristive, bits));
            if (losses.Length == 0)
            {
                yield break;
            }

            double loss = ValueAt(losses, matched);
            yield return new Metric(AtMatch(BabuNetwork.Memristive, bits), Loss, loss);
            yield return new Metric(new Point(("difference", $"{previousName}-{bits}")), Loss, previous!.Value - loss);
            (previous, previousName) = (loss, $"{bits}");
        }
    }

    private static (double Variance, double Loss)[] Losses(IReadOnlyList<Metric> seed, string accuracy, Point curve)
    {
        (double Variance, double Accuracy)[] points =
        [
            .. from metric in seed
               where metric.Name == accuracy && metric.At.Contains(curve)
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
