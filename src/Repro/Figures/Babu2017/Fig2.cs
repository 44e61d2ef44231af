using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Babu2017;

/// <summary>Figure 2: the two-device synapse, and how a programming event of two coincidences under- and overshoots.</summary>
internal sealed class Fig2 : IExperiment
{
    private const string MeanStep = "mean_change_B";
    private const string Deviation = "deviation_of_change_B";
    private const string Under = "underestimates_percent";

    /// <inheritdoc/>
    public string Paper => "babu2017";

    /// <inheritdoc/>
    public string Figure => "fig2";

    /// <inheritdoc/>
    public string Title => "Programming a device by two coincidences: G_i to G_f under noise";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        .. BabuNetwork.DeviceParameters,
        new("coincidences", 2, "1", "paper", 1, 32),
        new("events", 10_000, "1", "chosen", 10, 1_000_000),
        new("initialLevel", 10, "B", "chosen: away from both ends of the range", 0, 65_535),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(At(0.1), MeanStep, 2, 1.99, 2.01, "Fig. 2: n = 2 moves a device by n B on average; 10 standard errors of 10,000 events"),
        new(At(0.1), Deviation, 0.1, 0.097, 0.103, "Sec. II: one error of deviation sigma an event; 4 standard errors"),
        new(At(0.1), Under, null, 48, 52, "Fig. 2 shows an under- and an overestimate; a centred error makes both equally likely"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [At(0.1), At(0.3)];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => 0.05;

    /// <inheritdoc/>
    public RunResult Run(RunContext context)
    {
        ParameterValues p = context.Parameters;
        int events = p.Whole("events"), coincidences = p.Whole("coincidences");
        int initial = p.Whole("initialLevel");
        if (initial + coincidences > p.Whole("states") - 1)
        {
            throw new InvalidDataException(
                $"initialLevel {initial} and {coincidences} coincidences: expected at most {p.Whole("states") - 1} together, the top of the range");
        }

        UnidirectionalPairArray.Parameters pair = BabuNetwork.Pair(p);
        UnidirectionalPairArray array = new(1, events, pair);
        PaddedMatrix start = new(1, events);
        start.Row(0).Fill(initial * array.MinStep);
        array.Program(start);
        float before = array.Plus(0, 0);

        // Trains that pulse in every slot: each cross-point sees exactly n coincidences.
        LineTrains row = new(1, coincidences), columns = new(events, coincidences);
        float[] ones = new float[events];
        Array.Fill(ones, 1f);
        row.Draw(new RandomAddress(context.Seed, 1, 0), ones.AsSpan(0, 1), 1, coincidences);
        columns.Draw(new RandomAddress(context.Seed, 2, 0), ones, 1, coincidences);
        array.Pulse(row, columns, new RandomAddress(context.Seed, 3, 0));

        double[] changes = [.. Enumerable.Range(0, events).Select(j => (double)array.Plus(0, j) - before)];
        double mean = changes.Average();
        double deviation = Math.Sqrt(changes.Sum(c => (c - mean) * (c - mean)) / (events - 1));
        return new RunResult
        {
            CurveColumns = ["event", "G_i_B", "target_B", "G_f_B"],
            Curve = [.. changes.Take(40).Select((c, n) => new double[] { n + 1, before, before + coincidences, before + c })],
            Metrics =
            [
                new(Point.Empty, MeanStep, mean),
                new(Point.Empty, Deviation, deviation),
                new(Point.Empty, Under, 100.0 * changes.Count(c => c < coincidences) / events),
            ],
            Counters = new Dictionary<string, long> { ["programming_events"] = array.Counters.Events },
        };
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        double[] first = summary.Runs[0].Result.Curve[0];
        (double initial, double target) = (first[1], first[2]);
        sheet.Title = $"A synapse of two devices, and programming events of n = {target - initial:0} coincidences";
        DrawSynapse(sheet.Add("w = κ (G⁺ − G⁻): each device can only be raised", 0.8));
        Panel panel = sheet.Add("One event moves G_i to G_f = G_i + n B + N(0, σ)")
            .Axes("programming event", "conductance above G_min (units of B)");
        int series = 0;
        foreach ((Point point, _, RunResult result) in summary.Runs.OrderByDescending(run => run.Point.Number("sigma")))
        {
            double[] x = [.. result.Curve.Select(row => row[0])];
            panel.Points(x, [.. result.Curve.Select(row => row[3])], $"G_f, σ = {point.Word("sigma")} B", SheetColors.Series(series++ == 0 ? 1 : 0));
        }

        panel.HorizontalLine(initial, "G_i", SheetColors.Grey).HorizontalLine(target, "G_i + n B", SheetColors.Ink)
            .YRange(initial - 0.4, target + 1.6);
    }

    private static void DrawSynapse(Panel panel)
    {
        panel.Schematic(10, 10)
            .Segment(0.6, 8, 9.4, 8).Text("x_i", 0.5, 8.6)
            .Segment(3, 8, 3, 6.6).Box(2.4, 4.8, 3.6, 6.6, SheetColors.Blue, SheetColors.Mist).Text("G⁺", 3, 5.7, SheetColors.Blue, bold: true)
            .Segment(7, 8, 7, 6.6).Box(6.4, 4.8, 7.6, 6.6, SheetColors.Vermilion, SheetColors.Mist).Text("G⁻", 7, 5.7, SheetColors.Vermilion, bold: true)
            .Segment(3, 4.8, 3, 3.2).Segment(7, 4.8, 7, 3.2)
            .Text("+", 3.4, 3.6, SheetColors.Blue, 18, true).Text("−", 7.4, 3.6, SheetColors.Vermilion, 18, true)
            .Box(2, 1.8, 8, 3.2).Text("Σ w_ij x_i,   w_ij = κ (G⁺ − G⁻)", 5, 2.5)
            .Arrow(5, 1.8, 5, 0.6).Text("y_j", 5.5, 0.9)
            .Arrow(0.9, 5, 2.3, 5.5, SheetColors.Blue).Text("Δw > 0", 1.1, 4.5, SheetColors.Blue)
            .Arrow(9.1, 5, 7.7, 5.5, SheetColors.Vermilion).Text("Δw < 0", 8.9, 4.5, SheetColors.Vermilion);
    }

    private static Point At(double sigma) => new(("sigma", sigma));
}
