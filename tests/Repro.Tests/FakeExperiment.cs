using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Tests;

/// <summary>A small figure: a number that climbs for some epochs, a little differently for each seed, and keeps its state in checkpoints.</summary>
public sealed class FakeExperiment : IExperiment
{
    private int epochsDone;

    public string Paper { get; init; } = "fake2020";

    public string Figure { get; init; } = "fig1";

    public string Title => "Accuracy against programming noise";

    public IReadOnlyList<Parameter> Parameters { get; init; } =
    [
        new("epochs", 6, "1", "paper", Minimum: 1, Maximum: 1000),
        new("sigma", 0.1, "B", "paper", Minimum: 0, Maximum: 2),
        new("rate", 0.5, "1", "chosen: on the validation split", Minimum: 0, Maximum: 1),
        new("reset", "pairs", "1", "chosen: fits, the flat part", Words: ["pairs", "saturated"]),
        new("managed", false, "1", "paper"),
    ];

    public bool NeedsMnist { get; init; }

    public bool NeedsText { get; init; }

    public string? ContinuesAlong { get; init; }

    public string? Trains { get; init; }

    public RunResult Keep(ParameterValues parameters, RunResult run) =>
        new() { Metrics = run.Metrics, Counters = run.Counters, CurveColumns = run.CurveColumns, Curve = run.Curve };

    public IReadOnlyList<Claim> Claims { get; init; } =
    [
        new(new Point(("sigma", 0.1)), "test_accuracy_percent", 90, 80, 100, "text"),
        new(Point.Empty, "drop_points", null, double.NegativeInfinity, 50, "text"),
    ];

    /// <summary>Called after each epoch with the number of epochs done so far, over all runs of this object.</summary>
    public Action<int> AfterEpoch { get; init; } = _ => { };

    /// <summary>The number a run ends with, instead of its own.</summary>
    public double? Forced { get; init; }

    public int SeedsOfFull { get; init; } = 3;

    /// <summary>Seeds of a point, where it is not as many as of the others.</summary>
    public Func<Point, int?> SeedsAt { get; init; } = _ => null;

    public int Seeds(Profile profile, Point point) => SeedsAt(point) ?? Seeds(profile);

    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) =>
        profile == Profile.Quick ? new Dictionary<string, object> { ["epochs"] = 3 } : [];

    public IReadOnlyList<Point> Points(Profile profile) =>
        profile == Profile.Quick
            ? [new Point(("sigma", 0.1)), new Point(("sigma", 0.5))]
            : [new Point(("sigma", 0.1)), new Point(("sigma", 0.3)), new Point(("sigma", 0.5))];

    public int Seeds(Profile profile) => profile == Profile.Quick ? 1 : SeedsOfFull;

    public double ExpectedSeconds(Point point, ParameterValues parameters) => parameters.Whole("epochs") * 0.01 * (1 + point.Number("sigma"));

    public RunResult Run(RunContext context)
    {
        int epochs = context.Parameters.Whole("epochs");
        int epoch = 0;
        double state = context.Seed + (ulong)(context.Train?.Label(0) ?? 0) + (ulong)(context.Text?.Length ?? 0);
        List<double[]> curve = [];
        context.Checkpoint.TryLoad(reader => Load(reader, ref epoch, ref state, curve));
        for (; epoch < epochs; epoch++)
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                Save(context, epoch, state, curve);
                throw new OperationCanceledException(context.Cancellation);
            }

            if (context.Checkpoint.IsDue)
            {
                Save(context, epoch, state, curve);
            }

            state = Math.Sin(state * 1.7) + context.Parameters.Number("sigma");
            curve.Add([epoch + 1, 90 + state]);
            context.Curve(["epoch", "test_accuracy_percent"], curve);
            context.Progress((epoch + 1.0) / epochs, $"epoch {epoch + 1} of {epochs}");
            AfterEpoch(Interlocked.Increment(ref epochsDone));
        }

        if (ContinuesAlong is not null)
        {
            Save(context, epoch, state, curve);
            curve = curve[..epochs];
        }

        return new RunResult
        {
            CurveColumns = ["epoch", "test_accuracy_percent"],
            Curve = curve,
            Metrics =
            [
                new Metric(Point.Empty, "test_accuracy_percent", Forced ?? curve[^1][1]),
                new Metric(new Point(("variance", 0.2)), "noisy_accuracy_percent", curve[^1][1] - 7),
            ],
            Counters = new Dictionary<string, long> { ["pulses"] = 1000L * epochs },
        };
    }

    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        Metric? low = seed.FirstOrDefault(metric => metric.At.Equals(new Point(("sigma", 0.1))));
        Metric? high = seed.FirstOrDefault(metric => metric.At.Equals(new Point(("sigma", 0.5))));
        return low is null || high is null ? [] : [new Metric(Point.Empty, "drop_points", low.Value - high.Value)];
    }

    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Add("Maximum accuracy").Axes("σ / B", "test accuracy (%)")
            .Means(summary.Rows.Where(row => row.Metric == "test_accuracy_percent"), "sigma", "this work");
        Panel curves = sheet.Add("Training").Axes("epoch", "test accuracy (%)").Legend(ScottPlot.Alignment.LowerRight);
        foreach ((Point point, int index) in summary.Runs.Select(run => run.Point).Distinct().Select((point, index) => (point, index)))
        {
            curves.Curves(summary, point, "test_accuracy_percent", $"σ = {point.Word("sigma")} B", SheetColors.Series(index));
        }
    }

    private static void Save(RunContext context, int epoch, double state, List<double[]> curve) => context.Checkpoint.Save(writer =>
    {
        writer.Write(epoch);
        writer.Write(state);
        curve.ForEach(row => writer.Write(row[1]));
    });

    private static void Load(BinaryReader reader, ref int epoch, ref double state, List<double[]> curve)
    {
        epoch = reader.ReadInt32();
        state = reader.ReadDouble();
        for (int row = 0; row < epoch; row++)
        {
            curve.Add([row + 1, reader.ReadDouble()]);
        }
    }
}
