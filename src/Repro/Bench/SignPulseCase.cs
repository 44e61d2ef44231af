using Crosspoint.Devices;
using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Figures.Bennett2019;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;

namespace Crosspoint.Repro.Bench;

/// <summary>Training of the systems of Bennett et al. (2019) on digits, with their default parameters: some epochs over the sample have passed.</summary>
internal sealed class SignPulseCase
{
    /// <summary>Digits of one call.</summary>
    public const int Digits = 500;

    private const int EpochsBefore = 8;
    private const ulong Seed = 1;
    private static readonly LabelledImages Images = EmbeddedSample.Read().Train;
    private readonly ILearner learner;
    private readonly byte[] state;
    private int epoch;
    private int next;

    private SignPulseCase(ILearner learner)
    {
        this.learner = learner;
        for (int k = 0; k < EpochsBefore; k++)
        {
            learner.Train(k, 0, Images.Count);
        }

        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        learner.Save(writer);
        state = stream.ToArray();
        Restart();
    }

    /// <summary>The output layer behind 3,000 random units, whose bits exist, digit by digit.</summary>
    public static SignPulseCase NoProp()
    {
        RunContext context = Context(BennettSystem.NoProp, 3_000);
        FeatureCache.Features features = FeatureCache.Of(context, Images, Images);
        return new(OutputLearner.OverSigns(context, Images, Images, features.Train, features.Test));
    }

    /// <summary>The network of 300 trained tanh units, in batches of 100 digits.</summary>
    public static SignPulseCase Mlp() => new(new MlpLearner(Context(BennettSystem.Mlp, 300), Images, Images));

    /// <summary>The bits of 3,000 random units for <see cref="Digits"/> digits.</summary>
    public static Action HiddenBits()
    {
        ICrosspointArray random = new DifferentialPairModel { Device = new OffStateModel() }
            .Create(Images.PixelsPerImage + 1, 3_000, BennettSystem.DeviceAddress(Seed, 1));
        RandomLayer layer = new(random.Weights);
        LabelledImages some = Images.Slice(0, Digits, Images.Name);
        return () => layer.Read(some, PixelCoding.TwoSided, CancellationToken.None);
    }

    /// <summary>Trains on the next digits.</summary>
    public void Train()
    {
        learner.Train(epoch, next, next + Digits);
        next = (next + Digits) % Images.Count;
        epoch += next == 0 ? 1 : 0;
    }

    /// <summary>Goes back to the end of the epochs before.</summary>
    public void Restart()
    {
        (epoch, next) = (EpochsBefore, 0);
        using BinaryReader reader = new(new MemoryStream(state));
        learner.Load(reader);
    }

    private static RunContext Context(string system, int hidden)
    {
        Dictionary<string, object> values = BennettSystem.Parameters.ToDictionary(p => p.Name, p => p.Default);
        (values["system"], values["hidden"]) = (system, hidden);
        return new RunContext
        {
            Point = Point.Empty,
            Parameters = new ParameterValues(values),
            Seed = Seed,
            Train = Images,
            Test = Images,
            Checkpoint = new NoCheckpoint(),
            Progress = static (_, _) => { },
            Cancellation = CancellationToken.None,
        };
    }

    private sealed class NoCheckpoint : ICheckpoint
    {
        public bool IsDue => false;

        public bool TryLoad(Action<BinaryReader> read) => false;

        public void Save(Action<BinaryWriter> write)
        {
        }
    }
}
