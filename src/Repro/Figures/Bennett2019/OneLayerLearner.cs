using Crosspoint.Devices;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>The rule of NoProp on the pixels themselves: the paper's single-layer perceptron.</summary>
internal sealed class OneLayerLearner : ILearner
{
    private readonly LabelledImages train;
    private readonly LabelledImages test;
    private readonly PixelCoding coding;
    private readonly SampleOrder order;
    private readonly ICrosspointArray array;
    private readonly SignWidrowHoff rule;

    /// <summary>Puts a rule over images.</summary>
    public OneLayerLearner(RunContext context, LabelledImages train, LabelledImages test)
    {
        ParameterValues p = context.Parameters;
        (this.train, this.test) = (train, test);
        coding = BennettSystem.Coding(p);
        order = new SampleOrder(train.Count, context.Seed);
        array = BennettSystem.Array(p, p.Whole("levels"), BennettSystem.Classes, train.PixelsPerImage, context.Seed, 2);
        rule = new SignWidrowHoff(array, BennettSystem.Pulses(p), context.Seed, 2);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> Counters => new Dictionary<string, long>
    {
        ["devices_written"] = array.Counters.Coincidences,
        ["wrong_outputs"] = rule.Errors,
    };

    /// <inheritdoc/>
    public void Train(int epoch, int from, int to)
    {
        ReadOnlySpan<int> samples = order.Of(epoch);
        for (int n = from; n < to; n++)
        {
            Show(train, samples[n]);
            rule.Train(train.Label(samples[n]), new Moment(Phase.Train, ((ulong)epoch * (ulong)samples.Length) + (ulong)n));
        }
    }

    /// <inheritdoc/>
    public double Accuracy()
    {
        int right = 0;
        for (int n = 0; n < test.Count; n++)
        {
            Show(test, n);
            right += rule.Classify() == test.Label(n) ? 1 : 0;
        }

        return 100.0 * right / test.Count;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => rule.Save(writer);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => rule.Load(reader);

    private void Show(LabelledImages images, int n)
    {
        coding.Above(images.Pixels(n), rule.Input);
        System.Numerics.Tensors.TensorPrimitives.Add(rule.Input, coding.Low, rule.Input);
    }
}
