namespace Crosspoint.Repro.Fit;

/// <summary>The numbers by which measured and simulated responses are compared.</summary>
/// <remarks>
/// Pulses of a device in one direction are cut into blocks by their order: the mean step of each block tells the mean response with its
/// history, the difference of following steps the noise from cycle to cycle, the same of sums of four the noise that does not add up (of
/// writing), the variance of block means over devices their spread, its third moment the law of it, and the largest and smallest weight the
/// bounds. Steps are taken to be known to a thousandth of a typical one.
/// </remarks>
internal sealed class PulseStatistics
{
    private const int MostBlocks = 8, Parts = 4;
    private const int FewestForLaw = 8;
    private const int Stride = 2; // blocks from one whose variance counts to the next
    private const double Resolution = 1e-3; // of a typical step
    private const double Floor = 0.03; // of the mean of measured variances of a kind: what counts as none

    private readonly int devices;
    private readonly int[][][] blocks; // [device][direction and block]: the pulses
    private readonly int[][][] directions; // [device][direction]: the pulses
    private readonly int blockCount;
    private readonly double resolution;
    private readonly (double Within, double Between, double Ends) floors;

    /// <summary>Plans the statistics for measured devices.</summary>
    /// <exception cref="InvalidDataException">A device has too few pulses in a direction in which it was pulsed.</exception>
    public PulseStatistics(IReadOnlyList<PulseSeries> measured)
    {
        devices = measured.Count;
        bool[] used = [.. Enumerable.Range(0, 2).Select(direction => direction == 0).Where(up => measured.Any(series => series.IsUp.Contains(up)))];
        directions = [.. measured.Select(series => used.Select(up =>
            Enumerable.Range(0, series.IsUp.Length).Where(n => series.IsUp[n] == up).ToArray()).ToArray())];
        int fewest = directions.Min(device => device.Min(own => own.Length));
        if (fewest < 2 * Parts)
        {
            int k = Array.FindIndex(directions, device => device.Any(own => own.Length == fewest));
            throw new InvalidDataException(
                $"device {measured[k].Device}: expected at least {2 * Parts} pulses in each direction that is used, got {fewest}");
        }

        blockCount = fewest >= 4 * MostBlocks ? MostBlocks : Parts;
        blocks = [.. directions.Select(device => device.SelectMany(own => Enumerable.Range(0, blockCount)
            .Select(b => own[(b * own.Length / blockCount)..((b + 1) * own.Length / blockCount)])).ToArray())];
        double[] steps = [.. measured.SelectMany(series => series.Change)];
        TypicalStep = Math.Sqrt(steps.Average(step => step * step));
        Range = measured.Max(series => series.Weights.Max()) - measured.Min(series => series.Weights.Min());
        if (TypicalStep == 0)
        {
            TypicalStep = Math.Max(1e-3 * Range, 1e-9);
        }

        Range = Math.Max(Range, TypicalStep);
        resolution = Resolution * TypicalStep;
        float[][] weights = [.. measured.Select(series => series.Weights.Select(w => (float)w).ToArray())];
        floors = Floors(weights);
        Measured = Of(weights, withCovariance: false);
    }

    /// <summary>The root of the mean square of the measured steps.</summary>
    public double TypicalStep { get; }

    /// <summary>Between the smallest and the largest measured weight.</summary>
    public double Range { get; }

    /// <summary>The statistics of the measured devices, each of its steps as it was read.</summary>
    public Moments Measured { get; }

    /// <summary>The statistics of devices that were pulsed alike; device k like measured device k mod K.</summary>
    /// <param name="weights">The weights of each device.</param>
    /// <param name="withCovariance">Whether their covariance is asked for; otherwise it is empty.</param>
    public Moments Of(float[][] weights, bool withCovariance)
    {
        int count = weights.Length, used = directions[0].Length, ends = used * blockCount;
        double[][] means = new double[count][], within = new double[count][];
        for (int k = 0; k < count; k++)
        {
            (means[k], within[k]) = Device(weights[k], k % devices);
        }

        MomentCollector found = new(count, devices, withCovariance ? resolution : double.NaN);
        for (int j = 0; j < means[0].Length; j++)
        {
            found.Mean([.. means.Select(own => own[j])]);
        }

        for (int j = 0; j < within[0].Length; j++)
        {
            found.LogMean([.. within.Select(own => own[j])], floors.Within);
        }

        for (int b = 0; devices > 1 && b < blockCount; b += Stride)
        {
            for (int d = 0; d < used; d++)
            {
                found.LogVariance([.. means.Select(own => own[(d * blockCount) + b])], floors.Between);
            }

            if (used > 1)
            {
                found.LogVariance([.. means.Select(own => own[b] + own[blockCount + b])], floors.Between);
            }
        }

        for (int end = 0; devices > 1 && end < 2; end++)
        {
            found.LogVariance([.. means.Select(own => own[ends + end])], floors.Ends);
        }

        if (devices > 1)
        {
            found.LogVariance([.. means.Select(own => own[ends] + own[ends + 1])], floors.Ends);
        }

        for (int d = 0; devices >= FewestForLaw && d < used; d++)
        {
            found.Skewness([.. means.Select(own => own[d * blockCount])]);
        }

        return found.Moments();
    }

    // A variance that is almost nothing, as where devices stand at their bounds, has a logarithm that says nothing.
    private (double Within, double Between, double Ends) Floors(float[][] weights)
    {
        (double[] Means, double[] Within)[] all = [.. weights.Select(Device)];
        int ends = directions[0].Length * blockCount;
        double exact = resolution * resolution;
        return (exact + (Floor * all.Average(own => own.Within.Average())),
            exact + (Floor * Enumerable.Range(0, ends).Average(Variance)),
            exact + (Floor * Enumerable.Range(ends, 2).Average(Variance)));

        double Variance(int j)
        {
            double mean = all.Average(own => own.Means[j]);
            return all.Average(own => (own.Means[j] - mean) * (own.Means[j] - mean));
        }
    }

    // Mean steps of the blocks, the largest and the smallest weight; mean squares of differences of steps in the parts, and of sums of four.
    private (double[] Means, double[] Within) Device(float[] w, int measured)
    {
        int[][] own = blocks[measured];
        double[] means = new double[own.Length + 2];
        for (int b = 0; b < own.Length; b++)
        {
            double sum = 0;
            foreach (int n in own[b])
            {
                sum += w[n + 1] - (double)w[n];
            }

            means[b] = sum / own[b].Length;
        }

        (means[^2], means[^1]) = (float.MinValue, float.MaxValue);
        foreach (float weight in w)
        {
            (means[^2], means[^1]) = (Math.Max(means[^2], weight), Math.Min(means[^1], weight));
        }

        int used = directions[measured].Length;
        double[] within = new double[used * (Parts + 1)];
        for (int d = 0; d < used; d++)
        {
            int[] pulses = directions[measured][d];
            for (int part = 0; part < Parts; part++)
            {
                int first = part * pulses.Length / Parts, last = (part + 1) * pulses.Length / Parts;
                double sum = 0;
                for (int i = first; i < last - 1; i++)
                {
                    double difference = Step(pulses[i + 1]) - Step(pulses[i]);
                    sum += difference * difference / 2;
                }

                within[(d * Parts) + part] = sum / Math.Max(last - first - 1, 1);
            }

            double fours = 0;
            int quads = pulses.Length / 4;
            for (int q = 0; q < quads - 1; q++)
            {
                double difference = 0;
                for (int i = 0; i < 4; i++)
                {
                    difference += Step(pulses[(4 * q) + 4 + i]) - Step(pulses[(4 * q) + i]);
                }

                fours += difference * difference / 8;
            }

            within[(used * Parts) + d] = fours / Math.Max(quads - 1, 1);
        }

        return (means, within);

        double Step(int n) => w[n + 1] - (double)w[n];
    }
}
