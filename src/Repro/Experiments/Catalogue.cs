using Crosspoint.Repro.Commands;
using Crosspoint.Repro.Figures.Babu2017;

namespace Crosspoint.Repro.Experiments;

/// <summary>All figures that can be run; adding one is one file and one line here.</summary>
internal static class Catalogue
{
    /// <summary>The figures, paper by paper.</summary>
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new Fig2(), new Fig3(), new Fig4(), new Fig5(), new Fig5Study(),
        new Figures.Gokmen2021.Fig1(), new Figures.Gokmen2021.Fig5Traces(), new Figures.Bennett2019.Fig1(),
    ];

    /// <summary>Name of a figure on the command line and in results: <c>babu2017/fig4</c>.</summary>
    public static string Id(this IExperiment experiment) => $"{experiment.Paper}/{experiment.Figure}";

    /// <summary>Finds a figure by its name.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public static IExperiment Find(IReadOnlyList<IExperiment> experiments, string id) =>
        experiments.FirstOrDefault(experiment => experiment.Id() == id)
        ?? throw CommandException.Usage(Suggestion.Unknown("figure", id, experiments.Select(experiment => experiment.Id())));
}
