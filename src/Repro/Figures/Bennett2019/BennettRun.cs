using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Trains the system that the parameters of a run describe, and evaluates it on the way.</summary>
internal sealed class BennettRun
{
    private static readonly int[] RidgeSamples = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 40_000, 50_000];

    private readonly RunContext context;
    private readonly LabelledImages train;
    private readonly LabelledImages test;
    private readonly List<double[]> curve = [];

    /// <summary>Chooses the images.</summary>
    public BennettRun(RunContext context)
    {
        this.context = context;
        ParameterValues p = context.Parameters;
        LabelledImages all = context.Train!;
        int held = p.Text("evaluateOn") == "validation" ? all.Count / 6 : 0;
        test = held > 0 ? all.Slice(all.Count - held, held, all.Name) : context.Test!;
        train = all.Slice(0, Math.Min(all.Count - held, p.Whole("trainImages")), all.Name);
    }

    /// <summary>Trains to the end, from a checkpoint if there is one.</summary>
    /// <param name="further">Further metrics, from the counters of the run and the number of training samples.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public RunResult Result(Func<IReadOnlyDictionary<string, long>, long, IEnumerable<Metric>>? further = null)
    {
        ParameterValues p = context.Parameters;
        if (p.Text("system") == BennettSystem.NoProp && p.Text("device") is BennettSystem.Software or BennettSystem.OffChip)
        {
            return OffChip();
        }

        ILearner learner = Learner();
        int epochs = p.Text("system") == BennettSystem.Mlp ? p.Whole("mlpEpochs") : p.Whole("nopropEpochs");
        Train(learner, epochs);
        long samples = (long)epochs * train.Count;
        Dictionary<string, long> counters = new(learner.Counters) { ["training_samples"] = samples };
        return Keep(p, Recorded(counters), further);
    }

    /// <summary>What a run with these parameters keeps of one that may have recorded more, or more metrics.</summary>
    /// <param name="parameters">Every parameter in force.</param>
    /// <param name="run">The other run, of the same training.</param>
    /// <param name="further">As for <see cref="Result"/>.</param>
    public static RunResult Keep(
        ParameterValues parameters, RunResult run, Func<IReadOnlyDictionary<string, long>, long, IEnumerable<Metric>>? further = null)
    {
        bool curve = parameters.Flag("curve");
        return new RunResult
        {
            CurveColumns = curve ? run.CurveColumns : [],
            Curve = curve ? run.Curve : [],
            Metrics =
            [
                .. run.Metrics.Where(m => m.Name is BennettSystem.Accuracy or BennettSystem.ValidationAccuracy || (curve && m.Name == BennettSystem.BestAccuracy)),
                .. further?.Invoke(run.Counters, run.Counters["training_samples"]) ?? [],
            ],
            Counters = run.Counters,
        };
    }

    private string AccuracyName =>
        context.Parameters.Text("evaluateOn") == "validation" ? BennettSystem.ValidationAccuracy : BennettSystem.Accuracy;

    // All that was recorded; the accuracy at the end is the mean of the last looks.
    private RunResult Recorded(IReadOnlyDictionary<string, long> counters, int lastLooks = BennettSystem.LastEvaluations) => new()
    {
        CurveColumns = ["samples", BennettSystem.Accuracy],
        Curve = [.. curve],
        Metrics =
        [
            new Metric(Point.Empty, AccuracyName, curve.TakeLast(lastLooks).Average(row => row[1])),
            new Metric(Point.Empty, BennettSystem.BestAccuracy, curve.Max(row => row[1])),
        ],
        Counters = counters,
    };

    private ILearner Learner()
    {
        ParameterValues p = context.Parameters;
        switch (p.Text("system"))
        {
            case BennettSystem.Mlp:
                return new MlpLearner(p, context.Seed, train, test);
            case BennettSystem.OneLayer:
                return OutputLearner.OverPixels(p, context.Seed, train, test);
            default:
                FeatureCache.Features features = FeatureCache.Of(context, train, test);
                return OutputLearner.OverSigns(p, context.Seed, train, test, features.Train, features.Test);
        }
    }

    // Looks at the evaluation images behind every 10,000 samples, or only behind the last ones; between two looks nothing is saved.
    private void Train(ILearner learner, int epochs)
    {
        int[] ends = [.. Enumerable.Range(1, (train.Count + BennettSystem.EvaluateEvery - 1) / BennettSystem.EvaluateEvery)
            .Select(k => Math.Min(k * BennettSystem.EvaluateEvery, train.Count))];
        int stages = epochs * ends.Length, stage = 0;
        context.Checkpoint.TryLoad(reader => stage = Load(reader, learner));
        bool everywhere = context.Parameters.Flag("curve");
        for (; stage < stages; stage++)
        {
            if (context.Cancellation.IsCancellationRequested || context.Checkpoint.IsDue)
            {
                context.Checkpoint.Save(writer => Save(writer, learner, stage));
                context.Cancellation.ThrowIfCancellationRequested();
            }

            int epoch = stage / ends.Length, part = stage % ends.Length;
            learner.Train(epoch, part == 0 ? 0 : ends[part - 1], ends[part]);
            if (everywhere || stage >= stages - BennettSystem.LastEvaluations)
            {
                curve.Add([((double)epoch * train.Count) + ends[part], learner.Accuracy()]);
            }

            context.Curve(["samples", BennettSystem.Accuracy], curve);
            context.Progress((stage + 1.0) / stages, curve.Count > 0 ? $"accuracy {curve[^1][1]:F2} %" : "training");
        }
    }

    // Ridge regression on the first samples: more and more of them for a curve, all of them otherwise.
    private RunResult OffChip()
    {
        ParameterValues p = context.Parameters;
        FeatureCache.Features features = FeatureCache.Of(context, train, test);
        int[] sizes = p.Flag("curve")
            ? [.. RidgeSamples.Where(n => n < train.Count), train.Count]
            : [train.Count];
        foreach (int size in sizes)
        {
            int[] labels = [.. Enumerable.Range(0, size).Select(train.Label)];
            PaddedMatrix weights = features.Ridge(labels, p.Number("lambda"), context.Cancellation);
            if (p.Text("device") == BennettSystem.OffChip)
            {
                weights = Written(p, weights, context.Seed);
            }

            curve.Add([size, Accuracy(weights, features.Test, test)]);
            context.Curve(["samples", BennettSystem.Accuracy], curve);
            context.Progress((double)curve.Count / sizes.Length, $"accuracy {curve[^1][1]:F2} %");
        }

        return Keep(p, Recorded(new Dictionary<string, long>(), lastLooks: 1));
    }

    /// <summary>Writes weights to devices of g levels, the largest at the end of their range, and reads them back.</summary>
    public static PaddedMatrix Written(ParameterValues p, PaddedMatrix weights, ulong seed)
    {
        ICrosspointArray array = BennettSystem.Array(p, p.Whole("levels"), weights.Inputs, weights.Outputs, seed, 2);
        float largest = MathF.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(weights.Padded));
        PaddedMatrix scaled = new(weights.Inputs, weights.Outputs);
        System.Numerics.Tensors.TensorPrimitives.Divide(weights.Padded, largest, scaled.Padded);
        array.Program(scaled);
        return array.Weights;
    }

    /// <summary>Right classes of hidden states read with output weights, in percent.</summary>
    public static double Accuracy(PaddedMatrix weights, SignFeatures features, LabelledImages images)
    {
        int right = 0;
        float[] hidden = new float[features.Width], y = new float[weights.Inputs];
        for (int n = 0; n < images.Count; n++)
        {
            SignBits.Expand(features.Row(n), hidden);
            MatVec.Backward(weights, hidden, y);
            right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(y) == images.Label(n) ? 1 : 0;
        }

        return 100.0 * right / images.Count;
    }

    private void Save(BinaryWriter writer, ILearner learner, int stage)
    {
        writer.Write(stage);
        CurveState.Save(writer, curve);
        learner.Save(writer);
    }

    private int Load(BinaryReader reader, ILearner learner)
    {
        int stage = reader.ReadInt32();
        CurveState.Load(reader, curve, columns: 2);
        learner.Load(reader);
        return stage;
    }
}
