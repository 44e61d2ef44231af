using System.Text;
using System.Text.Json;
using Crosspoint.Devices;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Models;

/// <summary>The stored state of one run, from which a model is read.</summary>
/// <remarks>A state tells its run by a key alone: a file that is named by its path is looked for among the runs of all figures.</remarks>
internal sealed class ModelState
{
    private const string StateEnding = ".state";
    private const int SeedsTried = 10;
    private readonly IModelSource experiment;
    private readonly RunPlan plan;
    private readonly PlannedRun run;
    private readonly byte[]? text;
    private readonly bool isNamed; // by its figure, so that a run of so many epochs is meant

    /// <summary>What the user tells of the run.</summary>
    internal sealed record Request(
        Profile Profile, ulong Seed, IReadOnlyList<Setting> Points, IReadOnlyList<Setting> Settings, string Runs, string? Data, string? Text);

    private ModelState(IModelSource experiment, RunPlan plan, PlannedRun run, string path, byte[]? text, bool isNamed)
    {
        (this.experiment, this.plan, this.run, Path, this.text, this.isNamed) = (experiment, plan, run, path, text, isNamed);
        if (!File.Exists(path))
        {
            throw CommandException.Failure(
                $"{path}: no state of {experiment.Id()} {run} is stored there; expected it after crosspoint run {experiment.Id()} with the same options and --out");
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether a source is a state file, by its name, and not a figure.</summary>
    public static bool IsFile(string source) => source.EndsWith(StateEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the state that a figure's run has left, or the run that a state file belongs to.</summary>
    /// <exception cref="CommandException">There is none, or several runs are meant.</exception>
    public static ModelState Find(Host host, string source, Request request)
    {
        if (IsFile(source))
        {
            return OfFile(host, source, request);
        }

        IExperiment named = Catalogue.Find(host.Experiments, source);
        IModelSource experiment = named as IModelSource
            ?? throw CommandException.Usage($"{source}: its runs keep no models; expected one of {string.Join(", ", Sources(host).Select(e => e.Id()))}");
        (RunPlan plan, byte[]? text) = Plan(host, experiment, request, request.Profile, request.Seed, 1);
        return plan.Runs.Count == 1
            ? new ModelState(experiment, plan, plan.Runs[0], plan.Runs[0].CheckpointPath, text, isNamed: true)
            : throw CommandException.Usage($"{source}: {plan.Runs.Count} runs are meant; choose one with --points, of {string.Join(" or ", plan.Points)}");
    }

    /// <summary>Reads every plane, with words about the run.</summary>
    /// <exception cref="CommandException">The file is damaged, belongs to another version, or holds another number of epochs than the run that was named.</exception>
    public (IReadOnlyList<StatePlane> Planes, Dictionary<string, string> Metadata) Read(CancellationToken cancellation)
    {
        (IReadOnlyList<StatePlane> planes, IReadOnlyDictionary<string, string> own) = experiment.Model(Context(
            run.Point, run.Parameters, run.Seed, text, new CheckpointFile(Path, run.CheckpointKey, TimeSpan.MaxValue), cancellation));
        return (planes, new Dictionary<string, string>(own)
        {
            ["crosspoint"] = BuildInfo.Version,
            ["experiment"] = experiment.Id(),
            ["point"] = run.Point.ToString(),
            ["seed"] = run.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["data"] = plan.Data.Text,
            ["layout"] = "matrices are [inputs, outputs]: y = x @ W; the last input is the bias, always 1",
            ["parameters"] = Json(Reached(own)),
        });
    }

    // A state is shared by runs of any length: its parameters are those of the run as far as it has come.
    private ParameterValues Reached(IReadOnlyDictionary<string, string> own)
    {
        if (experiment.ContinuesAlong is not { } along || !own.TryGetValue(along, out string? text))
        {
            return run.Parameters;
        }

        int reached = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture), wanted = run.Parameters.Whole(along);
        if (isNamed && reached != wanted)
        {
            throw CommandException.Failure(
                $"{Path}: expected {wanted} {along} of {experiment.Id()} {run}, got {reached}; name the state file itself to export it as it is, or run the figure on");
        }

        return new ParameterValues(run.Parameters.All.Select(pair => pair.Key == along ? KeyValuePair.Create<string, object>(along, reached) : pair));
    }

    /// <summary>A run that nobody watches and that saves nothing.</summary>
    internal static RunContext Context(
        Point point, ParameterValues parameters, ulong seed, byte[]? text, ICheckpoint checkpoint, CancellationToken cancellation) => new()
        {
            Point = point,
            Parameters = parameters,
            Seed = seed,
            Text = text,
            Checkpoint = checkpoint,
            Progress = (_, _) => { },
            Cancellation = cancellation,
        };

    private static IEnumerable<IModelSource> Sources(Host host) => host.Experiments.OfType<IModelSource>();

    private static ModelState OfFile(Host host, string path, Request request)
    {
        if (!File.Exists(path))
        {
            throw CommandException.Usage($"{path}: expected a state of a run, got nothing of that name");
        }

        string key = CheckpointFile.KeyOf(path);
        foreach (IModelSource experiment in Sources(host))
        {
            foreach (Profile profile in Enum.GetValues<Profile>())
            {
                (RunPlan plan, byte[]? text) = Plan(host, experiment, request, profile, 1, SeedsTried);
                if (plan.Runs.FirstOrDefault(run => run.CheckpointKey == key) is { } run)
                {
                    return new ModelState(experiment, plan, run, path, text, isNamed: false);
                }
            }
        }

        throw CommandException.Failure(
            $"{path}: no figure has a run of seeds 1 to {SeedsTried} with this key {key[..RunKey.ShortLength]}; name the figure with --points, --set and --seed instead");
    }

    private static (RunPlan Plan, byte[]? Text) Plan(Host host, IModelSource experiment, Request request, Profile profile, ulong seed, int seeds)
    {
        ExperimentData data = ExperimentData.Find(experiment, new DataLocator(request.Data, host.Variable), request.Text);
        RunRequest run = new()
        {
            Profile = profile,
            FirstSeed = seed,
            Seeds = seeds,
            Points = request.Points,
            Settings = request.Settings,
            Out = request.Runs,
        };
        return (new RunPlan(experiment, run, data.Identity), data.Text());
    }

    private static string Json(ParameterValues parameters)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, object value) in parameters.All)
            {
                json.WritePropertyName(name);
                JsonPoint.WriteValue(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
