using Crosspoint.Devices;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>Figure 5 A to D: weights of single cross-points while LSTM2-64-WP is trained, with the pulses they get.</summary>
/// <remarks>
/// A to C: C of the upper block under TTv2, devices of 15 states with noise of a whole step. D: the same block under SGD, symmetric devices
/// of 1,200 states, of which a grid is watched. Shown are the cross-points that got the most pulses. A device saturates where the mean of its
/// step in one direction vanishes; beyond that, pulses in either direction lead back.
/// </remarks>
internal sealed class Fig5Traces : LstmFigure
{
    private const string Noise = "noise_of_a_pulse_over_step";
    private const string Beyond = "beyond_saturation_percent";
    private const string Back = "mean_way_back_from_beyond_over_step";
    private const int Matrix = 2; // the upper block
    private const int GridInputs = 8, GridOutputs = 32; // lines between two that are watched: 17 x 8 cross-points
    private const int Capacity = 400_000;
    private const int NoisyEpochs = 5; // until devices have had some dozens of pulses
    private const int Shown = 3, LongestTrace = 3_000;
    private static readonly Point Noisy = new(("algorithm", GokmenArrays.Ttv2));
    private static readonly Point Symmetric = new(("algorithm", GokmenArrays.Sgd));

    /// <inheritdoc/>
    public override string Figure => "fig5a-d";

    /// <inheritdoc/>
    public override string Title => "Weight traces in training: noisy devices of 15 states, and the symmetric device";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(Noisy, Noise, 1, 0.98, 1.02, "Fig. 5: additive noise of one step a pulse; 5 standard errors of 31,000 pulses, fewer than a full run records"),
        new(Noisy, Back, null, 0, double.PositiveInfinity, "Fig. 5A to C: weights beyond saturation are pulled back"),
        new(Symmetric, Noise, 0.3, 0.294, 0.306, "Fig. 5D: noise 0.3 of a step; 5 standard errors of 31,000 pulses, likewise"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>
    {
        ["epochs"] = 1,
        ["trainCharacters"] = profile == Profile.Full ? 0 : 1_000_000,
        ["testCharacters"] = 20_000,
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) => point.Equals(Noisy)
        ? new Dictionary<string, object>(Rates.ModelOne) { ["epochs"] = profile == Profile.Full ? NoisyEpochs : 1 }
        : new Dictionary<string, object>(base.PointValues(point, profile)) { ["symmetric"] = true };

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) => [Noisy, Symmetric];

    /// <inheritdoc/>
    public override RunResult Run(RunContext context)
    {
        RecordedArray? watched = null;
        int slow = context.Parameters.Text("algorithm") is GokmenArrays.Sgd or GokmenArrays.MixedPrecision ? 0 : 1;
        RunResult run = new LstmRun(context, Watch).Train();
        return watched is null
            ? throw new InvalidDataException($"algorithm: expected one with devices, got {context.Parameters.Text("algorithm")}")
            : Describe(run, watched, context.Parameters.Flag("additiveNoise"));

        ICrosspointArray Watch(int matrix, int tile, ICrosspointArray array) =>
            matrix == Matrix && tile == slow
                ? watched = new RecordedArray(array, slow == 0 ? Grid(array, GridInputs, GridOutputs) : Grid(array, 1, 1), Capacity)
                : array;
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Weights in training of LSTM2-64-WP: TTv2 on devices of 15 states (A to C), SGD on the symmetric device (D)";
        (sheet.Width, sheet.Height) = (1300, 460);
        foreach ((Point point, _, RunResult result) in summary.Runs.DistinctBy(run => run.Point).OrderByDescending(run => run.Point.Word("algorithm")))
        {
            bool isNoisy = point.Equals(Noisy);
            for (int k = 0; k < Math.Min(isNoisy ? Shown : 1, (result.CurveColumns.Count - 1) / 4); k++)
            {
                DrawDevice(sheet.Add(isNoisy ? $"{"ABC"[k]}  15 states, noise 1" : "D  symmetric, 1,200 states, noise 0.3"), result, k, isNoisy);
            }
        }
    }

    private static (int, int)[] Grid(ICrosspointArray array, int inputs, int outputs) =>
    [
        .. from i in Enumerable.Range(0, array.Weights.Inputs)
           from j in Enumerable.Range(0, array.Weights.Outputs)
           where i % inputs == 0 && j % outputs == outputs / 2
           select (i, j),
    ];

    private static RunResult Describe(RunResult run, RecordedArray watched, bool isAdditive)
    {
        LinearDevices devices = new(watched);
        (double square, long single, double back, long beyond) = (0, 0, 0, 0);
        foreach (PulseRecord record in watched.Records)
        {
            if (Math.Abs(record.Pulses) != 1)
            {
                continue;
            }

            bool isUp = record.Pulses > 0;
            double step = devices.Step(record.CrossPoint, record.Before, isUp), change = record.After - (double)record.Before;
            square += Math.Pow((change - step) / (isAdditive ? devices.Scale(record.CrossPoint, isUp) : step), 2);
            single++;
            (double low, double high) = devices.Saturation(record.CrossPoint);
            if (record.Before > high || record.Before < low)
            {
                back += (record.Before > high ? -change : change) / devices.Scale(record.CrossPoint, isUp);
                beyond++;
            }
        }

        PulseRecord[][] traces =
        [
            .. watched.Records.ToArray().GroupBy(record => record.CrossPoint).OrderByDescending(trace => trace.Count())
                .ThenBy(trace => trace.Key).Take(Shown).Select(trace => trace.Take(LongestTrace).ToArray()),
        ];
        int length = traces.Select(trace => trace.Length).DefaultIfEmpty(0).Max();
        return new RunResult
        {
            CurveColumns =
            [
                "pulse", .. Enumerable.Range(1, traces.Length).SelectMany(k => new[] { $"weight_{k}", $"pulses_{k}", $"low_{k}", $"high_{k}" }),
            ],
            Curve =
            [
                .. Enumerable.Range(0, length + 1).Select(n => (double[])[n, .. traces.SelectMany(trace => Row(trace, n))]),
            ],
            Metrics =
            [
                .. run.Metrics,
                .. single > 0 ? new Metric[] { new(Point.Empty, Noise, Math.Sqrt(square / single)) } : [],
                .. single > 0 && devices.Saturate ? new Metric[] { new(Point.Empty, Beyond, 100.0 * beyond / single) } : [],
                .. beyond > 0 ? new Metric[] { new(Point.Empty, Back, back / beyond) } : [],
            ],
            Counters = new Dictionary<string, long>(run.Counters) { ["recorded"] = watched.Records.Length, ["notRecorded"] = watched.Missed },
        };

        // Behind its last pulse a device stays; a level that is not there lies far outside, since results hold finite numbers.
        double[] Row(PulseRecord[] trace, int n)
        {
            (double low, double high) = devices.Saturation(trace[0].CrossPoint);
            double weight = n == 0 ? trace[0].Before : trace[Math.Min(n, trace.Length) - 1].After;
            return [weight, n == 0 || n > trace.Length ? 0 : trace[n - 1].Pulses, Math.Max(low, -1e3), Math.Min(high, 1e3)];
        }
    }

    private static void DrawDevice(Panel panel, RunResult result, int k, bool isNoisy)
    {
        double[][] rows = [.. result.Curve.Where(row => row[0] == 0 || row[2 + (4 * k)] != 0)];
        double[] x = [.. rows.Select(row => row[0])], weights = [.. rows.Select(row => row[1 + (4 * k)])];
        (double low, double high) = (result.Curve[0][3 + (4 * k)], result.Curve[0][4 + (4 * k)]);
        (double bottom, double top) = (weights.Min(), weights.Max());
        if (isNoisy)
        {
            (bottom, top) = (Math.Min(bottom, low), Math.Max(top, high));
        }

        double range = top - bottom, marks = bottom - (0.12 * range);
        panel.Axes("pulse of this device", "weight").Legend(Alignment.UpperRight).YRange(marks - (0.1 * range), top + (0.75 * range))
            .Steps(x, weights, "weight", SheetColors.Blue, 1.2f);
        foreach ((int sign, string label, Color color) in new[] { (1, "up pulse", SheetColors.Green), (-1, "down pulse", SheetColors.Vermilion) })
        {
            double[] at = [.. rows.Where(row => Math.Sign(row[2 + (4 * k)]) == sign).Select(row => row[0])];
            panel.Points(at, [.. at.Select(_ => marks - (sign > 0 ? 0 : 0.05 * range))], label, color, 3);
        }

        if (isNoisy)
        {
            panel.HorizontalLine(high, "saturation of this device", SheetColors.Ink).HorizontalLine(low, color: SheetColors.Ink);
        }
    }
}
