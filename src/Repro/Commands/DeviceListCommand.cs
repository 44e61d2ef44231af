using System.CommandLine;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint device list</c>: the devices that are there.</summary>
internal static class DeviceListCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Option<bool> json = Options.Json();
        Command list = new("list", "The devices that are there: name, model, number of states, source") { json };
        list.SetAction(parsed => parsed.GetValue(json) ? Json(host) : Text(host));
        return list;
    }

    /// <summary>The model's name in preset files.</summary>
    public static string ModelOf(Preset preset) => DeviceModels.NameOf(preset.Model) ?? preset.Model.GetType().Name;

    /// <summary>A number of states in words.</summary>
    public static string States(double states) => double.IsFinite(states) ? $"{states:0}" : double.IsNaN(states) ? "-" : "no bounds";

    private static int Text(Host host)
    {
        if (host.Devices.Count == 0)
        {
            host.Output.WriteLine("No devices are known.");
            return ExitCodes.Success;
        }

        int name = host.Devices.Max(device => device.Name.Length) + 2, model = host.Devices.Max(device => ModelOf(device).Length) + 2;
        host.Output.WriteLine($"{"name".PadRight(name)}{"model".PadRight(model)}{"states",9}  source");
        foreach (Preset device in host.Devices)
        {
            string states = States(new DeviceFacts(device.Model).States);
            host.Output.WriteLine($"{device.Name.PadRight(name)}{ModelOf(device).PadRight(model)}{states,9}  {device.Source}");
        }

        return ExitCodes.Success;
    }

    private static int Json(Host host)
    {
        JsonOutput.Write(host.Output, json =>
        {
            json.WriteStartArray("devices");
            foreach (Preset device in host.Devices)
            {
                json.WriteStartObject();
                json.WriteString("name", device.Name);
                json.WriteString("title", device.Title);
                json.WriteString("model", ModelOf(device));
                DeviceShowCommand.Number(json, "states", new DeviceFacts(device.Model).States);
                json.WriteString("source", device.Source);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return ExitCodes.Success;
    }
}
