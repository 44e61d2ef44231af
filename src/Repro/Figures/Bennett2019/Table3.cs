using System.Numerics.Tensors;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Table 3: the extreme learning machine with an auto-encoder in front, in software, written off-chip, and trained on-chip.</summary>
/// <remarks>
/// The sizes of the paper are lost. Features of the auto-encoder are squashed by tanh at unit mean square; random OFF-state pairs and sign
/// units follow, so that sign Widrow-Hoff can train the output. β is rounded to g levels over its range.
/// </remarks>
internal sealed class Table3 : BennettExperiment
{
    private const string Loss = "loss_points";
    private const int Block = 500;

    // HᵀH of more units would not fit into memory.
    private const int LargestRidge = 8000;

    /// <inheritdoc/>
    public override string Figure => "table3";

    /// <inheritdoc/>
    public override string Title => "Multi-hidden-layer ELM: software, off-chip and on-chip";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(At(BennettSystem.Linear, 16_000), BennettSystem.BestAccuracy, 96.83, 96.3, 97.4, "Table 3: best on-chip; 0.5"),
        new(At(BennettSystem.Linear, 3_000), BennettSystem.BestAccuracy, null, 95.5, 97, "Sec. VI: the smaller one still gains over 1 on plain NoProp"),
        new(Lost("software-offChip"), Loss, null, -0.2, 1, "Sec. VI: writing loses under 1"),
        new(Lost("offChip-linear"), Loss, 1, 0, 2, "Sec. VI: on-chip learning loses 1 more; 1"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object> Defaults => new Dictionary<string, object>
    {
        ["curve"] = true,
    };

    /// <inheritdoc/>
    public override string? Trains => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) => profile == Profile.Full
        ?
        [
            .. from hidden in Of(3_000, 8_000) from device in Of(BennettSystem.Software, BennettSystem.OffChip, BennettSystem.Linear) select At(device, hidden),
            At(BennettSystem.Linear, 16_000),
        ]
        : [.. from device in Of(BennettSystem.Software, BennettSystem.OffChip, BennettSystem.Linear) select At(device, 1_000)];

    /// <inheritdoc/>
    public override double ExpectedSeconds(Point point, ParameterValues parameters) =>
        parameters.Whole("trainImages") / 60_000.0 * (5 + (8 * parameters.Whole("hidden") / 3000.0));

    /// <inheritdoc/>
    /// <remarks>150,000 samples on-chip, two and a half epochs.</remarks>
    public override RunResult Run(RunContext context)
    {
        ParameterValues p = context.Parameters;
        LabelledImages train = context.Train!.Slice(0, Math.Min(context.Train!.Count, p.Whole("trainImages")), "train"), test = context.Test!;
        AutoEncoder encoder = AutoEncoder.Learn(
            train, Math.Min(700, p.Whole("hidden")), 1e-3f, 50, BennettSystem.DeviceAddress(context.Seed, 3), context.Cancellation);
        if (p.Text("device") != BennettSystem.Software)
        {
            Round(encoder.Weights, p.Whole("levels"));
        }

        RandomLayer layer = new(BennettSystem.RandomWeights(encoder.Features + 1, p.Whole("hidden"), context.Seed));
        float scale = 1 / RootMeanSquare(encoder, train);
        SignFeatures trainBits = Read(encoder, layer, scale, train, context), testBits = Read(encoder, layer, scale, test, context);
        return p.Text("device") == BennettSystem.Linear
            ? OnChip(context, train, test, trainBits, testBits)
            : OffChip(context, train, test, trainBits, testBits);
    }

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
    [
        .. Difference(seed, Lost("software-offChip"), Loss, At(BennettSystem.Software, LargestRidge), At(BennettSystem.OffChip, LargestRidge)),
        .. Difference(seed, Lost("offChip-linear"), Loss, At(BennettSystem.OffChip, LargestRidge), At(BennettSystem.Linear, LargestRidge)),
    ];

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "ELM behind an auto-encoder of 700 features";
        Panel panel = sheet.Add("Mean over seeds with 95 % interval").LogX().Axes("M_elm, units of the random layer", "test accuracy (%)");
        int series = 0;
        foreach ((string device, string label) in new[]
        {
            (BennettSystem.Software, "software"), (BennettSystem.OffChip, "off-chip, g = 256"), (BennettSystem.Linear, "on-chip, last five looks"),
        })
        {
            panel.Means(Rows(summary, new Point(("device", device))), "hidden", label, SheetColors.Series(series++), "");
        }

        panel.Means(summary.Rows.Where(r => r.Metric == BennettSystem.BestAccuracy), "hidden", "on-chip, best look", SheetColors.Series(series));
    }

    private static Point At(string device, int hidden) => NoProp(device, ("hidden", hidden));

    private static Point Lost(string compare) => new(("compare", compare), ("hidden", LargestRidge));

    private static SignFeatures Read(AutoEncoder encoder, RandomLayer layer, float scale, LabelledImages images, RunContext context)
    {
        SignFeatures bits = layer.NewFeatures(images.Count);
        for (int start = 0; start < images.Count; start += Block)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            PaddedMatrix features = Features(encoder, images, start);
            TensorPrimitives.Multiply(features.Padded, scale, features.Padded);
            new Training.SignPulses.HiddenActivation(Training.SignPulses.ActivationShape.Tanh, 1).Apply(features.Padded);
            layer.Read(features, bits, start);
        }

        return bits;
    }

    private static PaddedMatrix Features(AutoEncoder encoder, LabelledImages images, int start)
    {
        PaddedMatrix features = new(Math.Min(Block, images.Count - start), encoder.Features);
        encoder.Encode(images, start, features);
        return features;
    }

    private static float RootMeanSquare(AutoEncoder encoder, LabelledImages images)
    {
        PaddedMatrix features = Features(encoder, images, 0);
        double sum = 0;
        foreach (float value in features.Padded)
        {
            sum += (double)value * value;
        }

        return (float)Math.Sqrt(sum / (features.Inputs * (double)features.Outputs));
    }

    private static void Round(PaddedMatrix weights, int levels)
    {
        float largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(weights.Padded)), step = 2 * largest / (levels - 1);
        foreach (ref float w in weights.Padded)
        {
            w = step * MathF.Round(w / step);
        }
    }

    private static RunResult OffChip(
        RunContext context, LabelledImages train, LabelledImages test, SignFeatures trainBits, SignFeatures testBits)
    {
        ParameterValues p = context.Parameters;
        int[] labels = [.. Enumerable.Range(0, train.Count).Select(train.Label)];
        PaddedMatrix weights = RidgeRegression.Solve(trainBits, labels, BennettSystem.Classes, p.Number("lambda"), context.Cancellation);
        if (p.Text("device") == BennettSystem.OffChip)
        {
            weights = BennettRun.Written(p, weights, context.Seed);
        }

        return new RunResult { Metrics = [new Metric(Point.Empty, BennettSystem.Accuracy, BennettRun.Accuracy(weights, testBits, test))] };
    }

    private static RunResult OnChip(
        RunContext context, LabelledImages train, LabelledImages test, SignFeatures trainBits, SignFeatures testBits)
    {
        OutputLearner learner = OutputLearner.OverSigns(context.Parameters, context.Seed, train, test, trainBits, testBits);
        List<double[]> curve = [];
        context.Checkpoint.TryLoad(reader =>
        {
            CurveState.Load(reader, curve, columns: 2);
            learner.Load(reader);
        });
        int samples = train.Count * 5 / 2, done = curve.Count > 0 ? (int)curve[^1][0] : 0;
        while (done < samples)
        {
            if (context.Cancellation.IsCancellationRequested || context.Checkpoint.IsDue)
            {
                context.Checkpoint.Save(writer =>
                {
                    CurveState.Save(writer, curve);
                    learner.Save(writer);
                });
                context.Cancellation.ThrowIfCancellationRequested();
            }

            int epoch = done / train.Count, from = done % train.Count;
            int to = Math.Min(Math.Min(from + BennettSystem.EvaluateEvery, train.Count), from + samples - done);
            learner.Train(epoch, from, to);
            done += to - from;
            curve.Add([done, learner.Accuracy()]);
            context.Curve(["samples", BennettSystem.Accuracy], curve);
            context.Progress((double)done / samples, $"accuracy {curve[^1][1]:F2} %");
        }

        return new RunResult
        {
            CurveColumns = ["samples", BennettSystem.Accuracy],
            Curve = curve,
            Metrics =
            [
                new Metric(Point.Empty, BennettSystem.Accuracy, curve.TakeLast(BennettSystem.LastEvaluations).Average(row => row[1])),
                new Metric(Point.Empty, BennettSystem.BestAccuracy, curve.Max(row => row[1])),
            ],
            Counters = learner.Counters,
        };
    }
}
