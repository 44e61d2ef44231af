using System.Text.Json;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro.Fit;

/// <summary>What fits by a model's own response and tables found, as text, as JSON and as presets.</summary>
internal static class MomentReport
{
    /// <summary>Writes the comparison.</summary>
    public static void WriteText(TextWriter output, ModelComparison comparison)
    {
        output.WriteLine("every model by its own response; distance of its statistics to the measured ones, chi-square if it is right");
        output.WriteLine($"{"model",-24}{"numbers",8}{"distance",12}{"freedom",9}{"AIC",12}{"BIC",12}{"above best",12}");
        foreach (MomentFit fit in comparison.Fits)
        {
            output.WriteLine(
                $"{fit.Name,-24}{fit.Count,8}{fit.Distance,12:F1}{fit.Freedom,9}{fit.Aic,12:F1}{fit.Bic,12:F1}{fit.Bic - comparison.Fits[0].Bic,12:F1}");
        }

        foreach (string failure in comparison.Failures)
        {
            output.WriteLine($"not fitted: {failure}");
        }
    }

    /// <summary>Writes the numbers of a fit.</summary>
    public static void WriteText(TextWriter output, MomentFit fit)
    {
        output.WriteLine($"{fit.Name} by its own response to the pulses of {fit.Measured.Count} devices, {fit.Steps} in all; 95 % intervals in brackets");
        output.WriteLine(
            $"distance of {fit.Count + fit.Freedom} statistics {fit.Distance:F1}, chi-square of {fit.Freedom} degrees of freedom if the model is right; AIC {fit.Aic:F1}, BIC {fit.Bic:F1}{Law(fit)}");
        output.WriteLine();
        output.WriteLine($"{"parameter",-28}{"value",-42}unit");
        foreach (NumberEstimate estimate in fit.Estimates)
        {
            output.WriteLine($"{estimate.Number.Name,-28}{FitReport.Text(estimate.Value),-42}{estimate.Number.Unit}");
        }

        output.WriteLine();
        foreach (IGrouping<string, HeldNumber> group in fit.Held.GroupBy(held => held.Reason))
        {
            output.WriteLine($"held ({group.Key}): {string.Join(", ", group.Select(held => $"{held.Number.Name} {held.Value:G5}"))}");
        }
    }

    /// <summary>Writes the entries of a table.</summary>
    public static void WriteText(TextWriter output, TableFit fit)
    {
        output.WriteLine($"{fit.Name}: the table of {fit.Measured.Count} devices; 95 % intervals in brackets");
        output.WriteLine($"{"weight",-14}{"pulse",-8}{"mean step",-42}{"deviation",-14}pulses");
        foreach (TableEntry entry in fit.Entries)
        {
            string mean = entry.Pulses > 0 ? FitReport.Text(entry.Mean) : $"{entry.Mean.Value:G5}, as its neighbour";
            output.WriteLine($"{entry.Weight,-14:G5}{(entry.IsUp ? "up" : "down"),-8}{mean,-42}{entry.Deviation,-14:G4}{entry.Pulses:F0}");
        }
    }

    /// <summary>Writes one JSON object.</summary>
    public static void WriteJson(TextWriter output, MomentFit fit, Preset preset) => JsonOutput.Write(output, json =>
    {
        json.WriteNumber("devices", fit.Measured.Count);
        json.WriteNumber("pulses", fit.Steps);
        json.WriteStartArray("models");
        Write(json, fit);
        json.WriteEndArray();
        json.WritePropertyName("preset");
        json.WriteRawValue(PresetWriter.Write(preset));
    });

    /// <inheritdoc cref="WriteJson(TextWriter, MomentFit, Preset)"/>
    public static void WriteJson(TextWriter output, TableFit fit, Preset preset) => JsonOutput.Write(output, json =>
    {
        json.WriteNumber("devices", fit.Measured.Count);
        json.WriteString("model", fit.Name);
        json.WriteStartArray("entries");
        foreach (TableEntry entry in fit.Entries)
        {
            json.WriteStartObject();
            json.WriteNumber("weight", entry.Weight);
            json.WriteString("direction", entry.IsUp ? "up" : "down");
            FitReport.Write(json, "mean", entry.Mean);
            json.WriteNumber("deviation", entry.Deviation);
            json.WriteNumber("pulses", entry.Pulses);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("preset");
        json.WriteRawValue(PresetWriter.Write(preset));
    });

    /// <summary>One model of a comparison.</summary>
    public static void Write(Utf8JsonWriter json, MomentFit fit)
    {
        json.WriteStartObject();
        json.WriteString("model", fit.Name);
        json.WriteNumber("numbers", fit.Count);
        json.WriteNumber("distance", fit.Distance);
        json.WriteNumber("freedom", fit.Freedom);
        json.WriteNumber("logLikelihood", fit.LogLikelihood);
        json.WriteNumber("aic", fit.Aic);
        json.WriteNumber("bic", fit.Bic);
        json.WriteStartArray("parameters");
        foreach (NumberEstimate estimate in fit.Estimates)
        {
            json.WriteStartObject();
            json.WriteString("name", estimate.Number.Name);
            json.WriteString("unit", estimate.Number.Unit);
            FitReport.Write(json, "value", estimate.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("held");
        foreach (HeldNumber held in fit.Held)
        {
            json.WriteStartObject();
            json.WriteString("name", held.Number.Name);
            DeviceShowCommand.Number(json, "value", held.Value);
            json.WriteString("reason", held.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The fit as a preset.</summary>
    public static Preset ToPreset(MomentFit fit, string name, string file) => new()
    {
        Name = name,
        Title = $"Fitted to {fit.Measured.Count} devices, {fit.Steps} steps",
        Source = $"own measurement, {file}",
        Note = FormattableString.Invariant(
            $"Fit of {fit.Name} by its own response: distance {fit.Distance:F1} with {fit.Freedom} degrees of freedom, AIC {fit.Aic:F1}, BIC {fit.Bic:F1}."),
        Model = fit.Model,
    };

    /// <inheritdoc cref="ToPreset(MomentFit, string, string)"/>
    public static Preset ToPreset(TableFit fit, string name, string file) => new()
    {
        Name = name,
        Title = $"Tables of {fit.Measured.Count} devices",
        Source = $"own measurement, {file}",
        Note = $"Mean steps of {fit.Measured.Sum(series => series.Change.Length)} pulses.",
        Model = fit.Model,
    };

    private static string Law(MomentFit fit) => fit.Estimates.Any(e => e.Number.Name.EndsWith(".spread", StringComparison.Ordinal))
        ? $"; {PresetWriter.Word(ModelNumber.LawOf(fit.Model))} spreads"
        : string.Empty;
}
