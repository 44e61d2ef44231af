using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Report;

/// <summary>Where the results of a figure come from.</summary>
internal static class Provenance
{
    private const int MostSeedsInFull = 10;

    /// <summary>The command that computes the figure again; <see langword="null"/> where this version cannot.</summary>
    public static string? Command(FigureReport figure, string root)
    {
        if (figure.Description is { } description)
        {
            return $"crosspoint sweep {ShellWords.Quote(description)} --out {ShellWords.Quote(root)}";
        }

        if (!figure.IsKnown || figure.IsOlder || figure.Changed.GroupBy(parameter => parameter.Key).Any(values => values.Count() > 1))
        {
            return null;
        }

        ulong[] seeds = Seeds(figure);
        List<string> words = ["crosspoint", "run", figure.Experiment.Id(), "--profile", figure.Summary.Profile == Profile.Full ? "full" : "quick"];
        if (seeds[0] != 1)
        {
            words.AddRange(["--seed", $"{seeds[0]}"]);
        }

        if (seeds.Length != figure.Experiment.Seeds(figure.Summary.Profile) || seeds[0] != 1)
        {
            words.AddRange(["--seeds", $"{seeds[^1] - seeds[0] + 1}"]);
        }

        foreach ((string name, object value) in figure.Changed)
        {
            words.AddRange(name == DeviceParameter.Name ? ["--device", "FILE"] : ["--set", ShellWords.Quote($"{name}={Point.Format(value)}")]);
        }

        if (figure.Files[0].Data.StartsWith("text ", StringComparison.Ordinal))
        {
            words.AddRange(["--text", "FILE"]);
        }

        return string.Join(' ', [.. words, "--out", ShellWords.Quote(root)]);
    }

    /// <summary>Names with their values.</summary>
    public static IEnumerable<(string Name, string Value)> Of(FigureReport figure)
    {
        double[] seconds = [.. figure.Files.Select(file => file.Seconds).Order()];
        ulong[] seeds = Seeds(figure);
        yield return ("seeds", seeds.Length <= MostSeedsInFull ? string.Join(", ", seeds) : $"{seeds.Length} seeds from {seeds[0]} to {seeds[^1]}");
        yield return ("runs stored", figure.Expected is { } expected ? $"{figure.Files.Count} of {expected}" : $"{figure.Files.Count}");
        if (figure.Files.Any(file => file.Origin.TakenFrom is not null))
        {
            yield return ("runs taken from", Several(figure, file => file.Origin.TakenFrom));
        }

        yield return ("data", Several(figure, file => DataName(file.Data)));
        yield return ("crosspoint version", Several(figure, file => file.Origin.Version ?? "unknown"));
        yield return ("vector width", Several(figure, file => file.Origin.VectorBits is { } bits ? bits == 0 ? "none: scalar code" : $"{bits} bits" : null));
        yield return ("processor", Several(figure, file => file.Origin.Processor));
        yield return ("date", Several(figure, file => file.Date));
        yield return ("time of compute", $"{Duration.Text(seconds.Sum())} in all, {Duration.Text(seconds[seconds.Length / 2])} a run (median)");
    }

    /// <summary>The seeds, in ascending order.</summary>
    public static ulong[] Seeds(FigureReport figure) => [.. figure.Files.Select(file => file.Seed).Distinct().Order()];

    private static string Several(FigureReport figure, Func<StoredFile, string?> value)
    {
        string[] values = [.. figure.Files.Select(value).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return values.Length == 0 ? "not stored" : values.Length <= 3 ? string.Join("; ", values) : $"{values[0]} … {values[^1]} ({values.Length} values)";
    }

    // A name with its checksums, of which a few digits are enough to read.
    private static string DataName(string data)
    {
        const int Digits = 8;
        string[] words = data.Split(' ');
        string[] sums = [.. words.Skip(1).Select(word => word[(word.LastIndexOf(':') + 1)..]).Where(sum => sum.Length > Digits).Select(sum => sum[..Digits] + "…")];
        return sums.Length == 0 ? data : $"{words[0]}, SHA-256 {string.Join(", ", sums)}";
    }
}
