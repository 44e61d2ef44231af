using Crosspoint.Repro.Commands;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Report;

/// <summary>Finds and reads all that is stored below a folder, or what one figure has there.</summary>
/// <param name="Figures">The figures, in the order of the papers.</param>
/// <param name="Problems">Files that cannot be read, each with the reason.</param>
internal sealed record ReportSource(IReadOnlyList<FigureReport> Figures, IReadOnlyList<(string Path, string Reason)> Problems)
{
    /// <summary>Reads results.</summary>
    /// <param name="experiments">The figures that this version knows.</param>
    /// <param name="root">The folder of all results.</param>
    /// <param name="id">A paper, or a figure; <see langword="null"/> for everything.</param>
    /// <exception cref="CommandException">Nothing is stored there, or the name is unknown.</exception>
    public static ReportSource Read(IReadOnlyList<IExperiment> experiments, string root, string? id)
    {
        string below = id is null ? root : Path.Combine(root, id);
        if (!Directory.Exists(below))
        {
            bool known = id is null || experiments.Any(experiment => Belongs(experiment.Id(), id));
            throw known ? Nothing(root, id) : CommandException.Usage(Suggestion.Unknown("figure", id!, experiments.Select(experiment => experiment.Id())));
        }

        List<(string, string)> problems = [];
        List<StoredFile> files = [];
        foreach (string path in StoredFileReader.Files(below))
        {
            (StoredFile? file, string? problem) = StoredFileReader.Read(path);
            if (file is not null)
            {
                files.Add(file);
            }
            else
            {
                problems.Add((Path.GetRelativePath(root, path), problem!));
            }
        }

        if (files.Count == 0 && problems.Count == 0)
        {
            throw Nothing(root, id);
        }

        FigureReader reader = new(experiments, root);
        return new ReportSource(
            [
                .. from file in files
                   group file by (Folder: Path.GetDirectoryName(Path.GetDirectoryName(file.Path))!, file.Experiment) into variant
                   let figure = reader.Read(variant.Key.Folder, [.. variant])
                   orderby Place(experiments, figure), figure.Experiment.Id(), figure.Variant
                   select figure,
            ],
            problems);
    }

    private static bool Belongs(string figure, string id) => figure == id || figure.StartsWith(id.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static CommandException Nothing(string root, string? id) => CommandException.Failure(
        $"{root}: no results {(id is null ? string.Empty : $"of {id} ")}are stored there; expected those of crosspoint run {id ?? "PAPER/FIGURE"} --out {root}");

    private static int Place(IReadOnlyList<IExperiment> experiments, FigureReport figure) =>
        figure.IsKnown ? experiments.ToList().FindIndex(experiment => experiment.Id() == figure.Experiment.Id()) : experiments.Count;
}
