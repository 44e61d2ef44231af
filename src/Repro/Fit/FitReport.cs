using System.Text.Json;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro.Fit;

/// <summary>What a fit found, as text and as JSON.</summary>
internal static class FitReport
{
    /// <summary>Writes the comparison of the models, then the parameters of the best.</summary>
    public static void WriteText(TextWriter output, DeviceFit fit)
    {
        int measured = fit.Measured.Sum(series => series.Change.Length);
        output.WriteLine($"{fit.Measured.Count} devices, {measured} pulses, {fit.Best.Steps} of them away from hard bounds and fitted");
        output.WriteLine();
        output.WriteLine($"{"model",-20}{"noise",-16}{"numbers",8}{"ln L",14}{"AIC",14}{"BIC",14}{"above best",12}");
        foreach (ModelFit model in fit.Fits)
        {
            output.WriteLine(
                $"{model.Family.Name,-20}{PresetWriter.Word(model.Noise),-16}{model.Count,8}{model.LogLikelihood,14:F1}{model.Aic,14:F1}{model.Bic,14:F1}{model.Bic - fit.Best.Bic,12:F1}");
        }

        foreach (string failure in fit.Failures)
        {
            output.WriteLine($"not fitted: {failure}");
        }

        ModelFit best = fit.Best;
        output.WriteLine();
        output.WriteLine($"{best.Family.Name}, {PresetWriter.Word(best.Noise)} noise; 95 % intervals in brackets");
        output.WriteLine($"{"parameter",-16}{"mean",-42}{"deviation from device to device",-42}unit");
        foreach (ParameterEstimate estimate in best.Parameters)
        {
            string deviation = best.Devices.Count > 1 ? Text(estimate.Deviation) : "one device";
            output.WriteLine($"{estimate.Parameter.Name,-16}{Text(estimate.Mean),-42}{deviation,-42}{estimate.Parameter.Unit}");
        }

        output.WriteLine($"{(best.Noise == CycleNoise.Additive ? "additiveNoise" : "cycleNoise"),-16}{Text(best.Sigma),-42}{string.Empty,-42}step");
        if (fit.Bounds.IsSeen)
        {
            (var low, var high) = fit.Bounds.Spread();
            output.WriteLine($"hard bounds: {low.Mean:G5} (varies by {100 * low.Deviation:G3} %) and {high.Mean:G5} (varies by {100 * high.Deviation:G3} %)");
        }
    }

    /// <summary>Writes one JSON object.</summary>
    public static void WriteJson(TextWriter output, DeviceFit fit, ModelComparison? comparison, Preset preset) => JsonOutput.Write(output, json =>
    {
        json.WriteNumber("devices", fit.Measured.Count);
        json.WriteNumber("pulses", fit.Measured.Sum(series => series.Change.Length));
        json.WriteNumber("fitted", fit.Best.Steps);
        json.WriteStartArray("models");
        foreach (ModelFit model in fit.Fits)
        {
            Write(json, model);
        }

        json.WriteEndArray();
        json.WriteStartArray("notFitted");
        foreach (string failure in fit.Failures)
        {
            json.WriteStringValue(failure);
        }

        json.WriteEndArray();
        if (comparison is not null)
        {
            json.WriteStartArray("byOwnResponse");
            foreach (MomentFit other in comparison.Fits)
            {
                MomentReport.Write(json, other);
            }

            json.WriteEndArray();
        }

        json.WritePropertyName("preset");
        json.WriteRawValue(PresetWriter.Write(preset));
    });

    private static void Write(Utf8JsonWriter json, ModelFit model)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Family.Name);
        json.WriteString("noise", PresetWriter.Word(model.Noise));
        json.WriteNumber("numbers", model.Count);
        json.WriteNumber("logLikelihood", model.LogLikelihood);
        json.WriteNumber("aic", model.Aic);
        json.WriteNumber("bic", model.Bic);
        json.WriteStartArray("parameters");
        foreach (ParameterEstimate estimate in model.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", estimate.Parameter.Name);
            json.WriteString("unit", estimate.Parameter.Unit);
            Write(json, "mean", estimate.Mean);
            if (model.Devices.Count > 1)
            {
                Write(json, "deviation", estimate.Deviation);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, model.Noise == CycleNoise.Additive ? "additiveNoise" : "cycleNoise", model.Sigma);
        json.WriteEndObject();
    }

    /// <summary>Writes an estimate with its interval.</summary>
    public static void Write(Utf8JsonWriter json, string name, Interval interval)
    {
        json.WriteStartObject(name);
        DeviceShowCommand.Number(json, "value", interval.Value);
        DeviceShowCommand.Number(json, "low", interval.Low);
        DeviceShowCommand.Number(json, "high", interval.High);
        json.WriteEndObject();
    }

    /// <summary>An estimate with its interval in brackets.</summary>
    public static string Text(Interval interval) => $"{interval.Value:G5} [{interval.Low:G5}, {interval.High:G5}]";
}
