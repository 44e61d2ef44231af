namespace Crosspoint.Repro.Experiments;

/// <summary>
/// One figure or table of a paper: its points, its parameters, what one run computes, what the paper claims and how it is drawn.
/// Everything else (threads, progress, checkpoints, files, shards) belongs to the runner.
/// </summary>
public interface IExperiment
{
    /// <summary>Paper, such as <c>babu2017</c>.</summary>
    string Paper { get; }

    /// <summary>Figure, such as <c>fig4</c>.</summary>
    string Figure { get; }

    /// <summary>What the figure shows, in one line.</summary>
    string Title { get; }

    /// <summary>Every parameter in force, with the defaults of the full profile.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Values that the profile changes, by name; empty for <see cref="Profile.Full"/> as a rule.</summary>
    IReadOnlyDictionary<string, object> ProfileValues(Profile profile);

    /// <summary>
    /// Values that go with a point without being its coordinates, such as rates that were chosen for it; above those of the profile, below
    /// those that the user sets.
    /// </summary>
    IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) => NoValues;

    private static IReadOnlyDictionary<string, object> NoValues { get; } = new Dictionary<string, object>();

    /// <summary>The sweep: each point names the parameters it sets (or labels of its own), in a fixed order.</summary>
    IReadOnlyList<Point> Points(Profile profile);

    /// <summary>Seeds a point when <c>--seeds</c> is not given: the most over all points.</summary>
    int Seeds(Profile profile);

    /// <summary>Seeds of one point, where some need more than others: 1 to those of <see cref="Seeds(Profile)"/>.</summary>
    int Seeds(Profile profile, Point point) => Seeds(profile);

    /// <summary>What is to lie beside the results as <c>description.json</c>; <see langword="null"/> for nothing.</summary>
    byte[]? Describe() => null;

    /// <summary>Relative cost of one run, in seconds on one core of the reference machine; used for estimates only.</summary>
    double ExpectedSeconds(Point point, ParameterValues parameters);

    /// <summary>Memory of one run beside data that all runs share, in bytes; used for estimates only.</summary>
    long ExpectedBytes(Point point, ParameterValues parameters) => 64L << 20;

    /// <summary>Whether there is a quick profile beside the full one.</summary>
    bool HasProfiles => true;

    /// <summary>Whether the runs need the MNIST images.</summary>
    bool NeedsMnist { get; }

    /// <summary>Whether the runs need War and Peace, or the text that the user names.</summary>
    bool NeedsText => false;

    /// <summary>
    /// The parameter along which a finished run can go on, such as <c>epochs</c>; <see langword="null"/> for none. The state of its runs is
    /// kept, shared by all figures of the paper whose other parameters are the same, and holds the whole curve, so that a shorter run
    /// is a part of a longer one.
    /// </summary>
    string? ContinuesAlong => null;

    /// <summary>
    /// What a run trains, by a name that all figures of the paper have which train the same; <see langword="null"/> where it is the figure's
    /// own. Such figures take runs of the same parameters, data and seed from each other instead of computing them again.
    /// </summary>
    string? Trains => null;

    /// <summary>What this figure keeps of a run that another figure of the same <see cref="Trains"/> computed.</summary>
    /// <param name="parameters">Every parameter in force here.</param>
    /// <param name="run">What the other figure kept of it.</param>
    /// <returns>What <see cref="Run"/> would give.</returns>
    RunResult Keep(ParameterValues parameters, RunResult run) => run;

    /// <summary>One run: a pure function of the point, the parameters, the data and the seed.</summary>
    RunResult Run(RunContext context);

    /// <summary>Further metrics of one seed that compare several points, such as a drop in accuracy between two of them.</summary>
    /// <param name="seed">All metrics of the seed, over all the points that are there.</param>
    /// <returns>Derived metrics; none where a point they need is missing.</returns>
    IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed);

    /// <summary>The values the paper gives, with the tolerance that a careful reproduction can expect.</summary>
    IReadOnlyList<Claim> Claims { get; }

    /// <summary>Draws the figure from aggregated rows and stored curves alone.</summary>
    void Draw(Plots.Sheet sheet, Summary summary);
}
