using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>What the figures of the paper have in common: their parameters, the quick profile and the run.</summary>
internal abstract class BennettExperiment : IExperiment
{
    /// <inheritdoc/>
    public string Paper => "bennett2019";

    /// <inheritdoc/>
    public abstract string Figure { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters =>
        [.. BennettSystem.Parameters.Select(p => Defaults.TryGetValue(p.Name, out object? value) ? p with { Default = value } : p)];

    /// <inheritdoc/>
    public virtual IReadOnlyList<Claim> Claims => [];

    /// <inheritdoc/>
    public virtual bool NeedsMnist => true;

    /// <summary>Parameters with another default than the paper's own: what a figure looks at.</summary>
    protected virtual IReadOnlyDictionary<string, object> Defaults => new Dictionary<string, object>();

    /// <summary>Seeds a point at full scale.</summary>
    protected virtual int FullSeeds => 5;

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["trainImages"] = 20_000, ["nopropEpochs"] = 2, ["mlpEpochs"] = 2 };

    /// <inheritdoc/>
    public abstract IReadOnlyList<Point> Points(Profile profile);

    /// <inheritdoc/>
    public int Seeds(Profile profile) => profile == Profile.Full ? FullSeeds : 1;

    /// <inheritdoc/>
    public virtual int Seeds(Profile profile, Point point) => Seeds(profile);

    /// <inheritdoc/>
    public virtual double ExpectedSeconds(Point point, ParameterValues parameters) => BennettSystem.ExpectedSeconds(parameters);

    /// <inheritdoc/>
    public virtual string? Trains => "system";

    /// <inheritdoc/>
    public virtual RunResult Keep(ParameterValues parameters, RunResult run) => BennettRun.Keep(parameters, run);

    /// <inheritdoc/>
    public virtual RunResult Run(RunContext context) => new BennettRun(context).Result();

    /// <inheritdoc/>
    public virtual IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public abstract void Draw(Sheet sheet, Summary summary);

    /// <summary>The values of a sweep.</summary>
    protected static IReadOnlyList<T> Of<T>(params IReadOnlyList<T> values) => values;

    /// <summary>A random layer of 3,000 units, or of as many as a further coordinate says.</summary>
    protected static Point NoProp(string device, params (string Name, object Value)[] more) =>
        new([("system", BennettSystem.NoProp), ("device", device), .. more]);

    /// <summary>The MLP with 300 tanh units.</summary>
    protected static Point Tanh(string device, params (string Name, object Value)[] more) =>
        new([("system", BennettSystem.Mlp), ("device", device), ("hidden", 300), .. more]);

    /// <summary>The MLP with so many rectifier units of one kind; gains of the softmax from study-gain.</summary>
    protected static Point Rectifier(string device, string activation, int hidden, params (string Name, object Value)[] more) =>
        new(
        [
            ("system", BennettSystem.Mlp), ("device", device), ("activation", activation), ("hidden", hidden),
            ("softmaxGain", activation == "relu" ? 0.03 : 0.02), .. more,
        ]);

    /// <summary>The single-layer perceptron.</summary>
    protected static Point OneLayer(string device, params (string Name, object Value)[] more) =>
        new([("system", BennettSystem.OneLayer), ("device", device), .. more]);

    /// <summary>NoProp and the tanh MLP on both devices, with further coordinates: the four systems that most figures compare.</summary>
    protected static IEnumerable<Point> FourSystems(params (string Name, object Value)[] more) =>
        [NoProp(BennettSystem.Linear, more), NoProp(BennettSystem.Nonlinear, more), Tanh(BennettSystem.Linear, more), Tanh(BennettSystem.Nonlinear, more)];

    /// <summary>The accuracy of one seed at a point, if it is there.</summary>
    protected static double? Accuracy(IReadOnlyList<Metric> seed, Point at) =>
        seed.FirstOrDefault(m => IsAccuracy(m.Name) && m.At.Equals(at))?.Value;

    /// <summary>A difference of two accuracies, as one metric; nothing where one is missing.</summary>
    protected static IEnumerable<Metric> Difference(IReadOnlyList<Metric> seed, Point at, string name, Point first, Point second)
    {
        if (Accuracy(seed, first) is { } a && Accuracy(seed, second) is { } b)
        {
            yield return new Metric(at, name, a - b);
        }
    }

    /// <summary>Draws the four systems against one coordinate.</summary>
    protected static void DrawFour(Panel panel, Summary summary, string x)
    {
        int series = 0;
        foreach ((Point point, string label) in new[]
        {
            (NoProp(BennettSystem.Linear), "NoProp, linear"),
            (NoProp(BennettSystem.Nonlinear), "NoProp, non-linear"),
            (Tanh(BennettSystem.Linear), "MLP tanh, linear"),
            (Tanh(BennettSystem.Nonlinear), "MLP tanh, non-linear"),
        })
        {
            panel.Means(Rows(summary, point).Where(row => row.Point[x] is not null && row.Point["pair"] is null), x, label, SheetColors.Series(series), series == 0 ? "paper" : string.Empty);
            series++;
        }
    }

    /// <summary>Rows of the accuracy at points that hold these coordinates.</summary>
    protected static IEnumerable<Row> Rows(Summary summary, Point where) =>
        summary.Rows.Where(row => IsAccuracy(row.Metric) && row.Point.Contains(where));

    private static bool IsAccuracy(string metric) => metric is BennettSystem.Accuracy or BennettSystem.ValidationAccuracy;
}
