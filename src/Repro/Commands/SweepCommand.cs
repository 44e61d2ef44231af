using System.CommandLine;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;
using Crosspoint.Repro.Sweeps;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint sweep</c>: computes what is missing of a sweep that a file describes, prints its table and draws it.</summary>
internal sealed class SweepCommand : PlanCommand
{
    private const string Example = "sweep-example.jsonc";

    private readonly Argument<string?> file = new("FILE.json") { Description = "the file of a sweep, as --init writes one", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> init = new("--init") { Description = "Write a commented example into FILE.json, or on standard output" };
    private readonly Option<bool> schema = new("--schema") { Description = "Print the JSON schema of such files, for editors that complete and check them" };
    private readonly Option<Setting[]> settings = Commands.Options.Settings(
        "--set", "PATH=VALUE", "Change the description at a dotted path, such as training.epochs=3; such results lie apart", several: false);

    /// <summary>Builds the verb.</summary>
    public SweepCommand(Host host)
        : base("sweep", "Runs what is missing of a sweep over any network, algorithm, device and data, as a file describes it", host)
    {
        Add(file);
        foreach (Option option in new Option[] { init, schema, settings })
        {
            Add(option);
        }

        AddCommonOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed)
    {
        if (parsed.GetValue(schema))
        {
            Host.Output.Write(SweepSchema.Write());
            return ExitCodes.Success;
        }

        if (parsed.GetValue(init))
        {
            WriteExample(parsed.GetValue(file));
            return ExitCodes.Success;
        }

        return base.Run(parsed);
    }

    /// <inheritdoc/>
    protected override IExperiment Experiment(ParseResult parsed)
    {
        string path = parsed.GetValue(file)
            ?? throw CommandException.Usage($"{file.Name} is missing; expected {file.Description}; see crosspoint sweep --help");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        SweepFile sweep = SweepFile.Read(path);
        try
        {
            return new SweepExperiment(sweep, parsed.GetValue(settings) ?? [], name => Find(folder, name));
        }
        catch (InvalidDataException wrong) when (wrong.Message.StartsWith(settings.Name, StringComparison.Ordinal))
        {
            throw CommandException.Usage(wrong.Message); // a value of the command line, not of the file
        }
    }

    /// <inheritdoc/>
    protected override RunRequest Request(ParseResult parsed, IExperiment experiment) => new() { Profile = Profile.Full };

    /// <inheritdoc/>
    protected override string? TextOf(ParseResult parsed, IExperiment experiment) =>
        ((SweepExperiment)experiment).TextFile is { } text ? Path.Combine(Path.GetDirectoryName(parsed.GetValue(file)!) ?? string.Empty, text) : null;

    // A preset by its name, or a file by its path from the file of the sweep.
    private Preset Find(string folder, string name) =>
        DeviceFinder.Find(Host, Host.Devices.Any(known => known.Name == name) || !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? name : Path.Combine(folder, name));

    private void WriteExample(string? path)
    {
        using Stream stream = typeof(SweepCommand).Assembly.GetManifestResourceStream(Example)!;
        if (path is null)
        {
            using StreamReader reader = new(stream);
            Host.Output.Write(reader.ReadToEnd());
            return;
        }

        if (File.Exists(path))
        {
            throw CommandException.Usage($"{path}: expected a new file, but it is there already");
        }

        AtomicFile.Write(path, stream.CopyTo);
        Host.Output.WriteLine($"Written: {path}; next: crosspoint sweep {path} --dry-run");
    }
}
