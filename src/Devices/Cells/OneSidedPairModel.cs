using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Two devices that are only raised, refreshed where one comes close to its top: w = G⁺ - G⁻.</summary>
public sealed record OneSidedPairModel : CellModel
{
    /// <summary>The weight of a device at which its pair is due for a refresh.</summary>
    [Unit("weight", Minimum = 0, Above = true)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public float Saturation { get; init; } = 0.9f;

    /// <summary>Updates from one refresh to the next; 0 for none but by a reset.</summary>
    [Unit("update", Minimum = 0)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public int RefreshEvery { get; init; }

    /// <summary>How a refresh writes the difference back.</summary>
    public RefreshWrite Write { get; init; } = RefreshWrite.Exact;

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        ICrosspointArray[] devices = CreateDevices(2, inputs, outputs, at);
        return new OneSidedPairArray(
            devices[0], devices[1], new() { Saturation = Saturation, RefreshEvery = RefreshEvery, Write = Write });
    }

    /// <inheritdoc/>
    /// <remarks>Of a pair as a refresh leaves it, with one device at zero.</remarks>
    public override double MeanStep(double weight, bool isUp) =>
        isUp ? Device.MeanStep(Math.Max(weight, 0), isUp: true) : -Device.MeanStep(Math.Max(-weight, 0), isUp: true);
}
