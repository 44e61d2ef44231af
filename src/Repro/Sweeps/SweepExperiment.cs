using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Sweeps;

/// <summary>A sweep as an experiment like those of the papers, so that runner, checkpoints, results, tables and reports serve it as they are.</summary>
internal sealed class SweepExperiment : IExperiment
{
    /// <summary>What stands where a figure names its paper.</summary>
    public const string SweepPaper = "sweep";

    private readonly SweepFile file;
    private readonly Description common;
    private readonly Preset? device;
    private readonly IReadOnlyList<ResolvedPoint> points;
    private readonly Dictionary<Point, IReadOnlyDictionary<string, object>> ofPoints = [];

    /// <summary>Checks a file with the changes of a command line.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">Paths with other values.</param>
    /// <param name="find">Finds a preset by its name or file.</param>
    /// <exception cref="CommandException">A change names no path, or one that the points set.</exception>
    /// <exception cref="InvalidDataException">A value is wrong, contradicts another, or means nothing here.</exception>
    public SweepExperiment(SweepFile file, IReadOnlyList<Setting> settings, Func<string, Preset> find)
    {
        this.file = file;
        common = SweepSettings.Apply(file, settings);
        Figure = file.Name + (settings.Count == 0 ? string.Empty : "-" + SweepSettings.ShortHash(settings));
        Title = file.Title + (settings.Count == 0 ? string.Empty : $" ({SweepSettings.Text(settings)})");
        DeviceDescription devices = new(find);
        points = [.. file.Points.Select(point => ResolvedPoint.At(common, point, description => Device(devices, description)))];
        device = common.Device is null ? null : Device(devices, common);
        Parameters = Declare();
        Require();
        foreach (ResolvedPoint point in points)
        {
            if (!ofPoints.TryAdd(point.Point, Own(point)))
            {
                throw new InvalidDataException($"{file.Name}: points: expected each point once, got {point.Point} twice");
            }
        }
    }

    /// <inheritdoc/>
    public string Paper => SweepPaper;

    /// <inheritdoc/>
    public string Figure { get; }

    /// <inheritdoc/>
    public string Title { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public bool NeedsMnist => !NeedsText;

    /// <inheritdoc/>
    public bool NeedsText => points[0].Network == Kinds.Lstm;

    /// <inheritdoc/>
    public bool HasProfiles => false;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims => [];

    /// <summary>The text file that the description names; <see langword="null"/> for none.</summary>
    public string? TextFile => common.Leaves.TryGetValue(DescribedParameters.Text, out PresetNode? text) ? text.RequireText("the path of a text file") : null;

    /// <summary>The description in force, as a file that gives the same sweep.</summary>
    public byte[] Describe() => SweepEcho.Write(file with { Name = Figure, Title = Title }, Parameters, device, TextFile, points);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => new Dictionary<string, object>();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile) => ofPoints[point];

    /// <inheritdoc/>
    public IReadOnlyList<Point> Points(Profile profile) => [.. points.Select(point => point.Point)];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => file.Seeds;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters) => DescribedShapes.ExpectedSeconds(parameters);

    /// <inheritdoc/>
    public long ExpectedBytes(Point point, ParameterValues parameters) => DescribedShapes.ExpectedBytes(parameters);

    /// <inheritdoc/>
    public RunResult Run(RunContext context) => DescribedRun.Run(context);

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) => [];

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary) => SweepPicture.Draw(sheet, summary);

    private static Preset Device(DeviceDescription devices, Description description) =>
        devices.Read(
            description.Device ?? throw new InvalidDataException(
                $"{Description.DeviceSection}: expected the name of a preset, a preset file or a model, as {DescribedParameters.Algorithm} asks for devices, got nothing"),
            description.DeviceEdits);

    // Every parameter that means something at a point, with the value of the first such point; the others' own values go with them.
    private Parameter[] Declare() =>
    [
        .. from parameter in DescribedParameters.All
           let first = points.FirstOrDefault(point => point.Uses(parameter))
           where first is not null && parameter.Path != DescribedParameters.Text
           select parameter.Declared with { Default = first.Values[parameter.Path] },
    ];

    private Dictionary<string, object> Own(ResolvedPoint point) =>
        Parameters.Where(parameter => point.Values.TryGetValue(parameter.Name, out object? value) && !value.Equals(parameter.Default))
            .ToDictionary(parameter => parameter.Name, parameter => point.Values[parameter.Name]);

    private void Require()
    {
        if (points.Select(point => point.Network == Kinds.Lstm).Distinct().Count() > 1)
        {
            throw new InvalidDataException(
                $"{DescribedParameters.Network}: expected networks on images ({string.Join(", ", Kinds.Images)}) or on a text ({Kinds.Lstm}) in one sweep, got both");
        }

        if (file.Points.SelectMany(point => point.Settings).FirstOrDefault(setting => setting.Path == DescribedParameters.Text) is { Path: not null } text)
        {
            throw text.Value.Wrong($"one text for all points, in {DescribedParameters.Text}");
        }

        foreach ((string path, PresetNode node) in common.Leaves.Concat(file.Points.SelectMany(point => point.Settings).Select(set => KeyValuePair.Create(set.Path, set.Value))))
        {
            if (DescribedParameters.ByPath.TryGetValue(path, out DescribedParameter? parameter) && !points.Any(point => point.Uses(parameter)))
            {
                throw node.Wrong($"{path} with {parameter.Where} alone", $"{Description.Text(node)}, which means nothing here");
            }
        }

        if (common.Device is { } given && points.All(point => point.Preset is null))
        {
            throw given.Wrong($"a device with {DescribedParameters.Algorithm} {string.Join(", ", Kinds.OnDevices)} alone");
        }
    }
}
