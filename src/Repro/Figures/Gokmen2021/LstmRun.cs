using Crosspoint.Devices;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Data;
using Crosspoint.Training.Extraction;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>LSTM2-64-WP: two LSTM blocks of 64 cells and a softmax layer, trained on War and Peace under any of the algorithms.</summary>
/// <remarks>
/// The rate of floating point and SGD follows <c>eta</c>, that of the others multiplies <c>transferRate</c>; both fall by <c>rateFactor</c> an
/// epoch.
/// </remarks>
internal sealed class LstmRun
{
    /// <summary>Cross-entropy on the test text as the arrays are read, after the last epoch.</summary>
    public const string TestError = TextTraining.TestError;

    /// <summary>The same with the weights read exactly.</summary>
    public const string DigitalError = TextTraining.DigitalError;

    /// <summary>Cross-entropy on held-out training text, where parameters are chosen.</summary>
    public const string ValidationError = TextTraining.ValidationError;

    private const int Hidden = 64;
    private const int TextLength = 3_258_246, TestLength = 325_000;

    private readonly RunContext context;
    private readonly TextTraining training;
    private readonly LstmAverages averages;

    /// <summary>Builds the network that the parameters of a run describe.</summary>
    /// <param name="context">The run.</param>
    /// <param name="watch">Puts an observer around an array of a matrix, by their numbers; <see langword="null"/> for none.</param>
    public LstmRun(RunContext context, Func<int, int, ICrosspointArray, ICrosspointArray>? watch = null)
    {
        this.context = context;
        ParameterValues p = context.Parameters;
        (Text train, Text test, int symbols) = Texts(context.Text!, p);
        (int Inputs, int Outputs)[] shapes = Shapes(symbols);
        Matrices =
            [.. shapes.Select((s, k) => GokmenArrays.Matrix(p, s.Inputs, s.Outputs, context.Seed, k + 1, k == shapes.Length - 1, watch: watch))];
        for (int k = 0; k < Matrices.Count; k++)
        {
            Matrices[k].Program(InitialWeights.Recurrent(Matrices[k], Hidden, context.Seed, k + 1));
        }

        averages = new LstmAverages(p, Matrices, train.Predictions, context.Seed);
        training = new TextTraining(
            context, Matrices, p.Whole("unroll"), (train, test), GokmenArrays.Schedule(p), p.Whole("epochs"), p.Text("evaluateOn") == "validation")
        {
            Beside = (averages.Save, averages.Load),
            KeepsState = true,
        };
        training.Trainer.AfterWindow = averages.Observe;
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

    /// <summary>The matrices, from the input to the output.</summary>
    public IReadOnlyList<IWeightMatrix> Matrices { get; }

    /// <summary>Names of the matrices, from the input to the output.</summary>
    public static IReadOnlyList<string> MatrixNames { get; } = ["block1", "block2", "output"];

    /// <summary>Every plane of the stored state.</summary>
    /// <exception cref="CommandException">None is stored, or it cannot be read.</exception>
    public (IReadOnlyList<StatePlane> Planes, IReadOnlyDictionary<string, string> Metadata) Model()
    {
        if (!training.TryLoad())
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
            ["epochs"] = Point.Format(training.Done),
        });
    }

    /// <summary>Trains to the last epoch, from the stored state if there is one, with one look at the test text an epoch.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; its state is saved.</exception>
    public RunResult Train() => training.Run();

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
}
