using System.Globalization;
using Crosspoint.Devices;
using Crosspoint.Devices.Presets;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Commands;

/// <summary>The weights of some devices before and after every pulse.</summary>
internal sealed class PulseResponse
{
    private const int SingleTraces = 3;
    private const ulong DeviceStream = 0x100;

    private readonly Preset device;
    private readonly PulseRequest request;
    private readonly float[,] weights;

    /// <summary>Pulses the devices.</summary>
    public PulseResponse(Preset device, PulseRequest request)
    {
        this.device = device;
        this.request = request;
        weights = Trace(device, request);
    }

    /// <summary>The weights of devices drawn from the seed, before the first and behind every pulse, shape [devices, pulses + 1].</summary>
    public static float[,] Trace(Preset device, PulseRequest request)
    {
        ICrosspointArray array = device.Model.Create(1, request.Devices, new RandomAddress(request.Seed, DeviceStream, 0));
        if (request.From is { } from)
        {
            PaddedMatrix start = new(1, request.Devices);
            start.Row(0).Fill((float)from);
            array.Program(start);
        }

        return PulseMeasurement.Trace(array, request.Seed, request.Up, request.Down, request.Repeat);
    }

    /// <summary>Writes one row a pulse and device.</summary>
    public void WriteCsv(TextWriter output)
    {
        output.WriteLine("pulse,direction,device,weight");
        for (int pulse = 0; pulse <= request.Pulses; pulse++)
        {
            for (int k = 0; k < request.Devices; k++)
            {
                output.WriteLine($"{pulse},{request.Direction(pulse)},{k},{Point.Format(weights[k, pulse])}");
            }
        }
    }

    /// <summary>Writes the weights at the turning points.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine($"{device.Name}: {device.Title}");
        output.WriteLine($"{request.Devices} devices, {request.Repeat} x ({request.Up} up, {request.Down} down), seed {request.Seed}");
        output.WriteLine();
        output.WriteLine($"{"pulse",8}  {"after",-6}{"mean",12}{"spread",12}{"smallest",12}{"largest",12}");
        double largest = TurningPoints().SelectMany(Across).Max(Math.Abs);
        string format = largest is 0 or (>= 1e-2 and < 1e5) ? "F5" : "0.0000e0"; // a weight may have any unit
        foreach (int pulse in TurningPoints())
        {
            double[] across = Across(pulse);
            double mean = across.Average();
            double spread = Math.Sqrt(across.Average(weight => (weight - mean) * (weight - mean)));
            string numbers = string.Concat(new[] { mean, spread, across.Min(), across.Max() }.Select(number => Text(number).PadLeft(12)));
            output.WriteLine($"{pulse,8}  {request.Direction(pulse),-6}{numbers}");
        }

        string Text(double number) => number.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Draws the mean with the band of the devices, and a few single traces.</summary>
    public Sheet Draw()
    {
        double[] pulses = [.. Enumerable.Range(0, request.Pulses + 1).Select(pulse => (double)pulse)];
        double[][] across = [.. pulses.Select(pulse => Across((int)pulse))];
        Sheet sheet = new()
        {
            Title = $"{device.Name}: {device.Title}",
            Note = $"{request.Devices} devices, seed {request.Seed}",
        };
        Panel panel = sheet.Add().Axes("pulse", "weight");
        panel.Band(pulses, [.. across.Select(values => values.Min())], [.. across.Select(values => values.Max())], "all devices");
        for (int k = 0; k < Math.Min(SingleTraces, request.Devices); k++)
        {
            panel.Steps(pulses, [.. across.Select(values => values[k])], k == 0 ? "single devices" : string.Empty, SheetColors.Grey, width: 0.8f);
        }

        panel.Line(pulses, [.. across.Select(values => values.Average())], "mean", SheetColors.Blue);
        return sheet;
    }

    private IEnumerable<int> TurningPoints()
    {
        yield return 0;
        for (int pulse = 1; pulse <= request.Pulses; pulse++)
        {
            if (pulse == request.Pulses || request.Direction(pulse) != request.Direction(pulse + 1))
            {
                yield return pulse;
            }
        }
    }

    private double[] Across(int pulse) => [.. Enumerable.Range(0, request.Devices).Select(k => (double)weights[k, pulse])];
}
