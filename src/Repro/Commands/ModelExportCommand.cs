using System.CommandLine;
using System.IO.Enumeration;
using Crosspoint.Devices;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Models;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint model export</c>: the planes of a run's state as tensors in a file.</summary>
internal sealed class ModelExportCommand
{
    private readonly Argument<string> source = new("FIGURE|STATE") { Description = "a figure, as crosspoint list names it, or the path of a state file (.state)" };
    private readonly Option<string?> file = Options.Text("--out", "FILE", $"The file to write; its name ends in {ModelFile.Endings}");
    private readonly Option<string[]> planes = Options.Texts("--planes", "NAME[,NAME...]", "Only tensors of these names; * stands for anything (default: all)");
    private readonly Option<Profile> profile = Options.Profile();
    private readonly Option<ulong> seed = Options.Seed("The seed of the run");
    private readonly Option<Setting[]> points = Options.Settings("--points", "NAME=VALUE[,NAME=VALUE...]", "The point of the run", several: true);
    private readonly Option<Setting[]> settings = Options.Settings("--set", "NAME=VALUE", "A parameter that was changed in the run", several: false);
    private readonly Option<string> runs = new("--runs") { Description = "Folder of the runs", HelpName = "DIR", DefaultValueFactory = _ => "runs" };
    private readonly Option<string?> data = Options.Text("--data", "DIR", $"Folder of the data sets (default: {DataLocator.FolderVariable}, then the cache)");
    private readonly Option<string?> text = Options.Text("--text", "FILE", "The text of the run, if it was another than War and Peace");
    private readonly Host host;

    private ModelExportCommand(Host host) => this.host = host;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        ModelExportCommand export = new(host);
        Command command = new("export", "Writes the weights, arrays, filters, devices and averages of a stored run into a file")
        {
            export.source, export.file, export.planes, export.profile, export.seed, export.points, export.settings, export.runs, export.data, export.text,
        };
        command.SetAction(export.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(file) ?? throw CommandException.Usage($"--out is missing; expected a file whose name ends in {ModelFile.Endings}");
        ModelFile.RequireName(path);
        string named = parsed.GetRequiredValue(source);
        Option[] given = [.. new Option[] { profile, seed, points, settings }.Where(option => parsed.GetResult(option) is { Implicit: false })];
        if (ModelState.IsFile(named) && given.Length > 0)
        {
            throw CommandException.Usage($"{string.Join(", ", given.Select(option => option.Name))}: expected a state file without them, as it tells its run by itself");
        }

        ModelState state = ModelState.Find(host, named, new ModelState.Request(
            parsed.GetValue(profile), parsed.GetValue(seed), parsed.GetValue(points) ?? [], parsed.GetValue(settings) ?? [],
            parsed.GetRequiredValue(runs), parsed.GetValue(data), parsed.GetValue(text)));
        (IReadOnlyList<StatePlane> all, Dictionary<string, string> metadata) = state.Read(host.Cancellation);
        string[] patterns = parsed.GetValue(planes) ?? [];
        StatePlane[] chosen = [.. all.Where(plane => patterns.Length == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, plane.Name)))];
        if (chosen.Length == 0)
        {
            throw CommandException.Usage($"--planes: no tensor has this name; expected some of {string.Join(", ", all.Select(plane => plane.Name))}");
        }

        foreach (StatePlane plane in chosen)
        {
            metadata[$"unit:{plane.Name}"] = plane.Unit;
        }

        new ModelFile([.. chosen.Select(plane => Tensor.Of(plane.Name, plane.Values))], metadata).Write(path);
        host.Output.WriteLine($"Written: {path}, {chosen.Length} tensors, {chosen.Sum(plane => (long)plane.Values.Inputs * plane.Values.Outputs)} numbers, from {state.Path}");
        return ExitCodes.Success;
    }
}
