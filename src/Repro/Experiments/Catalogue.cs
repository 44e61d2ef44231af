using Crosspoint.Repro.Commands;
using Babu = Crosspoint.Repro.Figures.Babu2017;
using Bennett = Crosspoint.Repro.Figures.Bennett2019;
using Gokmen = Crosspoint.Repro.Figures.Gokmen2021;

namespace Crosspoint.Repro.Experiments;

/// <summary>All figures that can be run; adding one is one file and one line here.</summary>
internal static class Catalogue
{
    /// <summary>The figures, paper by paper.</summary>
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new Babu.Fig2(), new Babu.Fig3(), new Babu.Fig4(), new Babu.Fig5(), new Babu.Fig5Study(),
        new Gokmen.Fig1(), new Gokmen.Fig2(), new Gokmen.Fig3(), new Gokmen.Fig4(), new Gokmen.Fig4Search(), new Gokmen.Fig5Traces(), new Gokmen.Fig5E(),
        new Gokmen.Fig6(), new Gokmen.Table1(50), new Gokmen.Table1(200), new Gokmen.Table2(), new Gokmen.Table3(), new Gokmen.Mnist(),
        new Bennett.Fig1(), new Bennett.Table1(), new Bennett.Fig3(), new Bennett.Fig4a(), new Bennett.Fig4b(), new Bennett.Fig5a(),
        new Bennett.Fig5b(), new Bennett.Fig6a(), new Bennett.Fig6b(), new Bennett.Fig7a(), new Bennett.Fig7b(), new Bennett.AlphaStudy(), new Bennett.TogetherStudy(),
        new Bennett.PairStudy(), new Bennett.InputsStudy(), new Bennett.BatchStudy(), new Bennett.DeadZoneStudy(), new Bennett.GainStudy(),
        new Bennett.Table2(), new Bennett.Table3(), new Bennett.Fig8(), new Bennett.Fig9(),
    ];

    /// <summary>Name of a figure on the command line and in results: <c>babu2017/fig4</c>.</summary>
    public static string Id(this IExperiment experiment) => $"{experiment.Paper}/{experiment.Figure}";

    /// <summary>Finds a figure by its name.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public static IExperiment Find(IReadOnlyList<IExperiment> experiments, string id) =>
        experiments.FirstOrDefault(experiment => experiment.Id() == id)
        ?? throw CommandException.Usage(Suggestion.Unknown("figure", id, experiments.Select(experiment => experiment.Id())));
}
