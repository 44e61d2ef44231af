using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 1: pulse response of the linear symmetric and of the exponentially saturating non-symmetric device.</summary>
internal sealed class Fig1 : IExperiment
{
    private const string Symmetric = "symmetric";
    private const string NonSymmetric = "nonsymmetric";
    private const string Turn = "mean_device_after_up_pulses";
    private const string Return = "mean_device_after_down_pulses";
    private const string MeanStep = "mean_step_at_zero";
    private const string Spread = "step_spread_percent";
    private const int SingleTraces = 3;

    /// <inheritdoc/>
    public string Paper => "gokmen2021";

    /// <inheritdoc/>
    public string Figure => "fig1";

    /// <inheritdoc/>
    public string Title => "Pulse response of the linear symmetric and of the exponentially saturating device, 1,200 states";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("device", Symmetric, "1", "paper", Words: [Symmetric, NonSymmetric]),
        new("pulses", 600, "pulse", "chosen: half of the 1,200 states, the whole range of the symmetric device from 0", 10, 100_000),
        new("saturatingPulses", 1_800, "pulse", "chosen: three times as many, so that the non-symmetric device saturates", 10, 100_000),
        new("rounds", 2, "1", "chosen", 1, 10),
        new("devices", 1_000, "1", "chosen", 10, 10_000),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(At(Symmetric), Turn, null, 0.5999, 0.6001, "Fig. 1A: a straight line; 600 steps of 0.001"),
        new(At(Symmetric), Return, null, -0.0001, 0.0001, "Fig. 1A: the same way back"),
        new(At(NonSymmetric), Turn, null, 0.5719, 0.5723, "Fig. 1B, eq. 1 and 2: (1 - (1 - 0.00166)^1800) / 1.66 = 0.5721"),
        new(At(NonSymmetric), Return, null, -0.5436, -0.5432, "Fig. 1B: exponential saturation towards -1 / 1.66; (0.5721 + 1 / 1.66) 0.99834^1800 - 1 / 1.66 = -0.5434"),
        new(At(Symmetric), MeanStep, 0.001, 0.00095, 0.00105, "Sec. 2.3: mean step 0.001; 5 standard errors of 1,000 devices of spread 0.3"),
        new(At(Symmetric), Spread, 30, 26.5, 33.5, "Sec. 2.3: device-to-device spread 0.3; 5 standard errors of 1,000 devices"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [At(Symmetric), At(NonSymmetric)];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => 1;

    /// <inheritdoc/>
    public RunResult Run(RunContext context)
    {
        int pulses = context.Parameters.Whole(context.Parameters.Text("device") == Symmetric ? "pulses" : "saturatingPulses"), rounds = context.Parameters.Whole("rounds"), devices = context.Parameters.Whole("devices");
        LinearStepModel model = PulseFigure.Model<LinearStepModel>($"gokmen2021-{context.Parameters.Text("device")}");
        ICrosspointArray array = PulseFigure.Devices(model, devices, context);
        float[,] weights = PulseMeasurement.Trace(array, context.Seed, pulses, pulses, rounds);
        double[] mean = PulseFigure.Mean(model, 0, PulseFigure.Rounds(pulses, rounds));

        // Every device goes up from zero first, by nearly the same step ten times: the noise of a cycle is a tenth of the spread in their mean.
        const int First = 10;
        double[] steps = [.. Enumerable.Range(0, devices).Select(k => weights[k, First] / (double)First)];
        double average = steps.Average();
        double deviation = Math.Sqrt(steps.Sum(step => (step - average) * (step - average)) / (devices - 1));
        return new RunResult
        {
            CurveColumns = ["pulse", "mean_device", "mean", "low_80", "high_80", .. Enumerable.Range(1, SingleTraces).Select(k => $"device_{k}")],
            Curve = [.. Enumerable.Range(0, mean.Length).Where(pulse => pulse % Math.Max(1, pulses / 200) == 0).Select(pulse => Row(pulse))],
            Metrics =
            [
                new(Point.Empty, Turn, mean[pulses]),
                new(Point.Empty, Return, mean[2 * pulses]),
                new(Point.Empty, MeanStep, average),
                new(Point.Empty, Spread, 100 * deviation / average),
            ],
            Counters = new Dictionary<string, long> { ["pulses"] = array.Counters.Coincidences },
        };

        double[] Row(int pulse)
        {
            double[] sorted = [.. Enumerable.Range(0, devices).Select(k => (double)weights[k, pulse]).Order()];
            return
            [
                pulse, mean[pulse], sorted.Average(), sorted[devices / 10], sorted[devices - 1 - (devices / 10)],
                .. Enumerable.Range(0, SingleTraces).Select(k => (double)weights[k, pulse]),
            ];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Pulse response of the two devices of the paper, 1,200 states, noise 0.3 of a step";
        (sheet.Width, sheet.Height) = (1000, 480);
        foreach ((Point point, _, RunResult result) in summary.Runs.DistinctBy(run => run.Point).OrderByDescending(run => run.Point.Word("device")))
        {
            bool isSymmetric = point.Word("device") == Symmetric;
            double[] x = Column(0);
            Panel panel = sheet.Add(isSymmetric ? "A  linear and symmetric" : "B  exponentially saturating, non-symmetric")
                .Axes("pulse", "weight").Legend(Alignment.UpperRight).YRange(-1.05, 1.5)
                .Band(x, Column(3), Column(4), "80 % of the devices");
            for (int k = 0; k < SingleTraces; k++)
            {
                panel.Steps(x, Column(5 + k), k == 0 ? "single devices" : string.Empty, SheetColors.Grey, 0.9f);
            }

            panel.Line(x, Column(2), "mean of the devices", SheetColors.Blue)
                .Line(x, Column(1), isSymmetric ? "mean device, Δw = ± 0.001" : "mean device, Δw = ± 0.001 (1 − 1.66 (± w))", SheetColors.Ink, dashed: true);
            if (!isSymmetric)
            {
                panel.HorizontalLine(1 / 1.66, "saturation, ± 1 / 1.66", SheetColors.Vermilion).HorizontalLine(-1 / 1.66, color: SheetColors.Vermilion);
            }

            double[] Column(int column) => [.. result.Curve.Select(row => row[column])];
        }
    }

    private static Point At(string device) => new(("device", device));
}
