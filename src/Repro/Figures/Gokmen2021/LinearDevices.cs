using Crosspoint.Devices;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>What is known of the watched devices of an array of linear steps: their own steps and saturation, without noise.</summary>
/// <param name="watched">The array.</param>
/// <exception cref="InvalidDataException">Its devices have no table of steps.</exception>
internal sealed class LinearDevices(RecordedArray watched)
{
    private readonly DeviceTable table = watched.Array is PulsedArray array
        ? array.Devices
        : throw new InvalidDataException("device: expected one of linear steps that differ from device to device, as the figure's claims are about");

    /// <summary>Whether any of the devices saturates.</summary>
    public bool Saturate => Enumerable.Range(0, watched.CrossPoints.Length).Any(k => double.IsFinite(Saturation(k).High));

    /// <summary>The signed step from a weight.</summary>
    public double Step(int k, double weight, bool isUp)
    {
        (int i, int j) = watched.CrossPoints[k];
        return isUp ? table.Up[i, j] + (table.UpShape[i, j] * weight) : table.Down[i, j] + (table.DownShape[i, j] * weight);
    }

    /// <summary>The size of the step at zero weight.</summary>
    public double Scale(int k, bool isUp) => Math.Abs(Step(k, 0, isUp));

    /// <summary>Where the mean down step and the mean up step vanish; infinite where one never does.</summary>
    public (double Low, double High) Saturation(int k)
    {
        double upSlope = Step(k, 1, true) - Step(k, 0, true), downSlope = Step(k, 1, false) - Step(k, 0, false);
        return (downSlope < 0 ? -Step(k, 0, false) / downSlope : double.NegativeInfinity, upSlope < 0 ? -Step(k, 0, true) / upSlope : double.PositiveInfinity);
    }
}
