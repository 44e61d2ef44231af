using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>An output layer over hidden signs, trained sample by sample.</summary>
internal sealed class NoPropLearner : ILearner
{
    private readonly LabelledImages train;
    private readonly LabelledImages test;
    private readonly SignFeatures trainBits;
    private readonly SignFeatures testBits;
    private readonly SampleOrder order;
    private readonly ICrosspointArray array;
    private readonly SignWidrowHoff rule;

    /// <summary>Puts a rule over hidden states.</summary>
    public NoPropLearner(RunContext context, LabelledImages train, LabelledImages test, SignFeatures trainBits, SignFeatures testBits)
    {
        ParameterValues p = context.Parameters;
        (this.train, this.test, this.trainBits, this.testBits) = (train, test, trainBits, testBits);
        order = new SampleOrder(train.Count, context.Seed);
        array = BennettSystem.Array(p, p.Whole("levels"), BennettSystem.Classes, trainBits.Width, context.Seed, 2);
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
            SignBits.Expand(trainBits.Row(samples[n]), rule.Input);
            rule.Train(train.Label(samples[n]), new Moment(Phase.Train, ((ulong)epoch * (ulong)samples.Length) + (ulong)n));
        }
    }

    /// <inheritdoc/>
    public double Accuracy()
    {
        int right = 0;
        for (int n = 0; n < test.Count; n++)
        {
            SignBits.Expand(testBits.Row(n), rule.Input);
            right += rule.Classify() == test.Label(n) ? 1 : 0;
        }

        return 100.0 * right / test.Count;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => rule.Save(writer);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => rule.Load(reader);
}
