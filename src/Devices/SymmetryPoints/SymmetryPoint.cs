using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.SymmetryPoints;

/// <summary>The weight at which an up and a down step of a device cancel, from the equation of its model.</summary>
public static class SymmetryPoint
{
    private const int Halvings = 100; // more than the bits of a double

    /// <summary>The closed form where the model has one, otherwise the root of MeanStep(w, up) + MeanStep(w, down) in a range, by halving it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="low">Where to look from, in weight units, finite.</param>
    /// <param name="high">Where to look to, above <paramref name="low"/>.</param>
    /// <returns>The symmetry point in weight units; null where the sum does not change its sign in the range, or is zero all over it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public static double? Of(DeviceModel model, double low, double high)
    {
        if (!(low < high && double.IsFinite(low) && double.IsFinite(high)))
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, $"high: expected a finite number above low = {low}, got {high}.");
        }

        return model.SymmetryPoint ?? Root(model, low, high);
    }

    /// <summary>MeanStep(w, up) + MeanStep(w, down): above zero below the symmetry point, and below zero above it.</summary>
    public static double Asymmetry(DeviceModel model, double weight) => model.MeanStep(weight, isUp: true) + model.MeanStep(weight, isUp: false);

    // Hard bounds cut the step that leads to them, so the sum there has the sign of the other step, as it must have.
    private static double? Root(DeviceModel model, double low, double high)
    {
        double atLow = Asymmetry(model, low), atHigh = Asymmetry(model, high);
        if (!(atLow >= 0 && atHigh <= 0 && atLow > atHigh) || Asymmetry(model, (low + high) / 2) == 0 && IsFlat(model, low, high))
        {
            return null;
        }

        for (int n = 0; n < Halvings; n++)
        {
            double middle = (low + high) / 2;
            (low, high) = Asymmetry(model, middle) > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // A device of equal steps up and down has no point of its own: the sum is zero but at its bounds.
    private static bool IsFlat(DeviceModel model, double low, double high)
    {
        double quarter = (high - low) / 4;
        return Asymmetry(model, low + quarter) == 0 && Asymmetry(model, high - quarter) == 0;
    }
}
