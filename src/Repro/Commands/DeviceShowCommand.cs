using System.Collections;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint device show</c>: everything about one device, in words, as JSON and as a picture.</summary>
internal static class DeviceShowCommand
{
    private const int Column = 26;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string> name = new("NAME") { Description = DeviceFinder.Description };
        Option<ulong> seed = Options.Seed("Seed of device and cycle variation in the picture");
        Option<bool> json = Options.Json();
        Option<string?> picture = Options.Text("--out", "FILE.png", "Draw response, steps and symmetry point");
        Command show = new("show", "Everything about one device: parameters with units, source, range, states, symmetry point, energies")
        {
            name, seed, json, picture,
        };
        show.SetAction(parsed => Run(
            host, DeviceFinder.Find(host, parsed.GetRequiredValue(name)), parsed.GetValue(seed), parsed.GetValue(json), parsed.GetValue(picture)));
        return show;
    }

    /// <summary>Writes a number, or null where it is not finite.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static int Run(Host host, Preset preset, ulong seed, bool asJson, string? picture)
    {
        DevicePulseCommand.RequirePng(picture);
        DeviceFacts facts = new(preset.Model);
        if (asJson)
        {
            WriteJson(host.Output, preset, facts);
        }
        else
        {
            WriteText(host.Output, preset, facts);
        }

        if (picture is not null)
        {
            using Sheet sheet = DevicePicture.Draw(preset, facts, seed);
            sheet.SavePng(picture);
            (asJson ? host.Error : host.Output).WriteLine($"Written: {picture}");
        }

        return ExitCodes.Success;
    }

    private static void WriteText(TextWriter output, Preset preset, DeviceFacts facts)
    {
        output.WriteLine($"{preset.Name}: {preset.Title}");
        Line(output, "source", preset.Source);
        if (preset.Note.Length > 0)
        {
            Line(output, "note", preset.Note);
        }

        output.WriteLine();
        Line(output, "model", DeviceListCommand.ModelOf(preset));
        WriteRecord(output, preset.Model, "  ");
        output.WriteLine();
        output.WriteLine("Of the mean device, without noise:");
        Line(output, "  step up, down at 0", $"{Short(facts.StepUp)}, {Short(facts.StepDown)} weight");
        Line(output, "  range", $"{Short(facts.Low)} to {Short(facts.High)} weight");
        Line(output, "  states", $"{DeviceListCommand.States(facts.States)} (range over step)");
        Line(output, "  symmetry point", facts.SymmetryPoint is { } point ? $"{Short(point)} weight" : "none");
        Physical(output, "write energy", preset.WriteEnergy, "J a pulse");
        Physical(output, "read energy", preset.ReadEnergy, "J a read");
        Physical(output, "smallest conductance", preset.MinConductance, "S");
        Physical(output, "largest conductance", preset.MaxConductance, "S");
    }

    private static void WriteRecord(TextWriter output, object record, string indent)
    {
        foreach (ModelParameter parameter in ModelParameter.Of(record.GetType()))
        {
            object? value = parameter.Property.GetValue(record);
            string unit = parameter.Unit?.Unit is { } named and not "1" ? $" {named}" : string.Empty;
            string name = indent + parameter.Name;
            switch (value)
            {
                case Spread { Deviation: > 0 } spread:
                    string law = spread.Law == SpreadLaw.LogNormal ? ", log-normal" : string.Empty;
                    Line(output, name, $"{Point.Format(spread.Mean)}{unit}, varies by {(100 * (double)spread.Deviation).ToString("G6", CultureInfo.InvariantCulture)} %{law}");
                    break;
                case Spread spread:
                    Line(output, name, $"{Point.Format(spread.Mean)}{unit}");
                    break;
                case null:
                    break;
                case object plain when plain.GetType().IsPrimitive || plain is Enum or string:
                    Line(output, name, $"{(plain is Enum or bool ? PresetWriter.Word(plain) : Point.Format(plain))}{unit}");
                    break;
                case IEnumerable list:
                    WriteList(output, name, [.. list.Cast<object>()], unit, indent);
                    break;
                default:
                    Line(output, name, value is DeviceModel model ? DeviceModels.NameOf(model) ?? string.Empty : string.Empty);
                    WriteRecord(output, value, indent + "  ");
                    break;
            }
        }
    }

    private static void WriteList(TextWriter output, string name, object[] items, string unit, string indent)
    {
        const int Shown = 6;
        if (items.Length == 0 || items[0].GetType().IsPrimitive)
        {
            string more = items.Length > Shown ? $", ... ({items.Length})" : string.Empty;
            Line(output, name, $"{string.Join(", ", items.Take(Shown).Select(Point.Format))}{more}{unit}");
            return;
        }

        for (int k = 0; k < items.Length; k++)
        {
            Line(output, $"{name}[{k}]", items[k] is DeviceModel model ? DeviceModels.NameOf(model) ?? string.Empty : string.Empty);
            WriteRecord(output, items[k], indent + "  ");
        }
    }

    private static void WriteJson(TextWriter output, Preset preset, DeviceFacts facts) => JsonOutput.Write(output, json =>
    {
        json.WritePropertyName("preset");
        json.WriteRawValue(PresetWriter.Write(preset));
        json.WriteStartObject("derived");
        Number(json, "stepUp", facts.StepUp);
        Number(json, "stepDown", facts.StepDown);
        Number(json, "low", facts.Low);
        Number(json, "high", facts.High);
        Number(json, "states", facts.States);
        Number(json, "symmetryPoint", facts.SymmetryPoint);
        json.WriteEndObject();
    });

    private static void Physical(TextWriter output, string name, double? value, string unit)
    {
        if (value is { } number)
        {
            Line(output, name, $"{Point.Format(number)} {unit}");
        }
    }

    private static string Short(double value) => double.IsInfinity(value) ? value > 0 ? "no bound" : "no bound" : $"{value:G5}";

    private static void Line(TextWriter output, string name, string value) => output.WriteLine($"{name.PadRight(Column)}{value}".TrimEnd());
}
