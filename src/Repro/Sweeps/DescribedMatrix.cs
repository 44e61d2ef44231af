using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Makes weight matrices under the algorithm, on the device and behind the periphery of a description.</summary>
/// <param name="p">The description.</param>
/// <param name="seed">The seed of the run.</param>
internal sealed class DescribedMatrix(ParameterValues p, ulong seed)
{
    private const ulong DeviceStream = 0x80;

    private readonly DeviceModel? device = p.Has(DescribedParameters.Device) && p.Text(DescribedParameters.Device) is { Length: > 0 } preset
        ? DeviceParameter.Decode(preset)!.Model
        : null;

    private bool IsTurned => p.Has("algorithm.turnedFast") && p.Flag("algorithm.turnedFast");

    /// <summary>One matrix.</summary>
    /// <param name="inputs">Input lines.</param>
    /// <param name="outputs">Output lines.</param>
    /// <param name="id">Its number, from 1.</param>
    public IWeightMatrix Make(int inputs, int outputs, int id)
    {
        return p.Text(DescribedParameters.Algorithm) switch
        {
            Kinds.FloatingPoint => new DigitalSgd(inputs, outputs),
            Kinds.Stochastic => new StochasticSgd(Array(0), Stochastic(), seed, id),
            Kinds.PulsedSgd => new PulsedSgd(Array(0), Periphery(), seed, id),
            Kinds.MixedPrecision => new MixedPrecision(
                Array(0), Periphery(), new() { Every = p.Whole("algorithm.every"), LargestPulses = p.Whole("algorithm.largestPulses") }, seed, id),
            Kinds.TikiTaka => new TikiTaka(Array(0), Array(1), Periphery(), TikiTaka(), seed, id),
            Kinds.Ttv2 => new TikiTaka2(
                Array(0), Array(1), Periphery(), Transfer(new TikiTaka2.Options { Hysteresis = Number("algorithm.hysteresis") }), seed, id),
            Kinds.ChoppedTtv2 => new ChoppedTikiTaka2(Array(0), Array(1), Periphery(), Chopped(), seed, id),
            _ => new Agad(Array(0), Array(1), Periphery(), Agad(), seed, id),
        };

        ICrosspointArray Array(int tile)
        {
            RandomAddress at = new Moment(Phase.Train, 0).Tile(seed, id, tile);
            bool turned = tile == 0 && IsTurned;
            return device!.Create(turned ? outputs : inputs, turned ? inputs : outputs, at with { Stream = at.Stream | DeviceStream });
        }
    }

    private StochasticSgd.Options Stochastic() => new()
    {
        BitLength = p.Whole("algorithm.bitLength"),
        InferenceBitLength = p.Whole("algorithm.inferenceBitLength"),
        ExactPasses = p.Flag("algorithm.exactPasses"),
        NoiseManagement = p.Flag("algorithm.noiseManagement"),
        UpdateManagement = p.Flag("algorithm.updateManagement"),
        BitLengthManagement = p.Flag("algorithm.bitLengthManagement"),
        ResetEvery = p.Whole("algorithm.resetEvery"),
    };

    private TikiTaka.Options TikiTaka() => Transfer(new TikiTaka.Options
    {
        Gamma = Number("algorithm.gamma"),
        Threshold = Number("algorithm.threshold"),
        Vectors = p.Choice<TransferVectors>("algorithm.vectors"),
        SeparateReads = p.Flag("algorithm.separateReads"),
    });

    private ChoppedTikiTaka2.Options Chopped() => Transfer(new ChoppedTikiTaka2.Options
    {
        Hysteresis = Number("algorithm.hysteresis"),
        FlipProbability = Number("algorithm.flipProbability"),
        Flips = p.Choice<ChopperFlips>("algorithm.flips"),
    });

    private Agad.Options Agad() => Transfer(new Agad.Options
    {
        Hysteresis = Number("algorithm.hysteresis"),
        FlipProbability = Number("algorithm.flipProbability"),
        Flips = p.Choice<ChopperFlips>("algorithm.flips"),
        MeanRate = Number("algorithm.meanRate"),
    });

    private T Transfer<T>(T options)
        where T : TransferOptions
    {
        return (T)(options with
        {
            FastRate = Number("algorithm.fastRate"),
            TransferRate = Number("algorithm.transferRate"),
            Every = p.Whole("algorithm.every"),
            TurnedFast = IsTurned,
            By = p.Choice<TransferBy>("algorithm.by"),
            ScheduleFastRate = p.Flag("algorithm.scheduleFastRate"),
        });
    }

    private AnalogTile.Options Periphery() => new()
    {
        Forward = Direction("forward"),
        Backward = Direction("backward"),
        Transfer = p.Has("periphery.transfer.dacBits") ? Direction("transfer") : new ReadParameters(),
        Scale = Number("periphery.scale"),
        Scaling = p.Choice<WeightScaling>("periphery.scaling"),
        LargestWeight = Number("periphery.largestWeight"),
        Scheme = p.Choice<PulseScheme>("periphery.scheme"),
        BitLength = p.Whole("periphery.bitLength"),
        UpdateManagement = p.Flag("periphery.updateManagement"),
        BitLengthManagement = p.Flag("periphery.bitLengthManagement"),
    };

    private ReadParameters Direction(string name)
    {
        string at = $"periphery.{name}.";
        return new ReadParameters
        {
            Dac = Converter(at + "dac"),
            Adc = Converter(at + "adc"),
            InputNoise = Number(at + "inputNoise"),
            OutputNoise = Number(at + "outputNoise"),
            WeightNoise = Number(at + "weightNoise"),
            WeightNoiseForm = p.Choice<WeightReadNoise>(at + "weightNoiseForm"),
            NoiseManagement = p.Choice<NoiseManagement>(at + "noiseManagement"),
            LargestRange = Number(at + "largestRange") is > 0 and float range ? range : float.PositiveInfinity,
            ConstantRange = Number(at + "constantRange"),
            AverageDecay = Number(at + "averageDecay"),
            AssumedWeight = Number(at + "assumedWeight"),
            BoundManagement = p.Choice<BoundManagement>(at + "boundManagement"),
            LargestReduction = Number(at + "largestReduction"),
            CoarsestResolution = Number(at + "coarsestResolution"),
        };
    }

    private Quantizer Converter(string at)
    {
        float bound = Number(at + "Bound");
        int bits = p.Whole(at + "Bits");
        return new Quantizer(bound > 0 ? bound : float.PositiveInfinity, bits > 0 ? Quantizer.ResolutionOfBits(bits) : 0);
    }

    private float Number(string name) => (float)p.Number(name);
}
