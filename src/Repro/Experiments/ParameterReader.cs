using System.Globalization;
using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro.Experiments;

/// <summary>Turns the text of a setting into a value of the parameter's type, within its range.</summary>
internal static class ParameterReader
{
    /// <summary>Finds a parameter by name.</summary>
    /// <exception cref="CommandException">The experiment has none of that name.</exception>
    public static Parameter Find(IExperiment experiment, string name) =>
        experiment.Parameters.FirstOrDefault(parameter => parameter.Name == name)
        ?? throw CommandException.Usage(
            $"{experiment.Id()}: " + Suggestion.Unknown("parameter", name, experiment.Parameters.Select(parameter => parameter.Name)));

    /// <summary>Reads a value as the user wrote it.</summary>
    /// <exception cref="CommandException">It has another type or lies out of range.</exception>
    public static object Parse(Parameter parameter, string text)
    {
        object? value = parameter.Default switch
        {
            int => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? whole : null,
            double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) ? number : null,
            bool => bool.TryParse(text, out bool flag) ? flag : null,
            _ => text.Length > 0 && !text.Any(char.IsControl) ? text : null,
        };
        return value is not null && IsInRange(parameter, value)
            ? value
            : throw CommandException.Usage($"parameter {parameter.Name}: expected {Expected(parameter)}, got '{text}'");
    }

    /// <summary>A value that a figure declares for a profile or a point, in the parameter's own type.</summary>
    /// <exception cref="InvalidOperationException">The figure contradicts its own declaration.</exception>
    public static object Convert(Parameter parameter, object value)
    {
        object converted = value is int whole && parameter.Default is double ? (double)whole : value;
        return converted.GetType() == parameter.Default.GetType() && IsInRange(parameter, converted)
            ? converted
            : throw new InvalidOperationException(
                $"parameter {parameter.Name}: the figure sets '{Point.Format(value)}', its declaration expects {Expected(parameter)}");
    }

    /// <summary>Whether a value lies in the range, or is one of the words, of a parameter.</summary>
    public static bool IsInRange(Parameter parameter, object value) => value switch
    {
        int whole => whole >= parameter.Minimum && whole <= parameter.Maximum,
        double number => number >= parameter.Minimum && number <= parameter.Maximum,
        string word => parameter.Words is null || parameter.Words.Contains(word),
        _ => true,
    };

    /// <summary>What a value of a parameter must be, in words.</summary>
    public static string Expected(Parameter parameter) => parameter.Default switch
    {
        int => "a whole number" + Range(parameter),
        double => "a number" + Range(parameter),
        bool => "true or false",
        _ => parameter.Words is { } words ? "one of " + string.Join(", ", words) : "a word",
    };

    private static string Range(Parameter parameter) =>
        (double.IsFinite(parameter.Minimum), double.IsFinite(parameter.Maximum)) switch
        {
            (true, true) => $" from {Point.Format(parameter.Minimum)} to {Point.Format(parameter.Maximum)}",
            (true, false) => $" of at least {Point.Format(parameter.Minimum)}",
            (false, true) => $" of at most {Point.Format(parameter.Maximum)}",
            _ => string.Empty,
        };
}
