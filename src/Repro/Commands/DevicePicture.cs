using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Commands;

/// <summary>A picture of a device: its response to pulses, its steps over the weight, and how they are spread.</summary>
internal static class DevicePicture
{
    private const int Devices = 100;
    private const int Rounds = 2;
    private const int SingleTraces = 3;
    private const int ShownSteps = 1_500;
    private const int ShownPoints = 400;
    private const double OuterPart = 0.1; // of the devices, left out of the band at either side
    private const double LegendPart = 0.75; // of the range of the weights, left free above them

    /// <summary>Draws it.</summary>
    /// <param name="preset">The device.</param>
    /// <param name="facts">What follows from its equation.</param>
    /// <param name="seed">Seed of device and cycle variation.</param>
    public static Sheet Draw(Preset preset, DeviceFacts facts, ulong seed)
    {
        int pulses = facts.PulsesToSaturate;
        PulseRequest request = new(seed, pulses, pulses, Rounds, Devices);
        float[,] weights = PulseResponse.Trace(preset, request);
        Sheet sheet = new()
        {
            Width = 1200,
            Height = 460,
            Title = $"{preset.Name}: {preset.Title}",
            Note = $"{Devices} simulated devices, seed {seed}. Source of the numbers: {preset.Source}",
        };
        Response(sheet.Add("Response to pulses", 1.25), preset, facts, request, weights);
        Steps(sheet.Add("Step against weight"), preset, facts, request, weights);
        Histogram(sheet.Add("Steps of all devices, over the mean step", 0.8), request, weights);
        return sheet;
    }

    private static void Response(Panel panel, Preset preset, DeviceFacts facts, PulseRequest request, float[,] weights)
    {
        int stride = Math.Max(1, request.Pulses / ShownPoints);
        int[] shown = [.. Enumerable.Range(0, (request.Pulses / stride) + 1).Select(k => k * stride)];
        double[] x = [.. shown.Select(pulse => (double)pulse)];
        double[][] sorted = [.. shown.Select(pulse => Enumerable.Range(0, Devices).Select(k => (double)weights[k, pulse]).Order().ToArray())];
        int outer = (int)(OuterPart * Devices);
        (double low, double high) = (sorted.Min(all => all[outer]), sorted.Max(all => all[^(outer + 1)]));
        panel.Axes($"pulse ({request.Up} up, {request.Down} down, and again)", "weight").Legend(Alignment.UpperRight)
            .YRange(low - (0.15 * (high - low)), high + (LegendPart * (high - low)))
            .Band(x, [.. sorted.Select(all => all[outer])], [.. sorted.Select(all => all[^(outer + 1)])], "80 % of the devices");
        for (int k = 0; k < SingleTraces; k++)
        {
            panel.Steps(x, [.. shown.Select(pulse => (double)weights[k, pulse])], k == 0 ? "single devices" : string.Empty, SheetColors.Grey, 0.8f);
        }

        panel.Line(x, [.. sorted.Select(all => all.Average())], "mean of the devices", SheetColors.Blue)
            .Line(x, MeanDevice(preset, request, weights, shown), "mean device, no noise", SheetColors.Ink, dashed: true);
        if (facts.SymmetryPoint is { } point)
        {
            panel.HorizontalLine(point, "symmetry point", SheetColors.Green);
        }
    }

    private static void Steps(Panel panel, Preset preset, DeviceFacts facts, PulseRequest request, float[,] weights)
    {
        panel.Axes("weight before the pulse", "change of the weight").Legend(Alignment.UpperRight);
        foreach ((bool isUp, Color color) in new[] { (true, SheetColors.Blue), (false, SheetColors.Vermilion) })
        {
            (double Weight, double Change)[] all = [.. Changes(request, weights, isUp)];
            int stride = Math.Max(1, all.Length / ShownSteps);
            (double Weight, double Change)[] some = [.. all.Where((_, n) => n % stride == 0)];
            panel.Points([.. some.Select(step => step.Weight)], [.. some.Select(step => step.Change)], string.Empty, color.WithOpacity(0.25), 3);
            (double low, double high) = preset.Model is PulsedDeviceModel pulsed ? pulsed.MeanBounds : (double.NegativeInfinity, double.PositiveInfinity);
            (low, high) = (Math.Max(low, all.Min(step => step.Weight)), Math.Min(high, all.Max(step => step.Weight)));
            double[] x = [.. Enumerable.Range(0, 201).Select(k => low + ((high - low) * k / 200))];
            panel.Line(x, [.. x.Select(w => preset.Model.MeanStep(w, isUp))], isUp ? "up" : "down", color);
        }

        panel.HorizontalLine(0, color: SheetColors.Ink);
        if (facts.SymmetryPoint is { } point)
        {
            panel.VerticalLine(point, "symmetry point", SheetColors.Green);
        }
    }

    private static void Histogram(Panel panel, PulseRequest request, float[,] weights)
    {
        double[] up = [.. Changes(request, weights, true).Select(step => step.Change)];
        double[] down = [.. Changes(request, weights, false).Select(step => step.Change)];
        double mean = (Math.Abs(up.Average()) + Math.Abs(down.Average())) / 2;
        double[] sorted = [.. up.Concat(down).Select(change => mean > 0 ? change / mean : 0).Order()];
        double end = Math.Max(1.2 * Math.Max(-sorted[sorted.Length / 200], sorted[^((sorted.Length / 200) + 1)]), 1e-3);
        panel.Axes("step / mean step", "share of the steps").YRange(low: 0).Legend(Alignment.UpperLeft);
        panel.Histogram([.. up.Select(change => change / mean)], -end, end, 61, "up", SheetColors.Blue)
            .Histogram([.. down.Select(change => change / mean)], -end, end, 61, "down", SheetColors.Vermilion);
    }

    private static IEnumerable<(double Weight, double Change)> Changes(PulseRequest request, float[,] weights, bool isUp)
    {
        for (int pulse = 1; pulse <= request.Pulses; pulse++)
        {
            if (request.Direction(pulse) == "up" == isUp)
            {
                for (int k = 0; k < Devices; k++)
                {
                    yield return (weights[k, pulse - 1], weights[k, pulse] - (double)weights[k, pulse - 1]);
                }
            }
        }
    }

    // The equation, pulse after pulse, from where the devices begin on average.
    private static double[] MeanDevice(Preset preset, PulseRequest request, float[,] weights, int[] shown)
    {
        double[] trace = new double[request.Pulses + 1];
        trace[0] = Enumerable.Range(0, Devices).Average(k => weights[k, 0]);
        for (int pulse = 1; pulse < trace.Length; pulse++)
        {
            trace[pulse] = trace[pulse - 1] + preset.Model.MeanStep(trace[pulse - 1], request.Direction(pulse) == "up");
        }

        return [.. shown.Select(pulse => trace[pulse])];
    }
}
