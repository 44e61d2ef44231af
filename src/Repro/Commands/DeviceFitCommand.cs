using System.CommandLine;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Fit;
using Crosspoint.Repro.Plots;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint device fit</c>: update models fitted to a measured pulse response.</summary>
internal static class DeviceFitCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string> file = new("PULSES.csv") { Description = "a measured response with the header pulse,direction,device,weight" };
        Option<string?> model = Options.Text("--model", "NAME", $"Fit this model alone ({string.Join(", ", DeviceFit.ModelNames)}); otherwise all");
        Option<string?> name = Options.Text("--name", "NAME", "Name of the fitted device (default: that of the file)");
        Option<string?> output = Options.Text("--out", "FILE.json", "Write the best fit as a preset file");
        Option<string?> picture = Options.Text("--picture", "FILE.png", "Draw the data and the fit over them");
        Option<bool> json = Options.Json();
        Command fit = new("fit", "Fits update models to measured pulses: parameters with intervals, AIC and BIC, preset file and picture")
        {
            file, model, name, output, picture, json,
        };
        fit.SetAction(parsed => Run(
            host,
            parsed.GetRequiredValue(file),
            parsed.GetValue(model),
            parsed.GetValue(name),
            (parsed.GetValue(output), parsed.GetValue(picture)),
            parsed.GetValue(json)));
        return fit;
    }

    private static int Run(Host host, string path, string? model, string? name, (string? Preset, string? Picture) files, bool asJson)
    {
        DevicePulseCommand.RequirePng(files.Picture, "--picture");
        if (files.Preset is not null && !files.Preset.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"--out: expected a name that ends in .json, got '{files.Preset}'");
        }

        if (model is not null && !DeviceFit.ModelNames.Contains(model))
        {
            throw CommandException.Usage("--model: " + Suggestion.Unknown("model", model, DeviceFit.ModelNames));
        }

        if (!File.Exists(path))
        {
            throw CommandException.Usage($"{path}: expected a file of pulses, got nothing of that name");
        }

        DeviceFit fit = new(PulseFile.Read(path), model, host.Cancellation);
        Preset preset = fit.ToPreset(name ?? SafeName(path), Path.GetFileName(path));
        if (asJson)
        {
            FitReport.WriteJson(host.Output, fit, preset);
        }
        else
        {
            FitReport.WriteText(host.Output, fit);
        }

        TextWriter told = asJson ? host.Error : host.Output;
        if (files.Preset is { } presetPath)
        {
            AtomicFile.Write(presetPath, stream => stream.Write(Utf8(preset)));
            told.WriteLine($"Written: {presetPath}");
        }

        if (files.Picture is { } picturePath)
        {
            using Sheet sheet = FitPicture.Draw(fit, Path.GetFileName(path));
            sheet.SavePng(picturePath);
            told.WriteLine($"Written: {picturePath}");
        }

        return ExitCodes.Success;
    }

    private static byte[] Utf8(Preset preset) => System.Text.Encoding.UTF8.GetBytes(PresetWriter.Write(preset));

    private static string SafeName(string path)
    {
        string name = string.Concat(Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Select(
            sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) ? sign : '-')).Trim('-');
        return name.Length > 0 ? name : "fitted";
    }
}
