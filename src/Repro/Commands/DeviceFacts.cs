using Crosspoint.Devices.Models;

namespace Crosspoint.Repro.Commands;

/// <summary>What follows from the equation of a device: its range, its number of states, its symmetry point. All of the mean device, without noise.</summary>
internal sealed class DeviceFacts
{
    private const double Far = 1e6; // a weight that no bounded device reaches
    private const double Vanishing = 1e-6; // a step that small, as a part of the largest, is none

    /// <summary>Looks at a device.</summary>
    public DeviceFacts(DeviceModel model)
    {
        (StepUp, StepDown) = (model.MeanStep(0, true), -model.MeanStep(0, false));
        double largest = Enumerable.Range(-20, 41).Max(k => Math.Max(Math.Abs(model.MeanStep(k / 20.0, true)), Math.Abs(model.MeanStep(k / 20.0, false))));
        Low = -End(w => -model.MeanStep(-w, false), Vanishing * largest);
        High = End(w => model.MeanStep(w, true), Vanishing * largest);
        SymmetryPoint = model.SymmetryPoint
            ?? (double.IsFinite(Low + High) && Low < High ? Crosspoint.Devices.SymmetryPoints.SymmetryPoint.Of(model, Low, High) : null);
        double at = SymmetryPoint is { } point ? point : double.IsFinite(Low + High) ? (Low + High) / 2 : 0;
        double step = (model.MeanStep(at, true) - model.MeanStep(at, false)) / 2;
        States = step > 0 ? (High - Low) / step : double.NaN;
    }

    /// <summary>Size of an up step at zero weight, in weight units.</summary>
    public double StepUp { get; }

    /// <summary>Size of a down step at zero weight, in weight units.</summary>
    public double StepDown { get; }

    /// <summary>Where down pulses end, in weight units; minus infinity for nowhere.</summary>
    public double Low { get; }

    /// <summary>Where up pulses end, in weight units; infinity for nowhere.</summary>
    public double High { get; }

    /// <summary>Where an up and a down step cancel, in weight units; <see langword="null"/> where there is no such place, or more than one.</summary>
    public double? SymmetryPoint { get; }

    /// <summary>The range over the mean of an up and a down step at the symmetry point, or in the middle of the range; infinite without bounds.</summary>
    public double States { get; }

    /// <summary>Pulses that lead well from one end of the range to the other, for a picture.</summary>
    public int PulsesToSaturate => double.IsFinite(States) ? (int)Math.Clamp(Math.Ceiling(1.5 * States), 10, 5_000) : 1_000;

    // From where on steps vanish or turn round; bisection between a place where they do not and one where they do.
    private static double End(Func<double, double> step, double vanishing)
    {
        double inside = 0, outside = 1e-3;
        if (step(0) <= vanishing)
        {
            return 0;
        }

        for (; step(outside) > vanishing; inside = outside, outside *= 2)
        {
            if (outside > Far)
            {
                return double.PositiveInfinity;
            }
        }

        for (int halving = 0; halving < 60; halving++)
        {
            double middle = (inside + outside) / 2;
            (inside, outside) = step(middle) > vanishing ? (middle, outside) : (inside, middle);
        }

        return outside;
    }
}
