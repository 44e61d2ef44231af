using Crosspoint.Devices.Models;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Fit;

/// <summary>Measured and simulated devices over each other: mean and band of the weight against the pulse, and steps over the weight.</summary>
internal static class MomentPicture
{
    private const int ShownSteps = 2_000, SimulatedCopies = 20;

    /// <summary>Draws a fitted model over the devices that it was fitted to.</summary>
    public static Sheet Draw(string model, DeviceModel fitted, IReadOnlyList<PulseSeries> measured, string file)
    {
        Sheet sheet = new()
        {
            Width = 1200,
            Height = 460,
            Title = $"{file}: {model} over {measured.Count} devices",
            Note = "bands hold 90 % of the devices",
        };
        double[][] simulated = [.. new PulseProtocol(measured, SimulatedCopies).Simulate(fitted).Select(w => w.Select(x => (double)x).ToArray())];
        double[][] data = [.. measured.Select(series => series.Weights)];
        Panel trace = sheet.Add("Weight against pulse", 1.25).Axes("pulse", "weight").Legend(Alignment.UpperRight);
        int length = data.Min(weights => weights.Length);
        double[] x = [.. Enumerable.Range(0, length).Select(n => (double)n)];
        trace.Band(x, Quantile(data, length, 0.05), Quantile(data, length, 0.95), "measured")
            .Line(x, Quantile(simulated, length, 0.05), color: SheetColors.Vermilion, dashed: true)
            .Line(x, Quantile(simulated, length, 0.95), color: SheetColors.Vermilion, dashed: true)
            .Line(x, Mean(data, length), "measured mean", SheetColors.Blue)
            .Line(x, Mean(simulated, length), "fit", SheetColors.Vermilion);
        Panel steps = sheet.Add("Step against weight: measured (points), mean of the fit").Axes("weight before the pulse", "change of the weight");
        foreach ((bool isUp, Color color) in new[] { (true, SheetColors.Blue), (false, SheetColors.Vermilion) })
        {
            (double Weight, double Change)[] all =
            [
                .. from series in measured
                   from n in Enumerable.Range(0, series.Change.Length)
                   where series.IsUp[n] == isUp
                   select (series.Before[n], isUp ? series.Change[n] : -series.Change[n]),
            ];
            int stride = Math.Max(1, all.Length / ShownSteps);
            (double Weight, double Change)[] some = [.. all.Where((_, n) => n % stride == 0)];
            steps.Points([.. some.Select(s => s.Weight)], [.. some.Select(s => s.Change)], string.Empty, color.WithOpacity(0.25), 3);
            double[] at = [.. some.Select(s => s.Weight).Order()];
            steps.Line(at, [.. at.Select(w => fitted.MeanStep(w, isUp))], isUp ? "up" : "down", color);
        }

        return sheet;
    }

    private static double[] Mean(double[][] traces, int length) => [.. Enumerable.Range(0, length).Select(n => traces.Average(trace => trace[n]))];

    private static double[] Quantile(double[][] traces, int length, double part) =>
    [
        .. Enumerable.Range(0, length).Select(n =>
        {
            double[] across = [.. traces.Select(trace => trace[n]).Order()];
            return across[(int)Math.Round(part * (across.Length - 1))];
        }),
    ];
}
