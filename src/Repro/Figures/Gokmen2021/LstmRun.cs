using Crosspoint.Devices;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;
using Crosspoint.Training.Extraction;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>LSTM2-64-WP: two LSTM blocks of 64 cells and a softmax layer, trained on War and Peace under any of the algorithms.</summary>
/// <remarks>
/// The state holds the whole curve, so that a run of more epochs goes on from one of fewer. The rate of floating point and SGD follows
/// <c>eta</c>, that of the others multiplies <c>transferRate</c>; both fall by <c>rateFactor</c> an epoch.
/// </remarks>
internal sealed class LstmRun
{
    /// <summary>Cross-entropy on the test text as the arrays are read, after the last epoch.</summary>
    public const string TestError = TextTraining.TestError;

    /// <summary>The same with the weights read exactly.</summary>
    public const string DigitalError = TextTraining.DigitalError;

    /// <summary>Cross-entropy on held-out training text, where parameters are chosen.</summary>
    public const string ValidationError = TextTraining.ValidationError;

    private const string DigitalValidationError = "digital_validation_error_nats";
    private const int Columns = 5;
    private const int Hidden = 64;
    private const int WindowsAtATime = 100;
    private const int TextLength = 3_258_246, TestLength = 325_000;

    private readonly RunContext context;
    private readonly LanguageModel model;
    private readonly LanguageModel digital;
    private readonly TextTrainer trainer;
    private readonly LstmAverages averages;
    private readonly TextEvaluation evaluation;
    private readonly TextEvaluation digitalEvaluation;
    private readonly List<double[]> curve = [];
    private readonly bool validate;

    /// <summary>Builds the network that the parameters of a run describe.</summary>
    /// <param name="context">The run.</param>
    /// <param name="watch">Puts an observer around an array of a matrix, by their numbers; <see langword="null"/> for none.</param>
    public LstmRun(RunContext context, Func<int, int, ICrosspointArray, ICrosspointArray>? watch = null)
    {
        this.context = context;
        ParameterValues p = context.Parameters;
        validate = p.Text("evaluateOn") == "validation";
        (Text train, Text test, int symbols) = Texts(context.Text!, p);
        (int Inputs, int Outputs)[] shapes = Shapes(symbols);
        IWeightMatrix[] matrices =
            [.. shapes.Select((s, k) => GokmenArrays.Matrix(p, s.Inputs, s.Outputs, context.Seed, k + 1, k == shapes.Length - 1, watch: watch))];
        for (int k = 0; k < matrices.Length; k++)
        {
            matrices[k].Program(InitialWeights.Recurrent(matrices[k], Hidden, context.Seed, k + 1));
        }

        int window = p.Whole("unroll");
        model = new LanguageModel(window, matrices);
        digital = new LanguageModel(window, [.. matrices.Select(m => new DigitalSgd(m.Inputs, m.Outputs))]);
        trainer = new TextTrainer(model, train, GokmenArrays.Schedule(p));
        averages = new LstmAverages(p, matrices, trainer.Length, context.Seed);
        trainer.AfterWindow = averages.Observe;
        Phase phase = validate ? Phase.Validate : Phase.Test;
        evaluation = new TextEvaluation(model, test, phase);
        digitalEvaluation = new TextEvaluation(digital, test, phase);
    }

    /// <summary>Parameters of the network and its training beside those of the arrays.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        .. GokmenArrays.Parameters,
        new("epochs", 50, "epochs", "paper", 1, 10_000),
        new("unroll", 100, "characters", "chosen: the length of IBM's later example", 1, 10_000),
        new("trainCharacters", 0, "characters", "paper: all of 2,933,246, as 0 says; a smaller number takes the first ones", 0, int.MaxValue),
        new("testCharacters", 0, "characters", "paper: all of 325,000, as 0 says; a smaller number takes the first ones", 0, int.MaxValue),
        new("evaluateOn", "test", "1", "test: the test text; validation: the last 325,000 characters of the training text, held out",
            Words: ["test", "validation"]),
        .. LstmAverages.Parameters,
    ];

    /// <summary>The model over the span of epochs that ends with the last one.</summary>
    /// <exception cref="CommandException">None ends there, or its beginning was not watched.</exception>
    public IReadOnlyList<MatrixIterates> Iterates => averages.EndingAt(context.Parameters.Whole("epochs"));

    private string Error => validate ? ValidationError : TestError;

    private string ExactError => validate ? DigitalValidationError : DigitalError;

    private string[] CurveColumns => ["epoch", "training_loss_nats", Error, ExactError, "coincidences_per_character"];

    /// <summary>The matrices, from the input to the output.</summary>
    public IReadOnlyList<IWeightMatrix> Matrices => model.Matrices;

    /// <summary>Names of the matrices, from the input to the output.</summary>
    public static IReadOnlyList<string> MatrixNames { get; } = ["block1", "block2", "output"];

    /// <summary>Every plane of the stored state.</summary>
    /// <exception cref="CommandException">None is stored, or it cannot be read.</exception>
    public (IReadOnlyList<StatePlane> Planes, IReadOnlyDictionary<string, string> Metadata) Model()
    {
        if (!context.Checkpoint.TryLoad(Load))
        {
            throw CommandException.Failure("no state of this run is stored; expected it after crosspoint run with the same options");
        }

        IEnumerable<StatePlane> planes =
            from k in Enumerable.Range(0, Matrices.Count)
            from plane in Matrices[k].Planes.Concat(averages.Planes(k))
            select plane with { Name = $"{MatrixNames[k]}.{plane.Name}" };
        return ([.. planes], new Dictionary<string, string>
        {
            ["network"] = "two LSTM blocks of 64 cells and a softmax layer; gates in the order i, f, g, o; inputs [u; h; 1]",
            ["alphabet"] = Convert.ToHexStringLower([.. context.Text!.Distinct().Order()]),
            ["epochs"] = Point.Format(curve.Count + ((double)trainer.Position / trainer.Length)),
        });
    }

    /// <summary>Trains to the last epoch, from the stored state if there is one, with one look at the test text an epoch.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public RunResult Train()
    {
        context.Checkpoint.TryLoad(Load);
        int epochs = context.Parameters.Whole("epochs");
        bool trained = curve.Count < epochs;
        try
        {
            while (curve.Count < epochs)
            {
                TrainEpoch(epochs);
                Look();
                context.Curve(CurveColumns, curve);
                context.Progress((double)curve.Count / epochs, $"epoch {curve.Count} of {epochs}, {curve[^1][2]:F3} nats");
            }
        }
        catch (OperationCanceledException)
        {
            context.Checkpoint.Save(Save);
            throw;
        }

        if (trained)
        {
            context.Checkpoint.Save(Save);
        }

        double[] last = curve[epochs - 1];
        return new RunResult
        {
            CurveColumns = CurveColumns,
            Curve = [.. curve.Take(epochs)],
            Metrics = [new(Point.Empty, Error, last[2]), new(Point.Empty, ExactError, last[3])],
            Counters = new Dictionary<string, long> { ["coincidences"] = (long)Math.Round(curve.Take(epochs).Sum(row => row[4]) * trainer.Length) },
        };
    }

    /// <summary>What is trained on, what is looked at, and the number of symbols.</summary>
    internal static (Text Train, Text Test, int Symbols) Texts(byte[] bytes, ParameterValues p)
    {
        int test = (int)((long)bytes.Length * TestLength / TextLength);
        bool validate = p.Text("evaluateOn") == "validation";
        TextCorpus corpus = TextCorpus.Cut(bytes, "text", bytes.Length - test, test, validate ? test : 0);
        return (Part(corpus.Train, p.Whole("trainCharacters")), Part(validate ? corpus.Validation : corpus.Test, p.Whole("testCharacters")), corpus.Symbols);
    }

    /// <summary>Lines of the two blocks and of the softmax layer, biases included.</summary>
    internal static (int Inputs, int Outputs)[] Shapes(int symbols) =>
        [(symbols + Hidden + 1, 4 * Hidden), (Hidden + Hidden + 1, 4 * Hidden), (Hidden + 1, symbols)];

    private static Text Part(Text text, int characters) =>
        characters == 0 || characters >= text.Symbols.Length ? text : text with { Symbols = text.Symbols[..characters] };

    private void TrainEpoch(int epochs)
    {
        while (trainer.Epoch == curve.Count)
        {
            if (!trainer.Run(WindowsAtATime, context.Cancellation))
            {
                throw new OperationCanceledException(context.Cancellation);
            }

            double done = curve.Count + ((double)trainer.Position / trainer.Length);
            context.Progress(done / epochs, $"epoch {curve.Count + 1} of {epochs}, training {(trainer.Position == 0 ? trainer.LastLoss : trainer.Loss):F3} nats");
            if (context.Checkpoint.IsDue)
            {
                context.Checkpoint.Save(Save);
            }
        }
    }

    // Curve row of an epoch: the test text as the arrays are read, and with exact weights.
    private void Look()
    {
        for (int k = 0; k < Matrices.Count; k++)
        {
            digital.Matrices[k].Program(Matrices[k].Weights);
        }

        double error = evaluation.CrossEntropy(curve.Count, context.Cancellation);
        double exact = digitalEvaluation.CrossEntropy(curve.Count, context.Cancellation);
        double before = curve.Sum(row => row[4]) * trainer.Length;
        double coincidences = (Matrices.Sum(m => (double)m.Counters.Coincidences) - before) / trainer.Length;
        curve.Add([curve.Count + 1, trainer.LastLoss, error, exact, coincidences]);
    }

    private void Save(BinaryWriter writer)
    {
        CurveState.Save(writer, curve);
        trainer.Save(writer);
        averages.Save(writer);
    }

    private void Load(BinaryReader reader)
    {
        CurveState.Load(reader, curve, Columns);
        trainer.Load(reader);
        averages.Load(reader, ((long)trainer.Epoch * trainer.Length) + trainer.Position);
    }
}
