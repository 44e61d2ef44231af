using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Models;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint model eval</c>: a model from a file, on exact arithmetic and on analog arrays of new devices.</summary>
internal sealed class ModelEvalCommand
{
    private readonly Argument<string> file = new("FILE") { Description = "a model that crosspoint model export wrote, .npz or .safetensors" };
    private readonly Option<string?> plane = Options.Text("--plane", "NAME", "The weights to try: weights (default), or those of an average, such as epochs40-50.average");
    private readonly Option<int?> passes = Options.Whole("--passes", "N", "Passes on analog arrays, each with read noise of its own (default: 5)", 1, 1_000);
    private readonly Option<Setting[]> settings = Options.Settings(
        "--set", "NAME=VALUE", "Another value of a parameter of the model's file, such as readNoise=0.03 or testCharacters=40000", several: false);
    private readonly Option<string?> programming = Options.Text("--programming", "HOW", "How weights get into the arrays: Exact (default), OpenLoop or WriteAndVerify");
    private readonly Option<ulong?> seed = Options.SeedIfGiven("Seed of the new devices and of read noise (default: that of the training)");
    private readonly Option<string?> data = Options.Text("--data", "DIR", $"Folder of the data sets (default: {DataLocator.FolderVariable}, then the cache)");
    private readonly Option<string?> text = Options.Text("--text", "FILE", "Another text than War and Peace, of the same characters");
    private readonly Option<bool> json = Options.Json();
    private readonly Host host;

    private ModelEvalCommand(Host host) => this.host = host;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        ModelEvalCommand eval = new(host);
        Command command = new("eval", "Tries a model on digital hardware and on analog arrays of new devices")
        {
            eval.file, eval.plane, eval.passes, eval.settings, eval.programming, eval.seed, eval.data, eval.text, eval.json,
        };
        command.SetAction(eval.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(file);
        ModelShowCommand.RequireThere(path);
        ModelFile model = ModelFile.Read(path);
        IModelSource experiment = host.Experiments.OfType<IModelSource>().FirstOrDefault(e => e.Id() == model.Metadata.GetValueOrDefault("experiment"))
            ?? throw CommandException.Failure($"{path}: expected metadata that name the figure of the model, as crosspoint model export writes them");
        ExperimentData found = ExperimentData.Find(experiment, new DataLocator(parsed.GetValue(data), host.Variable), parsed.GetValue(text));
        ParameterValues parameters = Parameters(experiment, path, model, parsed);
        ulong from = parsed.GetValue(seed) ?? ulong.Parse(model.Metadata.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture);
        string chosen = parsed.GetValue(plane) ?? "weights";
        IReadOnlyList<Metric> metrics;
        try
        {
            metrics = experiment.Evaluate(
                (matrix, inputs, outputs) => model.Find($"{matrix}.{chosen}", path).Matrix(inputs, outputs),
                ModelState.Context(Point.Empty, parameters, from, found.Text(), new NoCheckpoint(), host.Cancellation));
        }
        catch (InvalidDataException wrong)
        {
            throw CommandException.Failure($"{path}: {wrong.Message}", wrong);
        }

        Write(path, chosen, metrics, parsed.GetValue(json));
        return ExitCodes.Success;
    }

    // Parameters of the training as the file has them, then those of the evaluation; what the user sets has the last word.
    private ParameterValues Parameters(IModelSource experiment, string path, ModelFile model, ParseResult parsed)
    {
        List<Setting> set = [.. parsed.GetValue(settings) ?? []];
        if (parsed.GetValue(passes) is { } count)
        {
            set.Add(new Setting("evaluations", count.ToString(CultureInfo.InvariantCulture)));
        }

        if (parsed.GetValue(programming) is { } how)
        {
            set.Add(new Setting("programming", how));
        }

        Parameter[] all = [.. experiment.Parameters.Concat(experiment.EvaluationParameters).DistinctBy(parameter => parameter.Name)];
        if (set.FirstOrDefault(s => all.All(p => p.Name != s.Name)) is { Name: not null } unknown)
        {
            throw CommandException.Usage("--set: " + Suggestion.Unknown("parameter", unknown.Name, all.Select(parameter => parameter.Name)));
        }

        Dictionary<string, string> stored = Stored(path, model);
        return new ParameterValues(
            from parameter in all
            let value = set.LastOrDefault(s => s.Name == parameter.Name).Value ?? stored.GetValueOrDefault(parameter.Name)
            select KeyValuePair.Create(parameter.Name, value is null ? parameter.Default : ParameterReader.Parse(parameter, value)));
    }

    private static Dictionary<string, string> Stored(string path, ModelFile model)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(model.Metadata.GetValueOrDefault("parameters", "{}"));
            return JsonPoint.Read(document.RootElement).Coordinates.ToDictionary(pair => pair.Name, pair => Point.Format(pair.Value));
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw CommandException.Failure($"{path}: expected parameters in its metadata as crosspoint model export writes them", wrong);
        }
    }

    private void Write(string path, string chosen, IReadOnlyList<Metric> metrics, bool asJson)
    {
        if (!asJson)
        {
            metrics.ToList().ForEach(metric => host.Output.WriteLine($"{metric.Name}  {metric.Value:F4}"));
            return;
        }

        JsonOutput.Write(host.Output, writer =>
        {
            writer.WriteString("file", path);
            writer.WriteString("plane", chosen);
            foreach (Metric metric in metrics)
            {
                writer.WriteNumber(metric.Name, metric.Value);
            }
        });
    }

    private sealed class NoCheckpoint : ICheckpoint
    {
        public bool IsDue => false;

        public bool TryLoad(Action<BinaryReader> read) => false;

        public void Save(Action<BinaryWriter> write) => throw new NotSupportedException();
    }
}
