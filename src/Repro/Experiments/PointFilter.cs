using System.Globalization;
using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro.Experiments;

/// <summary>Chooses points of a sweep by the values of their coordinates.</summary>
internal static class PointFilter
{
    /// <summary>The points that have, for each name of the filter, one of the values given for it.</summary>
    /// <exception cref="CommandException">No point has such a name, such a value, or all of them together.</exception>
    public static IReadOnlyList<Point> Select(IExperiment experiment, IReadOnlyList<Point> points, IReadOnlyList<Setting> filter)
    {
        foreach (Setting setting in filter)
        {
            RequireKnown(experiment, points, setting);
        }

        IGrouping<string, Setting>[] names = [.. filter.GroupBy(setting => setting.Name)];
        Point[] chosen = [.. points.Where(point => names.All(name => name.Any(setting => Matches(point, setting))))];
        return chosen.Length > 0 || points.Count == 0
            ? chosen
            : throw CommandException.Usage(
                $"{experiment.Id()}: no point has {string.Join(" and ", filter.Select(setting => $"{setting.Name}={setting.Value}"))} together");
    }

    private static void RequireKnown(IExperiment experiment, IReadOnlyList<Point> points, Setting setting)
    {
        string[] names = [.. points.SelectMany(point => point.Coordinates).Select(coordinate => coordinate.Name).Distinct()];
        if (!names.Contains(setting.Name))
        {
            throw CommandException.Usage($"{experiment.Id()}: " + Suggestion.Unknown("point name", setting.Name, names));
        }

        if (!points.Any(point => Matches(point, setting)))
        {
            IEnumerable<string> values = points.Where(point => point[setting.Name] is not null)
                .Select(point => Point.Format(point[setting.Name]!)).Distinct();
            throw CommandException.Usage(
                $"{experiment.Id()}: no point has {setting.Name}={setting.Value}; expected one of {string.Join(", ", values)}");
        }
    }

    private static bool Matches(Point point, Setting setting) => point[setting.Name] switch
    {
        null => false,
        double or int => double.TryParse(setting.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number.Equals(point.Number(setting.Name)),
        object value => Point.Format(value) == setting.Value,
    };
}
