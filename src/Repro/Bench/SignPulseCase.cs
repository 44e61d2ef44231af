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
    private const int Random = 3_000;
    private const ulong Seed = 1;
    private static readonly LabelledImages Images = EmbeddedSample.Read().Train;
    private readonly ILearner learner;
    private readonly SavedState state;
    private int epoch;
    private int next;

    private SignPulseCase(ILearner learner)
    {
        this.learner = learner;
        for (int k = 0; k < EpochsBefore; k++)
        {
            learner.Train(k, 0, Images.Count);
        }

        state = new SavedState(learner.Save);
        Restart();
    }

    /// <summary>The output layer behind 3,000 random units, whose bits exist, digit by digit.</summary>
    public static SignPulseCase NoProp()
    {
        SignFeatures bits = Layer().Read(Images, PixelCoding.TwoSided, CancellationToken.None);
        return new(OutputLearner.OverSigns(Defaults(BennettSystem.NoProp, Random), Seed, Images, Images, bits, bits));
    }

    /// <summary>The network of 300 trained tanh units, in batches of 100 digits.</summary>
    public static SignPulseCase Mlp() => new(new MlpLearner(Defaults(BennettSystem.Mlp, 300), Seed, Images, Images));

    /// <summary>The bits of 3,000 random units for <see cref="Digits"/> digits.</summary>
    public static Action HiddenBits()
    {
        RandomLayer layer = Layer();
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
        state.Restore(learner.Load);
    }

    private static RandomLayer Layer() => FeatureCache.Layer(Images.PixelsPerImage, Random, Seed, hasBias: false);

    private static ParameterValues Defaults(string system, int hidden) => new(BennettSystem.Parameters.Select(p => KeyValuePair.Create(
        p.Name, p.Name switch { "system" => system, "hidden" => hidden, _ => p.Default })));
}
