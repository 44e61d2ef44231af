using Crosspoint.Devices;
using Crosspoint.Devices.Extraction;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 6: weights of a 512 x 512 tile found by reads alone, against the true ones; and how the error falls with the reads.</summary>
internal sealed class Fig6 : IExperiment
{
    private const string Deviation = "error_deviation";
    private const string Predicted = "predicted_deviation";
    private const string Ratio = "deviation_over_next_panel";
    private const string Exponent = "exponent_of_reads";
    private const string OneHot = "oneHot";
    private const string Random = "random";
    private const int Shown = 1_500;
    private const ulong InputStream = 1UL << 40, RandomReads = 1UL << 32;
    private static readonly int[] Decades = [1, 2, 5, 10, 20, 50, 100];

    /// <inheritdoc/>
    public string Paper => "gokmen2021";

    /// <inheritdoc/>
    public string Figure => "fig6";

    /// <inheritdoc/>
    public string Title => "Weights of a 512 x 512 tile, true and estimated by reads";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("lines", 512, "line", "paper: 512 x 512", 2, 4_096),
        new("repeats", 20, "reads a line", "paper: panel B, one-hot 20 times", 2, 10_000),
        new("reads", 10_240, "read", "paper: panel C", 2, 10_000_000),
        new("weightDeviation", 0.3, "weight", "chosen: normal weights, cut at ±1; not told by the paper. Uniform ones would drive outputs into their bound", 1e-3, 100),
        .. GokmenArrays.Parameters.Where(p => p.Name is "readNoise" or "outputBound" or "dacBits" or "adcBits"),
        new("weightRange", 1.0, "weight", "paper: the array's nominal range stands for [-1, 1], noise 0.1, bound 20", 1e-3, 1e3),
        new("maxBitLength", 128, "slot", "of updates, of which there are none here", 1, 4096),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(At("C"), Deviation, 0.002, 0.0016, 0.0025, "Fig. 6C: 0.1 % of the nominal range; with the paper's periphery and any weights 0.0018 to 0.0020"),
        new(At("A"), Ratio, null, 1, double.PositiveInfinity, "Fig. 6: A lies wider than B; 20 reads leave 1 / √20"),
        new(At("B"), Ratio, null, 1, double.PositiveInfinity, "Fig. 6: B lies wider than C at the same number of reads"),
        new(Of(OneHot), Exponent, -0.5, -0.52, -0.48, "derived: the mean of k independent reads; over two decades"),
        new(Of(Random), Exponent, -0.5, -0.52, -0.48, "derived: least squares over N reads of n lines, in N - n; over two decades"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [Point.Empty];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) =>
        10 * parameters.Whole("reads") / 10_240.0 * Math.Pow(parameters.Whole("lines") / 512.0, 2);

    /// <inheritdoc/>
    public RunResult Run(RunContext context)
    {
        ParameterValues p = context.Parameters;
        int lines = p.Whole("lines"), repeats = p.Whole("repeats"), reads = p.Whole("reads");
        AnalogTile.Options periphery = GokmenArrays.Periphery(p);
        AnalogTile tile = Tile(lines, p, periphery, context.Seed);
        PaddedMatrix truth = new(lines, lines);
        tile.Weights(truth);
        TileReads source = new(tile, new RandomAddress(context.Seed, 0, 0));
        List<Metric> metrics = [];
        ExtractedWeights a = Panel(source, truth, 1, "A", metrics, tile.Scale * ReadError.Output(periphery.Forward));
        ExtractedWeights b = Panel(source, truth, repeats, "B", metrics, tile.Scale * ReadError.Output(periphery.Forward) / Math.Sqrt(repeats));
        double[] found = [.. Decades.Select(k => WeightError.Between(truth, OneHotReads.Read(source, k, Fresh(k)).Weights).Deviation)];
        Law(OneHot, [.. Decades.Select(k => k * lines)], [.. Decades.Select(k => (double)k)], found, metrics);

        // The reads of panel C are among those of its law.
        int[] stops = [.. Decades.Select(k => lines + 1 + (k * lines))];
        ExtractedWeights? c = null;
        WeightRegression regression = new(new RandomAddress(context.Seed, InputStream, 0), new(), source);
        found = new double[stops.Length];
        for (int n = 1; n <= Math.Max(stops[^1], reads); n++)
        {
            regression.Read(RandomReads + (ulong)n);
            int stop = Array.IndexOf(stops, n);
            if (stop >= 0)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                context.Progress((double)n / stops[^1], $"{n} reads of random vectors");
                found[stop] = WeightError.Between(truth, regression.Solve()[0].Weights).Deviation;
            }

            c = n == reads ? regression.Solve()[0] : c;
        }

        Add(c!, truth, "C", metrics, Regression(periphery.Forward, truth, tile.Scale, reads));
        Law(Random, stops, [.. stops.Select(n => n - lines - 1.0)], found, metrics);
        return new RunResult
        {
            CurveColumns = ["cross_point", "true_weight", "panel_a", "panel_b", "panel_c"],
            Curve = [.. Sample(lines, truth, a.Weights, b.Weights, c!.Weights)],
            Metrics = metrics,
            Counters = new Dictionary<string, long>
            {
                ["reads"] = tile.Counters.ForwardReads,
                ["repeated_reads"] = tile.Counters.RepeatedReads,
            },
        };
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        foreach ((string panel, string next) in new[] { ("A", "B"), ("B", "C") })
        {
            if (Value(panel) / Value(next) is { } ratio)
            {
                yield return new Metric(At(panel), Ratio, ratio);
            }
        }

        double? Value(string panel) => seed.FirstOrDefault(m => m.Name == Deviation && m.At.Equals(At(panel)))?.Value;
    }

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Weights of a 512 x 512 tile found by reads alone";
        (sheet.Width, sheet.Height) = (1500, 430);
        RunResult result = summary.Runs[0].Result;
        string[] titles = ["A  one-hot, once", "B  one-hot, 20 times", "C  random vectors, regression"];
        for (int k = 0; k < titles.Length; k++)
        {
            string panel = titles[k][..1];
            double deviation = summary.Rows.First(row => row.Metric == Deviation && row.Point.Equals(At(panel))).Mean;
            sheet.Add(titles[k]).Axes("true weight", "estimate").XRange(-1.1, 1.1).YRange(-1.4, 1.4)
                .Points([.. result.Curve.Select(row => row[1])], [.. result.Curve.Select(row => row[2 + k])], string.Empty, SheetColors.Blue, 2.5f)
                .Line([-1.1, 1.1], [-1.1, 1.1], string.Empty, SheetColors.Grey, dashed: true)
                .Text($"deviation {deviation:G3}", 0, 1.25);
        }

        Panel law = sheet.Add("Error against reads").LogX().LogY().Axes("reads", "deviation of the error (weight)").Legend(ScottPlot.Alignment.UpperRight);
        foreach ((string method, string label, int colour) in new[] { (OneHot, "one-hot", 1), (Random, "random, regression", 0) })
        {
            Row[] rows = [.. summary.Rows.Where(row => row.Metric == Deviation && row.Point["method"] is string m && m == method)];
            law.Line([.. rows.Select(row => row.Point.Number("reads"))], [.. rows.Select(row => row.Mean)], label, SheetColors.Series(colour), markers: true);
        }

        law.HorizontalLine(0.002, "paper, panel C", SheetColors.Grey);
    }

    private static AnalogTile Tile(int lines, ParameterValues p, AnalogTile.Options periphery, ulong seed)
    {
        PaddedMatrix weights = new(lines, lines);
        float range = (float)p.Number("weightRange"), deviation = (float)p.Number("weightDeviation");
        for (int i = 0; i < lines; i++)
        {
            Span<float> row = weights.Row(i);
            Gaussian.Fill(new RandomAddress(seed, 1, (ulong)i), row);
            foreach (ref float weight in row)
            {
                weight = Math.Clamp(deviation * weight, -range, range) / periphery.Scale;
            }
        }

        return new AnalogTile(new FixedArray(weights), periphery);
    }

    private static ExtractedWeights Panel(TileReads source, PaddedMatrix truth, int repeats, string panel, List<Metric> metrics, double predicted)
    {
        ExtractedWeights found = OneHotReads.Read(source, repeats, Fresh(1_000 + repeats));
        Add(found, truth, panel, metrics, predicted);
        return found;
    }

    private static void Add(ExtractedWeights found, PaddedMatrix truth, string panel, List<Metric> metrics, double predicted)
    {
        metrics.Add(new Metric(At(panel), Deviation, WeightError.Between(truth, found.Weights).Deviation));
        metrics.Add(new Metric(At(panel), Predicted, predicted));
        if (double.IsFinite(found.RmsPredictedError))
        {
            metrics.Add(new Metric(At(panel), "deviation_told_by_reads", found.RmsPredictedError));
        }
    }

    private static double Regression(ReadParameters periphery, PaddedMatrix truth, double scale, int reads)
    {
        double square = 0;
        for (int i = 0; i < truth.Inputs; i++)
        {
            foreach (float weight in truth.Row(i))
            {
                square += weight / scale * (weight / scale) / ((double)truth.Inputs * truth.Outputs);
            }
        }

        return ReadError.Regression(scale * ReadError.OutputOfRounded(periphery, truth.Inputs, square), truth.Inputs, reads);
    }

    // The deviation at each number of reads, and the slope of its logarithm.
    private static void Law(string method, int[] reads, double[] spare, double[] deviation, List<Metric> metrics)
    {
        for (int k = 0; k < reads.Length; k++)
        {
            metrics.Add(new Metric(Of(method).With(new Point(("reads", reads[k]))), Deviation, deviation[k]));
        }

        double x = spare.Average(Math.Log), y = deviation.Average(Math.Log);
        double slope = spare.Zip(deviation, (s, d) => (Math.Log(s) - x) * (Math.Log(d) - y)).Sum() / spare.Sum(s => (Math.Log(s) - x) * (Math.Log(s) - x));
        metrics.Add(new Metric(Of(method), Exponent, slope));
    }

    // Cross-points at even distances; the step shares no factor with the lines.
    private static IEnumerable<double[]> Sample(int lines, PaddedMatrix truth, params PaddedMatrix[] estimates)
    {
        int all = lines * lines, step = Math.Max(1, all / Shown) | 1;
        for (int at = 0; at < all; at += step)
        {
            (int i, int j) = Math.DivRem(at, lines);
            yield return [at, truth[i, j], .. estimates.Select(estimate => (double)estimate[i, j])];
        }
    }

    // Where the reads of one experiment begin, apart from those of all others.
    private static ulong Fresh(int number) => (ulong)number << 20;

    private static Point At(string panel) => new(("panel", panel));

    private static Point Of(string method) => new(("method", method));
}
