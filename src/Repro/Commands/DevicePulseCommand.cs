using System.CommandLine;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint device pulse</c>: the response of fresh devices to trains of equal pulses.</summary>
internal static class DevicePulseCommand
{
    private const int MaximumPulses = 1_000_000;
    private const int MaximumDevices = 10_000;
    private const int MaximumWeights = 50_000_000;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string> name = new("NAME") { Description = DeviceFinder.Description };
        Option<int?> up = Options.Whole("--up", "N", "Up pulses in one round (default: 100)", 0, MaximumPulses);
        Option<int?> down = Options.Whole("--down", "M", "Down pulses in one round (default: 100)", 0, MaximumPulses);
        Option<int?> repeat = Options.Whole("--repeat", "R", "Rounds (default: 1)", 1, MaximumPulses);
        Option<int?> devices = Options.Whole("--devices", "K", "Number of devices (default: 10)", 1, MaximumDevices);
        Option<double?> from = Options.Real("--from", "W", "Weight that the devices are set to before the first pulse (default: 0)");
        Option<ulong> seed = Options.Seed("Seed of device and cycle variation");
        Option<bool> csv = new("--csv") { Description = "Print every weight: pulse,direction,device,weight" };
        Option<string?> picture = Options.Text("--out", "FILE.png", "Draw the response");
        Command command = new("pulse", "Pulses fresh devices up and down and shows their weights")
        {
            name, up, down, repeat, devices, from, seed, csv, picture,
        };
        command.SetAction(parsed => Run(
            host,
            DeviceFinder.Find(host, parsed.GetRequiredValue(name)),
            new PulseRequest(
                parsed.GetValue(seed),
                parsed.GetValue(up) ?? 100,
                parsed.GetValue(down) ?? 100,
                parsed.GetValue(repeat) ?? 1,
                parsed.GetValue(devices) ?? 10,
                parsed.GetValue(from)),
            parsed.GetValue(csv),
            parsed.GetValue(picture)));
        return command;
    }

    /// <summary>Refuses a picture that is not named as a PNG.</summary>
    public static void RequirePng(string? picture, string option = "--out")
    {
        if (picture is not null && !picture.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"{option}: expected a name that ends in .png, got '{picture}'");
        }
    }

    private static int Run(Host host, Preset device, PulseRequest request, bool asCsv, string? picture)
    {
        RequirePng(picture);
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
