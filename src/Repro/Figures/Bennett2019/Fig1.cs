using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 1: jump tables of the linear and the non-linear device, and how conductance evolves from G_off and from G_on.</summary>
internal sealed class Fig1 : IExperiment
{
    private const string Linear = "linear";
    private const string NonLinear = "nonlinear";
    private const string SetPulses = "set_pulses_from_0.1_to_0.9";
    private const string ResetPulses = "reset_pulses_from_0.9_to_0.1";
    private const float Inner = 0.1f;

    /// <inheritdoc/>
    public string Paper => "bennett2019";

    /// <inheritdoc/>
    public string Figure => "fig1";

    /// <inheritdoc/>
    public string Title => "Jump tables and evolution of conductance, linear and non-linear device";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("device", Linear, "1", "paper", Words: [Linear, NonLinear]),
        new("levels", 256, "1", "paper", 2, 65_536),
        new("writeNoise", 0.0, "step", "paper: eq. 13; none in this figure", 0, 10),
        new("pulses", 300, "pulse", "chosen: more than the levels, so that the ends show", 10, 100_000),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(At(Linear), SetPulses, null, 203, 205, "eq. 1: 0.8 of 255 steps, 204"),
        new(At(Linear), ResetPulses, null, 203, 205, "eq. 1: 0.8 of 255 steps, 204"),
        new(At(NonLinear), SetPulses, null, 252, 258, "eq. 2 to 4: 256 levels without the outer tenths; 1 % for whole pulses"),
        new(At(NonLinear), ResetPulses, null, 252, 258, "eq. 2 to 4: 256 levels without the outer tenths; 1 % for whole pulses"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [At(Linear), At(NonLinear)];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => 0.2;

    /// <inheritdoc/>
    public RunResult Run(RunContext context)
    {
        JumpModel model = Model(context.Parameters);
        int pulses = context.Parameters.Whole("pulses");
        (double low, double high) = model.MeanBounds;
        double[] up = Trace(isUp: true), down = Trace(isUp: false);
        return new RunResult
        {
            CurveColumns = ["pulse", "G_from_off", "G_from_on", "G_of_jump", "set_jump", "reset_jump"],
            Curve =
            [
                .. Enumerable.Range(0, pulses + 1).Select(pulse =>
                {
                    double g = low + ((high - low) * pulse / pulses);
                    return new[] { pulse, up[pulse], down[pulse], g, model.MeanStep(g, true), model.MeanStep(g, false) };
                }),
            ],
            Metrics =
            [
                new(Point.Empty, SetPulses, Pulses(model, Inner, isUp: true)),
                new(Point.Empty, ResetPulses, Pulses(model, 1 - Inner, isUp: false)),
            ],
        };

        double[] Trace(bool isUp)
        {
            ICrosspointArray array = PulseFigure.Devices(model, 1, context);
            PulseFigure.SetTo(array, isUp ? 0 : 1);
            float[,] weights = PulseMeasurement.Trace(array, context.Seed, isUp ? pulses : 0, isUp ? 0 : pulses, 1);
            return [.. Enumerable.Range(0, pulses + 1).Select(pulse => (double)weights[0, pulse])];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Jump tables and evolution of the conductance, 256 levels";
        sheet.Note = "The strengths of the non-linear device are the literal solution of the paper's fitting rule: 256 levels between a tenth and nine tenths of the range.";
        (sheet.Width, sheet.Height) = (1300, 460);
        string letters = "abcd";
        int panel = 0;
        foreach ((Point point, _, RunResult result) in summary.Runs.DistinctBy(run => run.Point).OrderBy(run => run.Point.Word("device")))
        {
            string kind = point.Word("device") == Linear ? "linear" : "non-linear";
            double[] g = Column(result, 3), set = Column(result, 4), reset = Column(result, 5);
            sheet.Add($"{letters[panel++]}  {kind}: jump of one pulse").Axes("conductance G (range 1)", "ΔG")
                .XRange(-0.05, 1.05).Line(g, set, "SET", SheetColors.Blue).Line(g, reset, "RESET", SheetColors.Vermilion)
                .HorizontalLine(0, color: SheetColors.Ink).YRange(-0.017, 0.024).Legend(Alignment.UpperRight);
            sheet.Add($"{letters[panel++]}  {kind}: evolution").Axes("pulse", "conductance G (range 1)")
                .Line(Column(result, 0), Column(result, 1), "SET from G_off", SheetColors.Blue)
                .Line(Column(result, 0), Column(result, 2), "RESET from G_on", SheetColors.Vermilion)
                .YRange(-0.05, 1.45).Legend(Alignment.UpperRight);
        }
    }

    private static double[] Column(RunResult result, int column) => [.. result.Curve.Select(row => row[column])];

    // Whole pulses of the mean device until it has gone eight tenths of the range.
    private static double Pulses(JumpModel model, double start, bool isUp)
    {
        double g = start;
        int pulses = 0;
        for (; isUp ? g < 1 - Inner - 1e-6 : g > Inner + 1e-6; pulses++)
        {
            double step = model.MeanStep(g, isUp);
            if (step == 0)
            {
                break;
            }

            g += step;
        }

        return pulses;
    }

    private static JumpModel Model(ParameterValues p)
    {
        JumpModel model = PulseFigure.Model<JumpModel>($"bennett2019-{p.Text("device")}");
        return model with { Levels = p.Whole("levels"), CycleNoise = (float)p.Number("writeNoise"), UniformStart = false };
    }

    private static Point At(string device) => new(("device", device));
}
