using System.CommandLine;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint device</c>: the devices and their response to pulses.</summary>
internal static class DeviceCommand
{
    private const int MaximumPulses = 1_000_000;
    private const int MaximumDevices = 10_000;
    private const int MaximumWeights = 50_000_000;

    /// <summary>Builds the verbs.</summary>
    public static Command Create(Host host)
    {
        Command list = new("list", "The devices that can be pulsed");
        list.SetAction(_ => List(host));
        return new Command("device", "Device models and presets: the response to pulses as table and picture") { list, Pulse(host) };
    }

    private static Command Pulse(Host host)
    {
        Argument<string> name = new("NAME") { Description = "a device, as crosspoint device list names it" };
        Option<int?> up = Options.Whole("--up", "N", "Up pulses in one round (default: 100)", 0, MaximumPulses);
        Option<int?> down = Options.Whole("--down", "M", "Down pulses in one round (default: 100)", 0, MaximumPulses);
        Option<int?> repeat = Options.Whole("--repeat", "R", "Rounds (default: 1)", 1, MaximumPulses);
        Option<int?> devices = Options.Whole("--devices", "K", "Number of devices (default: 10)", 1, MaximumDevices);
        Option<ulong> seed = Options.Seed("Seed of device and cycle variation");
        Option<bool> csv = new("--csv") { Description = "Print every weight: pulse,direction,device,weight" };
        Option<string?> picture = Options.Text("--out", "FILE.png", "Draw the response");
        Command command = new("pulse", "Pulses fresh devices up and down and shows their weights") { name, up, down, repeat, devices, seed, csv, picture };
        command.SetAction(parsed => Run(
            host,
            Find(host, parsed.GetRequiredValue(name)),
            new PulseRequest(
                parsed.GetValue(seed),
                parsed.GetValue(up) ?? 100,
                parsed.GetValue(down) ?? 100,
                parsed.GetValue(repeat) ?? 1,
                parsed.GetValue(devices) ?? 10),
            parsed.GetValue(csv),
            parsed.GetValue(picture)));
        return command;
    }

    private static DeviceEntry Find(Host host, string name) =>
        host.Devices.FirstOrDefault(device => device.Name == name)
        ?? throw CommandException.Usage(Suggestion.Unknown("device", name, host.Devices.Select(device => device.Name)));

    private static int List(Host host)
    {
        foreach (DeviceEntry device in host.Devices)
        {
            host.Output.WriteLine($"{device.Name,-24}{device.Title}");
        }

        if (host.Devices.Count == 0)
        {
            host.Output.WriteLine("No devices are known.");
        }

        return ExitCodes.Success;
    }

    private static int Run(Host host, DeviceEntry device, PulseRequest request, bool asCsv, string? picture)
    {
        if (picture is not null && !picture.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"--out: expected a name that ends in .png, got '{picture}'");
        }

        long pulses = (long)(request.Up + request.Down) * request.Repeat;
        if (pulses * request.Devices > MaximumWeights)
        {
            throw CommandException.Usage(
                $"{request.Devices} devices with {pulses} pulses each are too many; expected at most {MaximumWeights} pulses together");
        }

        PulseResponse response = new(device, request);
        if (asCsv)
        {
            response.WriteCsv(host.Output);
        }
        else
        {
            response.WriteText(host.Output);
        }

        if (picture is not null)
        {
            using Sheet sheet = response.Draw();
            sheet.SavePng(picture);
            (asCsv ? host.Error : host.Output).WriteLine($"Written: {picture}");
        }

        return ExitCodes.Success;
    }
}
