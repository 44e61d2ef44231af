using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;
using Crosspoint.Training.SignPulses;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>One trained layer: over hidden signs, which is NoProp, or over the pixels themselves, the paper's single-layer perceptron.</summary>
internal sealed class OutputLearner : ILearner
{
    private readonly LabelledImages train;
    private readonly LabelledImages test;
    private readonly Show showTrain;
    private readonly Show showTest;
    private readonly SampleOrder order;
    private readonly IOutputRule rule;

    private OutputLearner(
        ParameterValues p, ulong seed, LabelledImages train, LabelledImages test, int inputs, Show showTrain, Show showTest)
    {
        (this.train, this.test, this.showTrain, this.showTest) = (train, test, showTrain, showTest);
        order = new SampleOrder(train.Count, seed);
        ICrosspointArray array = BennettSystem.Array(p, p.Whole("levels"), BennettSystem.Classes, inputs, seed, 2);
        int batch = p.Whole("nopropBatch");
        rule = batch > 1 && p.Text("system") == BennettSystem.NoProp
            ? new BatchWidrowHoff(new SignPulsedWeights(array, (float)p.Number("deadZone"), seed, 2), batch)
            : new SignWidrowHoff(array, BennettSystem.Pulses(p), seed, 2);
    }

    private delegate void Show(int sample, Span<float> input);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> Counters => new Dictionary<string, long>
    {
        ["devices_written"] = rule.Counters.Coincidences,
        ["wrong_outputs"] = rule.Errors,
    };

    /// <summary>Puts a layer over hidden states, sample by sample or in batches.</summary>
    public static OutputLearner OverSigns(
        ParameterValues p, ulong seed, LabelledImages train, LabelledImages test, SignFeatures trainBits, SignFeatures testBits) =>
        new(p, seed, train, test, trainBits.Width, (n, x) => SignBits.Expand(trainBits.Row(n), x), (n, x) => SignBits.Expand(testBits.Row(n), x));

    /// <summary>Puts a layer over images, sample by sample.</summary>
    public static OutputLearner OverPixels(ParameterValues p, ulong seed, LabelledImages train, LabelledImages test)
    {
        PixelCoding coding = BennettSystem.Coding(p);
        return new(p, seed, train, test, train.PixelsPerImage, Of(train), Of(test));

        Show Of(LabelledImages images) => (n, x) =>
        {
            coding.Above(images.Pixels(n), x);
            TensorPrimitives.Add(x, coding.Low, x);
        };
    }

    /// <inheritdoc/>
    public void Train(int epoch, int from, int to)
    {
        ReadOnlySpan<int> samples = order.Of(epoch);
        for (int n = from; n < to; n++)
        {
            showTrain(samples[n], rule.Input);
            rule.Train(train.Label(samples[n]), At(n));
        }

        if (to == samples.Length)
        {
            rule.EndEpoch(At(to - 1));
        }

        Moment At(int n) => new(Phase.Train, ((ulong)epoch * (ulong)train.Count) + (ulong)n);
    }

    /// <inheritdoc/>
    public double Accuracy()
    {
        int right = 0;
        for (int n = 0; n < test.Count; n++)
        {
            showTest(n, rule.Input);
            right += rule.Classify() == test.Label(n) ? 1 : 0;
        }

        return 100.0 * right / test.Count;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => rule.Save(writer);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => rule.Load(reader);
}
