using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>What the figures over LSTM2-64-WP have in common.</summary>
internal abstract class LstmFigure : IModelSource
{
    /// <inheritdoc/>
    public string Paper => "gokmen2021";

    /// <inheritdoc/>
    public abstract string Figure { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<Parameter> Parameters => LstmRun.Parameters;

    /// <inheritdoc/>
    public abstract IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public bool NeedsMnist => false;

    /// <inheritdoc/>
    public bool NeedsText => true;

    /// <inheritdoc/>
    public string? ContinuesAlong => "epochs";

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["epochs"] = 3, ["trainCharacters"] = 400_000, ["testCharacters"] = 40_000 };

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) => Rates.Of(point, profile);

    /// <inheritdoc/>
    public abstract IReadOnlyList<Point> Points(Profile profile);

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters)
    {
        int characters = parameters.Whole("trainCharacters") is > 0 and int some ? some : 2_933_246;
        double microseconds = parameters.Text("algorithm") switch
        {
            GokmenArrays.FloatingPoint => 4,
            GokmenArrays.Sgd => 13,
            _ => 11 + (parameters.Number("fastRate") / parameters.Number("muDw")),
        };
        return characters * microseconds * 1e-6 * parameters.Whole("epochs");
    }

    /// <inheritdoc/>
    public virtual RunResult Run(RunContext context) => new LstmRun(context).Train();

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> EvaluationParameters => LstmInference.Parameters;

    /// <inheritdoc/>
    public (IReadOnlyList<StatePlane> Planes, IReadOnlyDictionary<string, string> Metadata) Model(RunContext context) => new LstmRun(context).Model();

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Evaluate(Func<string, int, int, PaddedMatrix> weights, RunContext context) =>
        new LstmInference(context).Evaluate(weights);

    /// <inheritdoc/>
    public virtual IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public abstract void Draw(Sheet sheet, Summary summary);

    /// <summary>A metric of one seed at a point.</summary>
    protected static double? Value(IReadOnlyList<Metric> seed, Point at, string name) =>
        seed.FirstOrDefault(m => m.Name == name && m.At.Equals(at))?.Value;
}
