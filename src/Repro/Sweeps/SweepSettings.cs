using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Changes that a command line makes to a sweep: <c>--set training.epochs=3</c>.</summary>
internal static class SweepSettings
{
    private const string Option = "--set";

    /// <summary>The description with all changes.</summary>
    /// <exception cref="CommandException">A path is unknown, set twice, or set by the points.</exception>
    public static Description Apply(SweepFile file, IReadOnlyList<Setting> settings)
    {
        Description description = file.Description;
        foreach (Setting setting in settings)
        {
            if (settings.Count(other => other.Name == setting.Name) > 1)
            {
                throw CommandException.Usage($"{Option} {setting.Name}: set twice; expected one value");
            }

            if (file.Points.Any(point => point.Settings.Any(own => own.Path == setting.Name)))
            {
                throw CommandException.Usage($"{Option} {setting.Name}: the points of {file.Name} set it; choose among them with --points");
            }

            try
            {
                description = description.With(setting.Name, Description.Parse(setting.Value, $"{Option} {setting.Name}"));
            }
            catch (InvalidDataException wrong)
            {
                throw CommandException.Usage(wrong.Message);
            }
        }

        return description;
    }

    /// <summary>The digits that tell apart the results of changed sweeps.</summary>
    public static string ShortHash(IReadOnlyList<Setting> settings) =>
        RunKey.ShortHash(settings.OrderBy(setting => setting.Name, StringComparer.Ordinal).Select(setting => KeyValuePair.Create(setting.Name, (object)setting.Value)));

    /// <summary>The changes in words.</summary>
    public static string Text(IReadOnlyList<Setting> settings) =>
        string.Join(", ", settings.OrderBy(setting => setting.Name, StringComparer.Ordinal).Select(setting => $"{setting.Name} = {setting.Value}"));
}
