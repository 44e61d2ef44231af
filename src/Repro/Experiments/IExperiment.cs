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

    /// <summary>The sweep: each point names the parameters it sets (or labels of its own), in a fixed order.</summary>
    IReadOnlyList<Point> Points(Profile profile);

    /// <summary>Seeds a point when <c>--seeds</c> is not given.</summary>
    int Seeds(Profile profile);

    /// <summary>Relative cost of one run, in seconds on one core of the reference machine; used for estimates only.</summary>
    double ExpectedSeconds(Point point, ParameterValues parameters);

    /// <summary>Whether the runs need the MNIST images.</summary>
    bool NeedsMnist { get; }

    /// <summary>Whether the runs need a text: War and Peace, or the one that <c>--text</c> names.</summary>
    bool NeedsText => false;

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
