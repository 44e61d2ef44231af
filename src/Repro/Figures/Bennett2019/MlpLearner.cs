using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Data;
using Crosspoint.Training.SignPulses;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>The network with two trained layers, on devices or in floating point.</summary>
internal sealed class MlpLearner : ILearner
{
    private readonly ParameterValues p;
    private readonly ulong seed;
    private readonly LabelledImages train;
    private readonly LabelledImages test;
    private readonly SampleOrder order;
    private readonly BatchPerceptron network;
    private readonly int batch;

    /// <summary>Builds the network that the parameters of a run describe.</summary>
    public MlpLearner(ParameterValues p, ulong seed, LabelledImages train, LabelledImages test)
    {
        (this.p, this.seed, this.train, this.test) = (p, seed, train, test);
        batch = p.Whole("batch");
        order = new SampleOrder(train.Count, seed);
        bool isSoftware = p.Text("device") == BennettSystem.Software;
        int hidden = p.Whole("hidden"), inputs = train.PixelsPerImage + 1;
        HiddenActivation activation = BennettSystem.Activation(p);
        network = new BatchPerceptron(
            isSoftware ? Digital(inputs, hidden, 1) : Pulsed(p.Whole("levels"), inputs, hidden, 1),
            isSoftware ? Digital(BennettSystem.Classes, hidden + 1, 2) : Pulsed(SecondLevels, BennettSystem.Classes, hidden + 1, 2),
            new BatchPerceptron.Options
            {
                Coding = BennettSystem.Coding(p),
                Activation = isSoftware ? activation with { Gain = 1 } : activation,
                SoftmaxGain = isSoftware ? 1 : (float)p.Number("softmaxGain"),
                FirstSum = p.Choice<BatchAccumulation>("firstSum"),
                SecondSum = p.Choice<BatchAccumulation>("secondSum"),
                Batch = batch,
            });
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> Counters => new Dictionary<string, long>
    {
        ["devices_written"] = network.Layers.Sum(layer => layer.Counters.Coincidences),
    };

    /// <inheritdoc/>
    public void Train(int epoch, int from, int to)
    {
        ReadOnlySpan<int> samples = order.Of(epoch);
        for (int n = from; n < to; n += batch)
        {
            int count = Math.Min(batch, to - n);
            network.Train(train, samples.Slice(n, count), new Moment(Phase.Train, ((ulong)epoch * (ulong)samples.Length) + (ulong)n));
        }
    }

    /// <inheritdoc/>
    public double Accuracy() => network.Accuracy(test, CancellationToken.None);

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        foreach (IBatchWeights layer in network.Layers)
        {
            layer.Save(writer);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        foreach (IBatchWeights layer in network.Layers)
        {
            layer.Load(reader);
        }
    }

    private int SecondLevels => p.Whole("secondLevels") > 0 ? p.Whole("secondLevels") : p.Whole("levels");

    private SignPulsedWeights Pulsed(int levels, int rows, int columns, int id) => new(
        BennettSystem.Array(p, levels, rows, columns, seed, id), (float)p.Number("deadZone"),
        seed, id);

    // Uniform in ± sqrt(6 / (rows + columns)).
    private DigitalBatchWeights Digital(int rows, int columns, int id)
    {
        PaddedMatrix weights = new(rows, columns);
        uint[] words = new uint[columns];
        float limit = MathF.Sqrt(6f / (rows + columns));
        for (int i = 0; i < rows; i++)
        {
            RandomWords.Fill(BennettSystem.DeviceAddress(seed, id) with { Step = (ulong)i }, words);
            for (int j = 0; j < columns; j++)
            {
                weights[i, j] = (int)words[j] * (limit / 2147483648f);
            }
        }

        return new DigitalBatchWeights(weights, (float)p.Number("rate"));
    }
}
