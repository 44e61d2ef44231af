using Crosspoint.Repro.Experiments;
using Crosspoint.Training.Extraction;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>What the tables have in common: a model trained as in figure 5E, then looked at on other hardware.</summary>
/// <remarks>Trainings are shared: a table asks for the state that another table or figure with the same parameters has left.</remarks>
internal abstract class LstmTable : LstmFigure
{
    private const int QuickEpochs = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. LstmRun.Parameters, .. LstmInference.Parameters];

    /// <summary>Epochs at the paper's scale, at whose end a model is looked at.</summary>
    protected abstract int FullEpochs { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object> { ["epochs"] = FullEpochs }
        : new Dictionary<string, object>
        {
            ["epochs"] = QuickEpochs,
            ["trainCharacters"] = 300_000,
            ["testCharacters"] = 20_000,
            ["averages"] = $"{QuickEpochs - 1}-{QuickEpochs}",
            ["averageReads"] = 5_000,
            ["extractionReads"] = 5_000,
            ["evaluations"] = 3,
            ["draws"] = 5,
        };

    /// <inheritdoc/>
    public override RunResult Run(RunContext context)
    {
        LstmRun run = new(context);
        RunResult trained = run.Train();
        context.Progress(1, "on other hardware");
        return new RunResult
        {
            CurveColumns = trained.CurveColumns,
            Curve = trained.Curve,
            Metrics = [.. Look(run.Iterates, new LstmInference(context), context)],
            Counters = trained.Counters,
        };
    }

    /// <summary>Looks at the trained model.</summary>
    protected abstract IEnumerable<Metric> Look(IReadOnlyList<MatrixIterates> model, LstmInference hardware, RunContext context);
}
