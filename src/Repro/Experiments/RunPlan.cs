using Crosspoint.Repro.Data;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Experiments;

/// <summary>The runs of one figure that a request stands for, each with its parameters, key and file.</summary>
internal sealed class RunPlan
{
    private readonly RunRequest request;
    private readonly Dictionary<string, object> changed;
    private readonly HashSet<string> withPoints;
    private readonly Dictionary<string, object> addedLater;

    /// <summary>Expands a request into runs, point by point and seed by seed.</summary>
    /// <param name="experiment">The figure.</param>
    /// <param name="request">What the user asks.</param>
    /// <param name="data">The data the runs use.</param>
    /// <exception cref="CommandException">The request names a point or parameter that does not exist, or a value out of range.</exception>
    public RunPlan(IExperiment experiment, RunRequest request, DataIdentity data)
    {
        this.request = request;
        Experiment = experiment;
        Data = data;
        AllPoints = experiment.Points(request.Profile);
        withPoints = [.. AllPoints.SelectMany(point => experiment.PointValues(point, request.Profile).Keys)];
        addedLater = experiment.Parameters.Where(parameter => parameter.AddedLater).ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        changed = ReadSettings();
        Points = PointFilter.Select(experiment, AllPoints, request.Points);
        Folder = ResultLayout.Folder(request.Out, experiment, Variant());
        Seeds = request.Seeds ?? experiment.Seeds(request.Profile);
        if (request.FirstSeed > ulong.MaxValue - (ulong)(Seeds - 1))
        {
            throw CommandException.Usage($"--seed {request.FirstSeed}: {Seeds} seeds from there pass the largest one, {ulong.MaxValue}");
        }

        Runs = [.. from point in Points from offset in Enumerable.Range(0, SeedsOf(point)) select At(point, request.FirstSeed + (ulong)offset)];
    }

    /// <summary>The figure.</summary>
    public IExperiment Experiment { get; }

    /// <summary>The data that the runs use.</summary>
    public DataIdentity Data { get; }

    /// <summary>The profile.</summary>
    public Profile Profile => request.Profile;

    /// <summary>The folder of results, table and picture.</summary>
    public string Folder { get; }

    /// <summary>The folder of what keeps processes apart that compute runs of this paper, which may share states.</summary>
    public string ClaimsFolder => Path.Combine(request.Out, Experiment.Paper);

    /// <summary>The share that was asked for; <see langword="null"/> for all.</summary>
    public Shard? Shard => request.Shard;

    /// <summary>Every point of the profile.</summary>
    public IReadOnlyList<Point> AllPoints { get; }

    /// <summary>The points asked for.</summary>
    public IReadOnlyList<Point> Points { get; }

    /// <summary>Number of seeds a point, the most over all points.</summary>
    public int Seeds { get; }

    /// <summary>The same, or from the fewest to the most, in words.</summary>
    public string SeedsInWords => Points.Min(SeedsOf) is int fewest && fewest < Seeds ? $"{fewest} to {Seeds}" : $"{Seeds}";

    /// <summary>The runs asked for, over all shards.</summary>
    public IReadOnlyList<PlannedRun> Runs { get; }

    /// <summary>The runs of this shard.</summary>
    public IEnumerable<PlannedRun> Share => Runs.Where((_, place) => request.Shard?.Holds(place) ?? true);

    /// <summary>Parameters with another value than the figure's own.</summary>
    public IReadOnlyDictionary<string, object> Changed => changed;

    /// <summary>Whether results of this kind can be held against the paper: its scale, its parameters, the full data.</summary>
    public bool IsPaperScale => Profile == Profile.Full && changed.Count == 0 && Data.IsPapers;

    /// <summary>Whether the request asks for all points and at least as many seeds as the figure needs.</summary>
    public bool IsComplete => Points.Count == AllPoints.Count && Seeds >= Experiment.Seeds(Profile);

    /// <summary>What a picture or a table says of runs that are not at the paper's scale; empty if they are.</summary>
    public string Note => string.Join(", ", Notes());

    /// <summary>All points of another figure, under the same profile, settings and data, in the same place.</summary>
    /// <exception cref="CommandException">The other figure cannot be asked so.</exception>
    public RunPlan Of(IExperiment figure) => new(figure, request with { Points = [], Seeds = 1 }, Data);

    /// <summary>The run at any point and seed of this variant.</summary>
    public PlannedRun At(Point point, ulong seed)
    {
        ParameterValues parameters = ParametersAt(point);
        string key = RunKey.Compute(Experiment.Id(), point, Keyed(parameters), seed, Data.Text);
        string result = ResultLayout.ResultFile(Folder, point, seed);
        PlannedRun run = new(
            point, parameters, seed, key, result, Path.ChangeExtension(result, ".checkpoint"), key, Experiment.ExpectedSeconds(point, parameters));
        return Experiment.ContinuesAlong is { } name ? Continuing(run, name) : run;
    }

    // The state of such a run belongs to every figure of the paper that asks for the same parameters.
    private PlannedRun Continuing(PlannedRun run, string along)
    {
        string key = RunKey.OfState(Experiment.Paper, OfState(Keyed(run.Parameters)), along, run.Seed, Data.Text);
        return run with { CheckpointPath = ResultLayout.StateFile(request.Out, Experiment.Paper, key), CheckpointKey = key };
    }

    /// <summary>Parameters with their values, except those that the points set.</summary>
    public IEnumerable<(Parameter Parameter, object Value)> CommonParameters() =>
        from parameter in Experiment.Parameters
        where AllPoints.All(point => point[parameter.Name] is null) && (changed.ContainsKey(parameter.Name) || !GoesWithPoints(parameter))
        select (parameter, changed.GetValueOrDefault(parameter.Name, ProfileValue(parameter)));

    private IEnumerable<string> Notes()
    {
        if (Profile == Profile.Quick)
        {
            yield return "quick profile";
        }

        if (!Data.IsPapers)
        {
            yield return Data.Note;
        }

        foreach ((string name, object value) in changed)
        {
            yield return $"{name} = {DeviceParameter.Short(name, value)}";
        }
    }

    private Dictionary<string, object> ReadSettings()
    {
        Dictionary<string, object> read = [];
        foreach (Setting setting in request.Settings)
        {
            Parameter parameter = ParameterReader.Find(Experiment, setting.Name);
            if (AllPoints.Any(point => point[setting.Name] is not null))
            {
                throw CommandException.Usage(
                    $"parameter {setting.Name}: the points of {Experiment.Id()} set it; choose among them with --points {setting.Name}=VALUE");
            }

            read[setting.Name] = ParameterReader.Parse(parameter, setting.Value);
        }

        // In declaration order, and without values that change nothing: both would give one variant two names.
        return Experiment.Parameters
            .Where(parameter => read.TryGetValue(parameter.Name, out object? value) && (GoesWithPoints(parameter) || !value.Equals(ProfileValue(parameter))))
            .ToDictionary(parameter => parameter.Name, parameter => read[parameter.Name]);
    }

    private object ProfileValue(Parameter parameter) =>
        Experiment.ProfileValues(request.Profile).TryGetValue(parameter.Name, out object? value)
            ? ParameterReader.Convert(parameter, value)
            : parameter.Default;

    private ParameterValues ParametersAt(Point point)
    {
        IReadOnlyDictionary<string, object> values = Experiment.PointValues(point, request.Profile);
        return new(
            from parameter in Experiment.Parameters
            let value = point[parameter.Name] is { } own ? ParameterReader.Convert(parameter, own)
                : changed.TryGetValue(parameter.Name, out object? set) ? set
                : values.TryGetValue(parameter.Name, out object? chosen) ? ParameterReader.Convert(parameter, chosen)
                : ProfileValue(parameter)
            select KeyValuePair.Create(parameter.Name, value));
    }

    private ParameterValues Keyed(ParameterValues parameters) =>
        new(parameters.All.Where(pair => !addedLater.TryGetValue(pair.Key, out object? usual) || !usual.Equals(pair.Value)));

    private ParameterValues OfState(ParameterValues parameters) => new(
        from pair in parameters.All
        where Experiment.Parameters.First(p => p.Name == pair.Key).OfState
        select pair);

    private int SeedsOf(Point point) => request.Seeds ?? Experiment.Seeds(request.Profile, point);

    private bool GoesWithPoints(Parameter parameter) => withPoints.Contains(parameter.Name);

    private string Variant()
    {
        string profile = request.Profile == Profile.Quick ? "quick" : "full";
        string variant = Data.IsPapers ? profile : $"{profile}-{Data.Variant}";
        return changed.Count == 0 ? variant : $"{variant}-{RunKey.ShortHash(changed)}";
    }
}
