using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Report;

/// <summary>One variant of a figure as it is stored: what a part of the page is made from.</summary>
/// <param name="Experiment">The figure; made up from its results where this version does not know it.</param>
/// <param name="IsKnown">Whether this version knows it.</param>
/// <param name="Description">The file beside the results that describes the sweep; <see langword="null"/> without one.</param>
/// <param name="Variant">Name of the variant's folder; empty for the full profile with the paper's parameters and data.</param>
/// <param name="Files">The results.</param>
/// <param name="LeftOut">Results of another version of the figure, which are not shown.</param>
/// <param name="IsOlder">Whether all results are of another version.</param>
/// <param name="Expected">Runs that the figure asks for; <see langword="null"/> where nobody can tell.</param>
/// <param name="Changed">Parameters with another value than the figure's own, with that value.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Unmet">Claims that no row answers although all runs are there.</param>
/// <param name="Summary">All that a picture is drawn from.</param>
internal sealed record FigureReport(
    IExperiment Experiment,
    bool IsKnown,
    string? Description,
    string Variant,
    IReadOnlyList<StoredFile> Files,
    int LeftOut,
    bool IsOlder,
    int? Expected,
    IReadOnlyList<KeyValuePair<string, object>> Changed,
    IReadOnlyList<Row> Rows,
    IReadOnlyList<Claim> Unmet,
    Summary Summary)
{
    /// <summary>Name of the figure with its variant: <c>babu2017/fig4 quick</c>.</summary>
    public string Name => Variant.Length == 0 ? Experiment.Id() : $"{Experiment.Id()} {Variant}";

    /// <summary>Whether the results were held against the paper.</summary>
    public bool IsJudged => Rows.Any(row => row.Verdict is Verdicts.Inside or Verdicts.Outside);

    /// <summary>Claims that the results meet.</summary>
    public int Met => Rows.Count(row => row.Verdict == Verdicts.Inside);

    /// <summary>Claims that the results miss.</summary>
    public int Missed => Rows.Count(row => row.Verdict == Verdicts.Outside) + Unmet.Count;
}
