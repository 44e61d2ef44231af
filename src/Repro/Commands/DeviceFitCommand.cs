using System.CommandLine;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Fit;
using Crosspoint.Repro.Plots;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint device fit</c>: update models fitted to a measured pulse response.</summary>
internal static class DeviceFitCommand
{
    private const double Better = 10; // of BIC: strong evidence against the models that have a likelihood

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string> file = new("PULSES.csv") { Description = "a measured response with the header pulse,direction,device,weight" };
        Option<string?> model = Options.Text(
            "--model", "NAME", "Fit this model alone: one of device list, a preset, or a preset file whose numbers to begin with; otherwise all that apply");
        Option<string[]> fix = new("--fix") { Description = "Hold a parameter at a value, such as high=0.6 or step.spread=0", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true };
        Option<int?> entries = Options.Whole("--entries", "N", "Entries of a model that is a table", 2, TableFit.MaxEntries);
        Option<string?> name = Options.Text("--name", "NAME", "Name of the fitted device (default: that of the file)");
        Option<string?> output = Options.Text("--out", "FILE.json", "Write the best fit as a preset file");
        Option<string?> picture = Options.Text("--picture", "FILE.png", "Draw the data and the fit over them");
        Option<bool> json = Options.Json();
        Command fit = new("fit", "Fits update models to measured pulses: parameters with intervals, AIC and BIC, preset file and picture")
        {
            file, model, fix, entries, name, output, picture, json,
        };
        fit.SetAction(parsed => Run(
            host,
            parsed.GetRequiredValue(file),
            (parsed.GetValue(model), parsed.GetValue(fix) ?? [], parsed.GetValue(entries)),
            parsed.GetValue(name),
            (parsed.GetValue(output), parsed.GetValue(picture)),
            parsed.GetValue(json)));
        return fit;
    }

    private static int Run(
        Host host, string path, (string? Model, string[] Fixes, int? Entries) what, string? name, (string? Preset, string? Picture) files, bool asJson)
    {
        DevicePulseCommand.RequirePng(files.Picture, "--picture");
        if (files.Preset is not null && !files.Preset.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"--out: expected a name that ends in .json, got '{files.Preset}'");
        }

        if (name is not null && !Preset.IsName(name))
        {
            throw CommandException.Usage($"--name: expected a name of small letters, digits and hyphens, got '{name}'");
        }

        if (what.Model is null && (what.Fixes.Length > 0 || what.Entries is not null))
        {
            throw CommandException.Usage($"{(what.Fixes.Length > 0 ? "--fix" : "--entries")}: expected --model beside it, since it is a matter of one model");
        }

        ModelRequest? request = what.Model is null ? null : Request(host, what.Model, what.Fixes);
        if (what.Entries is not null && request!.Start is not ITabulated)
        {
            throw CommandException.Usage($"--entries: expected a model that is a table, got {request.Name}");
        }

        if (!File.Exists(path))
        {
            throw CommandException.Usage($"{path}: expected a file of pulses, got nothing of that name");
        }

        string file = Path.GetFileName(path);
        IReadOnlyList<PulseSeries> measured = PulseFile.Read(path);
        Fitted fitted;
        try
        {
            PulseSeries.RequireSense(measured);
            fitted = Fit(host, measured, request, what.Entries, (name ?? SafeName(path), file));
        }
        catch (InvalidDataException wrong)
        {
            throw CommandException.Failure($"{file}: {wrong.Message}", wrong);
        }

        fitted.Write(host.Output, asJson);
        TextWriter told = asJson ? host.Error : host.Output;
        if (files.Preset is { } presetPath)
        {
            AtomicFile.Write(presetPath, stream => stream.Write(Utf8(fitted.Preset)));
            told.WriteLine($"Written: {presetPath}");
        }

        if (files.Picture is { } picturePath)
        {
            using Sheet sheet = fitted.Draw();
            sheet.SavePng(picturePath);
            told.WriteLine($"Written: {picturePath}");
        }

        return ExitCodes.Success;
    }

    private static ModelRequest Request(Host host, string model, string[] fixes)
    {
        DeviceModelEntry? entry = DeviceModels.Find(model);
        bool isPreset = entry is null && (host.Devices.Any(device => device.Name == model) || model.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
        if (entry is null && !isPreset)
        {
            throw CommandException.Usage("--model: " + Suggestion.Unknown("model", model, DeviceModels.All.Select(known => known.Name)));
        }

        ModelRequest request = entry is not null ? ModelRequest.Of(entry)
            : ModelRequest.Of(DeviceModels.All[0]) with { Name = model, Start = DeviceFinder.Find(host, model).Model, IsMeant = true };
        try
        {
            return request.With(fixes);
        }
        catch (FormatException wrong)
        {
            throw CommandException.Usage($"--fix: {wrong.Message}");
        }
    }

    // Models that have a likelihood by it, where nothing is fixed; tables as tables; all others by their own response.
    private static Fitted Fit(Host host, IReadOnlyList<PulseSeries> measured, ModelRequest? request, int? entries, (string Name, string File) told)
    {
        if (request is null || (!request.IsMeant && request.Given.Count == 0 && DeviceFit.ModelNames.Contains(request.Name)))
        {
            DeviceFit fit = new(measured, request?.Name, host.Cancellation);
            ModelComparison? comparison = request is null
                ? new ModelComparison(measured, model => host.Error.WriteLine($"fitting {model}"), host.Cancellation)
                : null;
            MomentFit? first = comparison is { Fits.Count: > 0 } ? comparison.Fits[0] : null;
            double? likely = comparison?.Fits.FirstOrDefault(other => DeviceFit.ModelNames.Contains(other.Name))?.Bic;
            bool isOther = first is not null && !(likely - first.Bic < Better);
            Preset preset = isOther ? MomentReport.ToPreset(first!, told.Name, told.File) : fit.ToPreset(told.Name, told.File);
            return new Fitted(
                preset,
                output =>
                {
                    FitReport.WriteText(output, fit);
                    if (comparison is not null)
                    {
                        output.WriteLine();
                        MomentReport.WriteText(output, comparison);
                    }

                    if (isOther)
                    {
                        output.WriteLine();
                        MomentReport.WriteText(output, first!);
                    }
                },
                output => FitReport.WriteJson(output, fit, comparison, preset),
                () => isOther ? MomentPicture.Draw(first!.Name, first.Model, measured, told.File) : FitPicture.Draw(fit, told.File));
        }

        if (request.Start is ITabulated)
        {
            TableFit table = request.FitTable(measured, entries);
            Preset preset = MomentReport.ToPreset(table, told.Name, told.File);
            return new Fitted(
                preset,
                output => MomentReport.WriteText(output, table),
                output => MomentReport.WriteJson(output, table, preset),
                () => MomentPicture.Draw(table.Name, table.Model, measured, told.File));
        }

        MomentFit numbers = request.FitNumbers(measured, tryLaws: true);
        Preset found = MomentReport.ToPreset(numbers, told.Name, told.File);
        return new Fitted(
            found,
            output => MomentReport.WriteText(output, numbers),
            output => MomentReport.WriteJson(output, numbers, found),
            () => MomentPicture.Draw(numbers.Name, numbers.Model, measured, told.File));
    }

    private static byte[] Utf8(Preset preset) => System.Text.Encoding.UTF8.GetBytes(PresetWriter.Write(preset));

    private static string SafeName(string path)
    {
        string name = string.Concat(Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Select(
            sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) ? sign : '-')).Trim('-');
        return name.Length > 0 ? name : "fitted";
    }

    private sealed record Fitted(Preset Preset, Action<TextWriter> Text, Action<TextWriter> Json, Func<Sheet> Draw)
    {
        public void Write(TextWriter output, bool asJson) => (asJson ? Json : Text)(output);
    }
}
