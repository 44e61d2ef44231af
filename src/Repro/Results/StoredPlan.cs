using System.Text.Json;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Sweeps;

namespace Crosspoint.Repro.Results;

/// <summary>Finds the plan that a stored result belongs to, so that its table and picture can be made anew.</summary>
internal static class StoredPlan
{
    /// <summary>The plan of a result.</summary>
    /// <param name="path">The file of the result.</param>
    /// <param name="root">The folder of all results.</param>
    /// <param name="experiments">The papers' figures.</param>
    /// <returns>The plan; <see langword="null"/> where this version would store the result elsewhere or under another key.</returns>
    public static RunPlan? Find(string path, string root, IReadOnlyList<IExperiment> experiments)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement result = document.RootElement;
        string folder = Path.GetDirectoryName(Path.GetDirectoryName(path))!;
        string id = result.GetProperty("experiment").GetString()!;
        string description = Path.Combine(folder, FigureFiles.Description);
        try
        {
            IExperiment? experiment = File.Exists(description)
                ? new SweepExperiment(SweepFile.Read(description), [], _ => throw new InvalidDataException("expected the preset itself"))
                : experiments.FirstOrDefault(known => known.Id() == id);
            if (experiment is null)
            {
                return null;
            }

            Profile profile = result.GetProperty("profile").GetString() == "quick" ? Profile.Quick : Profile.Full;
            Point point = JsonPoint.Read(result.GetProperty("point"));
            DataIdentity data = DataIdentity.Of(result.GetProperty("data").GetString()!);
            RunPlan plan = new(experiment, new RunRequest { Profile = profile, Out = root, Settings = Settings(experiment, profile, point, result.GetProperty("parameters")) }, data);
            return Path.GetFullPath(plan.Folder) == Path.GetFullPath(folder)
                && plan.AllPoints.Contains(point)
                && plan.At(plan.AllPoints.First(known => known.Equals(point)), result.GetProperty("seed").GetUInt64()).Key == result.GetProperty("key").GetString()
                ? plan
                : null;
        }
        catch (Exception failure) when (failure is CommandException or InvalidDataException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    // The parameters that a command line had changed: those with another value than the figure gives them.
    private static List<Setting> Settings(IExperiment experiment, Profile profile, Point point, JsonElement stored)
    {
        IReadOnlyDictionary<string, object> ofProfile = experiment.ProfileValues(profile), ofPoint = experiment.PointValues(point, profile);
        List<Setting> settings = [];
        foreach (Parameter parameter in experiment.Parameters.Where(parameter => point[parameter.Name] is null))
        {
            object usual = ofPoint.GetValueOrDefault(parameter.Name, ofProfile.GetValueOrDefault(parameter.Name, parameter.Default));
            if (stored.TryGetProperty(parameter.Name, out JsonElement value) && value.ToString() is { } text
                && !ParameterReader.Parse(parameter, value.ValueKind is JsonValueKind.True or JsonValueKind.False ? text.ToLowerInvariant() : text)
                    .Equals(ParameterReader.Convert(parameter, usual)))
            {
                settings.Add(new Setting(parameter.Name, text));
            }
        }

        return settings;
    }
}
