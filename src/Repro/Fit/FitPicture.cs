using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Plots;
using ScottPlot;

namespace Crosspoint.Repro.Fit;

/// <summary>Data and fit in one picture: traces, steps over the weight, and what the fit leaves over.</summary>
internal static class FitPicture
{
    private const int Traces = 4;
    private const int ShownSteps = 2_000;

    /// <summary>Draws the best fit.</summary>
    public static Sheet Draw(DeviceFit fit, string file)
    {
        ModelFit best = fit.Best;
        Sheet sheet = new()
        {
            Width = 1200,
            Height = 460,
            Title = $"{file}: {best.Family.Name}, {PresetWriter.Word(best.Noise)} noise, over {fit.Measured.Count} devices",
            Note = FormattableString.Invariant(
                $"{best.Steps} steps fitted; ln L {best.LogLikelihood:F1}, AIC {best.Aic:F1}, BIC {best.Bic:F1}; σ {best.Sigma.Value:G3} of a step"),
        };
        Trace(sheet.Add("Weight against pulse, and the fitted devices without noise", 1.25), fit);
        Steps(sheet.Add("Step against weight"), fit);
        Residuals(sheet.Add("Misses over their fitted deviation", 0.8), best);
        return sheet;
    }

    private static void Trace(Panel panel, DeviceFit fit)
    {
        (double low, double high) = (fit.Measured.Take(Traces).Min(s => s.Weights.Min()), fit.Measured.Take(Traces).Max(s => s.Weights.Max()));
        panel.Axes("pulse", "weight").Legend(Alignment.UpperRight).YRange(low - (0.1 * (high - low)), high + (0.6 * (high - low)));
        for (int k = 0; k < Math.Min(Traces, fit.Measured.Count); k++)
        {
            PulseSeries measured = fit.Measured[k];
            double[] x = [.. Enumerable.Range(0, measured.Weights.Length).Select(n => (double)n)];
            StepCurve curve = fit.Best.Family.At(fit.Best.Devices[k].Theta);
            double[] fitted = new double[x.Length];
            fitted[0] = measured.Weights[0];
            for (int n = 1; n < fitted.Length; n++)
            {
                double next = fitted[n - 1] + (measured.IsUp[n - 1] ? 1 : -1) * curve.Step(fitted[n - 1], measured.IsUp[n - 1]);
                fitted[n] = Math.Clamp(next, fit.Bounds.Low[k], fit.Bounds.High[k]);
            }

            panel.Points(x, measured.Weights, $"device {measured.Device}", SheetColors.Series(k).WithOpacity(0.45), 3)
                .Line(x, fitted, k == 0 ? "fit" : string.Empty, SheetColors.Series(k));
        }
    }

    private static void Steps(Panel panel, DeviceFit fit)
    {
        panel.Axes("weight before the pulse", "change of the weight").Legend(Alignment.UpperRight);
        (double smallest, double largest) = (0, 0);
        foreach ((bool isUp, Color color) in new[] { (true, SheetColors.Blue), (false, SheetColors.Vermilion) })
        {
            (double Weight, double Change)[] all =
            [
                .. from series in fit.Used
                   from n in Enumerable.Range(0, series.Change.Length)
                   where series.IsUp[n] == isUp
                   select (series.Before[n], isUp ? series.Change[n] : -series.Change[n]),
            ];
            int stride = Math.Max(1, all.Length / ShownSteps);
            (double Weight, double Change)[] some = [.. all.Where((_, n) => n % stride == 0)];
            panel.Points([.. some.Select(step => step.Weight)], [.. some.Select(step => step.Change)], string.Empty, color.WithOpacity(0.25), 3);
            (double low, double high) = (all.Min(step => step.Weight), all.Max(step => step.Weight));
            double[] x = [.. Enumerable.Range(0, 101).Select(k => low + ((high - low) * k / 100))];
            double sign = isUp ? 1 : -1;
            (smallest, largest) = (Math.Min(smallest, all.Min(step => step.Change)), Math.Max(largest, all.Max(step => step.Change)));
            double[][] devices = [.. fit.Best.Devices.Select(device => fit.Best.Family.At(device.Theta))
                .Select(curve => x.Select(w => sign * curve.Step(w, isUp)).ToArray())];
            panel.Band(
                x, [.. x.Select((_, i) => devices.Min(steps => steps[i]))], [.. x.Select((_, i) => devices.Max(steps => steps[i]))], string.Empty, color);
            StepCurve mean = fit.Best.MeanCurve();
            panel.Line(x, [.. x.Select(w => sign * mean.Step(w, isUp))], isUp ? "up: mean device" : "down: mean device", color);
        }

        panel.HorizontalLine(0, color: SheetColors.Ink).YRange(1.1 * smallest, 1.4 * largest);
    }

    private static void Residuals(Panel panel, ModelFit best)
    {
        const double End = 4.5;
        const int Bins = 45;
        double[] x = [.. Enumerable.Range(0, 181).Select(k => -End + (2 * End * k / 180))];
        double width = 2 * End / Bins;
        panel.Axes("(step - fit) / deviation", "share of the steps").YRange(0, 0.11).Legend(Alignment.UpperRight)
            .Histogram(best.Residuals(), -End, End, Bins, "all steps", SheetColors.Blue)
            .Line(x, [.. x.Select(z => width * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI))], "if the model is right", SheetColors.Ink, dashed: true);
    }
}
