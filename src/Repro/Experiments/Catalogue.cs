using Crosspoint.Repro.Commands;
using Crosspoint.Repro.Figures.Babu2017;
using Bennett2019 = Crosspoint.Repro.Figures.Bennett2019;

namespace Crosspoint.Repro.Experiments;

/// <summary>All figures that can be run; adding one is one file and one line here.</summary>
internal static class Catalogue
{
    /// <summary>The figures, paper by paper.</summary>
    public static IReadOnlyList<IExperiment> All { get; } = 
    [
        new Fig2(), new Fig3(), new Fig4(), new Fig5(), new Fig5Study(),
        new Bennett2019.Table1(), new Bennett2019.Fig3(), new Bennett2019.Fig4a(), new Bennett2019.Fig4b(), new Bennett2019.Fig5a(),
        new Bennett2019.Fig5b(), new Bennett2019.Fig6a(), new Bennett2019.Fig6b(), new Bennett2019.Fig7a(), new Bennett2019.Fig7b(),
        new Bennett2019.AlphaStudy(), new Bennett2019.PairStudy(), new Bennett2019.InputsStudy(), new Bennett2019.BatchStudy(),
        new Bennett2019.DeadZoneStudy(), new Bennett2019.GainStudy(), new Bennett2019.Table2(), new Bennett2019.Table3(), new Bennett2019.Fig8(),
        new Bennett2019.Fig9(),
    ];

    /// <summary>Name of a figure on the command line and in results: <c>babu2017/fig4</c>.</summary>
    public static string Id(this IExperiment experiment) => $"{experiment.Paper}/{experiment.Figure}";

    /// <summary>Finds a figure by its name.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public static IExperiment Find(IReadOnlyList<IExperiment> experiments, string id) =>
        experiments.FirstOrDefault(experiment => experiment.Id() == id)
        ?? throw CommandException.Usage(Suggestion.Unknown("figure", id, experiments.Select(experiment => experiment.Id())));
}
