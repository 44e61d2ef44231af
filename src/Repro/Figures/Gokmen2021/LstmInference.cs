using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>A trained LSTM2-64-WP on other hardware: analog arrays of new devices with the same properties, or exact arithmetic.</summary>
internal sealed class LstmInference
{
    private const ulong DeviceStream = 0x80;
    private readonly RunContext context;
    private readonly LanguageModel analog;
    private readonly LanguageModel digital;
    private readonly TextEvaluation onAnalog;
    private readonly TextEvaluation onDigital;
    private int pass;

    /// <summary>Makes both kinds of hardware.</summary>
    public LstmInference(RunContext context)
    {
        this.context = context;
        ParameterValues p = context.Parameters;
        (_, Text test, int symbols) = LstmRun.Texts(context.Text!, p);
        (int Inputs, int Outputs)[] shapes = LstmRun.Shapes(symbols);
        int window = p.Whole("unroll");
        analog = new LanguageModel(window, [.. shapes.Select((s, k) => Matrix(p, s.Inputs, s.Outputs, context.Seed, k + 1))]);
        digital = new LanguageModel(window, [.. shapes.Select(s => new DigitalSgd(s.Inputs, s.Outputs))]);
        onAnalog = new TextEvaluation(analog, test, Phase.Test);
        onDigital = new TextEvaluation(digital, test, Phase.Test);
    }

    /// <summary>What is done with a trained model; the model does not depend on it.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("evaluations", 5, "1", "chosen: passes over the test text on analog arrays, each with read noise of its own", 1, 1_000, OfState: false),
        new("programming", nameof(ProgrammingMethod.Exact), "1", "paper: weights are placed without error; or OpenLoop, WriteAndVerify",
            Words: Enum.GetNames<ProgrammingMethod>(), OfState: false),
        new("draws", 10, "1", "paper: random prunings and disturbances", 1, 1_000, OfState: false),
    ];

    /// <summary>Cross-entropy on the test text of each pass on analog arrays, with fresh read noise.</summary>
    /// <param name="weights">Logical weights of each matrix.</param>
    /// <param name="passes">How many, at least 1.</param>
    public double[] Analog(IReadOnlyList<PaddedMatrix> weights, int passes)
    {
        Place(analog, weights);
        return [.. Enumerable.Range(0, passes).Select(_ => onAnalog.CrossEntropy(pass++, context.Cancellation))];
    }

    /// <summary>Cross-entropy on the test text in exact arithmetic.</summary>
    /// <param name="weights">Logical weights of each matrix.</param>
    public double Digital(IReadOnlyList<PaddedMatrix> weights)
    {
        Place(digital, weights);
        return onDigital.CrossEntropy(0, context.Cancellation);
    }

    /// <summary>Tries a model on both kinds of hardware.</summary>
    /// <param name="weights">The logical weights of a matrix, by its name and shape.</param>
    public IReadOnlyList<Metric> Evaluate(Func<string, int, int, PaddedMatrix> weights)
    {
        PaddedMatrix[] model = [.. LstmRun.MatrixNames.Zip(digital.Matrices, (name, matrix) => weights(name, matrix.Inputs, matrix.Outputs))];
        double[] passes = Analog(model, context.Parameters.Whole("evaluations"));
        return
        [
            new(Point.Empty, "digital_test_error_nats", Digital(model)),
            new(Point.Empty, "analog_test_error_nats", passes.Average()),
            new(Point.Empty, "analog_test_error_spread_nats", passes.Max() - passes.Min()),
        ];
    }

    private static void Place(LanguageModel model, IReadOnlyList<PaddedMatrix> weights)
    {
        for (int k = 0; k < weights.Count; k++)
        {
            model.Matrices[k].Program(weights[k]);
        }
    }

    // Devices of their own: those of training are of another phase.
    private static ProgrammedMatrix Matrix(ParameterValues p, int inputs, int outputs, ulong seed, int id)
    {
        DeviceModel device = GokmenArrays.Device(p);
        RandomAddress at = new Moment(Phase.Test, 0).Tile(seed, id, 0);
        ProgrammingOptions programming = new() { Method = p.Choice<ProgrammingMethod>("programming"), Device = device };
        return new ProgrammedMatrix(
            device.Create(inputs, outputs, at with { Stream = at.Stream | DeviceStream }), GokmenArrays.Periphery(p), programming, seed, id);
    }
}
