using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 5 A to D: weight traces of devices of 15 states with noise of a whole step, beside one of more than 1,000 states.</summary>
/// <remarks>
/// The paper takes the traces from training. Here each device gets pulses whose signs are drawn at random, as in training that has nearly
/// converged, with a mean that holds for a while and then turns: that shows what the figure shows, noise and saturation, without a network.
/// </remarks>
internal sealed class Fig5Traces : IExperiment
{
    private const string Noisy = "model1";
    private const string Symmetric = "symmetric";
    private const string Noise = "noise_of_a_pulse_over_step";
    private const string Beyond = "beyond_saturation_percent";
    private const ulong SignStream = 0x200;
    private const ulong NoiseStream = 0x300;
    private const int Shown = 3;

    /// <inheritdoc/>
    public string Paper => "gokmen2021";

    /// <inheritdoc/>
    public string Figure => "fig5a-d";

    /// <inheritdoc/>
    public string Title => "Weight traces of noisy devices of 15 states, and of the symmetric device";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("device", Noisy, "1", "paper: 15 states, additive noise 1 (A to C); over 1,000 states, noise 0.3 (D)", Words: [Noisy, Symmetric]),
        new("pulses", 240, "pulse", "chosen", 20, 100_000),
        new("phase", 60, "pulse", "chosen: pulses until the mean direction turns", 1, 100_000),
        new("bias", 0.7, "1", "chosen: probability of the direction of the phase", 0.5, 1),
        new("devices", 500, "1", "chosen, of which three are shown", Shown, 10_000),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        new(At(Noisy), Noise, 1, 0.98, 1.02, "Fig. 5: additive noise of one step a pulse; 5 standard errors of 120,000 pulses, and 1 % for the mean square of the spread"),
        new(At(Symmetric), Noise, 0.3, 0.294, 0.306, "Fig. 5D: noise 0.3 of a step, likewise"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [At(Noisy), At(Symmetric)];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => 0.5;

    /// <inheritdoc/>
    public RunResult Run(RunContext context)
    {
        ParameterValues p = context.Parameters;
        int pulses = p.Whole("pulses"), devices = p.Whole("devices");
        LinearStepModel model = PulseFigure.Model<LinearStepModel>(p.Text("device") == Noisy ? "gokmen2021-model-1" : "gokmen2021-symmetric");
        ICrosspointArray array = PulseFigure.Devices(model, devices, context);
        float[,] signs = Signs(context, pulses, devices);
        double[][] weights = Pulse(array, signs, context);

        // The steps and slopes of each device are those of the array of the same seed without noise, pulsed once from two weights.
        LinearStepModel quiet = model with { AdditiveNoise = 0, CycleNoise = 0 };
        (double[] up, double[] down) = (Steps(quiet, 1, 0), Steps(quiet, -1, 0));
        (double[] upAtOne, double[] downAtOne) = (Steps(quiet, 1, 1), Steps(quiet, -1, 1));
        double square = 0, beyond = 0;
        for (int k = 0; k < devices; k++)
        {
            (double high, double low) = Saturation(k);
            for (int pulse = 1; pulse <= pulses; pulse++)
            {
                double before = weights[pulse - 1][k];
                bool isUp = signs[pulse - 1, k] > 0;
                double step = isUp ? up[k] + ((upAtOne[k] - up[k]) * before) : down[k] + ((downAtOne[k] - down[k]) * before);
                double scale = p.Text("device") == Noisy ? isUp ? up[k] : down[k] : step;
                square += Math.Pow((weights[pulse][k] - before - step) / scale, 2) / (pulses * (double)devices);
                beyond += weights[pulse][k] > high || weights[pulse][k] < low ? 100.0 / (pulses * (double)devices) : 0;
            }
        }

        return new RunResult
        {
            CurveColumns =
            [
                "pulse",
                .. Enumerable.Range(1, Shown).SelectMany(k => new[] { $"weight_{k}", $"sign_{k}", $"low_{k}", $"high_{k}" }),
            ],
            Curve =
            [
                .. Enumerable.Range(0, pulses + 1).Select(pulse => (double[])
                [
                    pulse,
                    .. Enumerable.Range(0, Shown).SelectMany(k =>
                        new[] { weights[pulse][k], pulse == 0 ? 0 : signs[pulse - 1, k], Finite(Saturation(k).Low), Finite(Saturation(k).High) }),
                ]),
            ],
            Metrics = [new(Point.Empty, Noise, Math.Sqrt(square)), new(Point.Empty, Beyond, beyond)],
            Counters = new Dictionary<string, long> { ["pulses"] = array.Counters.Coincidences },
        };

        double[] Steps(LinearStepModel noiseless, float sign, float from)
        {
            ICrosspointArray fresh = PulseFigure.Devices(noiseless, devices, context);
            PulseFigure.SetTo(fresh, from);
            float[,] one = new float[1, devices];
            for (int k = 0; k < devices; k++)
            {
                one[0, k] = sign;
            }

            double[][] trace = Pulse(fresh, one, context);
            return [.. trace[1].Zip(trace[0], (after, before) => after - before)];
        }

        (double High, double Low) Saturation(int k) => (Zero(up[k], upAtOne[k], double.PositiveInfinity), Zero(down[k], downAtOne[k], double.NegativeInfinity));

        static double Zero(double atZero, double atOne, double none) => Math.Abs(atOne - atZero) < 1e-3 * Math.Abs(atZero) ? none : atZero / (atZero - atOne);

        // A device without saturation: a level far outside of the picture, since results hold finite numbers only.
        static double Finite(double level) => double.IsFinite(level) ? level : Math.Sign(level) * 1e3;
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Weights under random pulses: devices of 15 states with noise of a whole step (A to C), symmetric device (D)";
        (sheet.Width, sheet.Height) = (1300, 460);
        foreach ((Point point, _, RunResult result) in summary.Runs.DistinctBy(run => run.Point).OrderBy(run => run.Point.Word("device")))
        {
            bool isNoisy = point.Word("device") == Noisy;
            for (int k = 0; k < (isNoisy ? Shown : 1); k++)
            {
                DrawDevice(sheet.Add(isNoisy ? $"{"ABC"[k]}  device {k + 1} of 15 states, noise 1" : "D  symmetric, 1,200 states, noise 0.3"), result, k, isNoisy);
            }
        }
    }

    private static void DrawDevice(Panel panel, RunResult result, int k, bool isNoisy)
    {
        double[] x = [.. result.Curve.Select(row => row[0])];
        double[] weights = [.. result.Curve.Select(row => row[1 + (4 * k)])];
        (double low, double high) = (result.Curve[0][3 + (4 * k)], result.Curve[0][4 + (4 * k)]);
        (double bottom, double top) = (weights.Min(), weights.Max());
        if (isNoisy)
        {
            (bottom, top) = (Math.Min(bottom, low), Math.Max(top, high));
        }

        double range = top - bottom, marks = bottom - (0.12 * range);
        panel.Axes("pulse", "weight").Legend(Alignment.UpperRight).YRange(marks - (0.1 * range), top + (0.55 * range))
            .Steps(x, weights, "weight", SheetColors.Blue, 1.2f);
        foreach ((int sign, string label, Color color) in new[] { (1, "up pulse", SheetColors.Green), (-1, "down pulse", SheetColors.Vermilion) })
        {
            double[] at = [.. result.Curve.Where(row => row[2 + (4 * k)] == sign).Select(row => row[0])];
            panel.Points(at, [.. at.Select(_ => marks - (sign > 0 ? 0 : 0.05 * range))], label, color, 3);
        }

        if (isNoisy)
        {
            panel.HorizontalLine(high, "saturation of this device", SheetColors.Ink).HorizontalLine(low, color: SheetColors.Ink);
        }
    }

    // One number a pulse and device: the direction of the phase with probability bias, otherwise the other.
    private static float[,] Signs(RunContext context, int pulses, int devices)
    {
        int phase = context.Parameters.Whole("phase");
        double bias = context.Parameters.Number("bias");
        float[,] signs = new float[pulses, devices];
        uint[] words = new uint[devices];
        for (int pulse = 0; pulse < pulses; pulse++)
        {
            RandomWords.Fill(new RandomAddress(context.Seed, SignStream, (ulong)pulse), words);
            float direction = pulse / phase % 2 == 0 ? 1 : -1;
            for (int k = 0; k < devices; k++)
            {
                signs[pulse, k] = (words[k] + 0.5) / ((double)uint.MaxValue + 1) < bias ? direction : -direction;
            }
        }

        return signs;
    }

    private static double[][] Pulse(ICrosspointArray array, float[,] signs, RunContext context)
    {
        int devices = signs.GetLength(1);
        LineTrains row = new(1, 1), columns = new(devices, 1);
        row.Draw(default, [1f], 1, 1);
        float[] line = new float[devices];
        List<double[]> weights = [Read()];
        for (int pulse = 0; pulse < signs.GetLength(0); pulse++)
        {
            for (int k = 0; k < devices; k++)
            {
                line[k] = signs[pulse, k];
            }

            columns.Draw(default, line, 1, 1);
            array.Pulse(row, columns, new RandomAddress(context.Seed, NoiseStream, (ulong)pulse));
            weights.Add(Read());
        }

        return [.. weights];

        double[] Read() => [.. array.Weights.Row(0)[..devices].ToArray().Select(weight => (double)weight)];
    }

    private static Point At(string device) => new(("device", device));
}
