using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Digits of one number in several devices, updated in the last and carried to the first: w = Σ_k w_k / B^k.</summary>
public sealed record BitSlicedModel : CellModel
{
    /// <summary>Devices of a cell, 1 to <see cref="CellArray.MaxDevices"/>.</summary>
    [Unit("1", Minimum = 1, Maximum = CellArray.MaxDevices)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public int Digits { get; init; } = 2;

    /// <summary>B.</summary>
    [Unit("1", Minimum = 1, Above = true)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public float Base { get; init; } = 4;

    /// <summary>The magnitude of a device's weight at which its digit is carried.</summary>
    [Unit("weight", Minimum = 0, Above = true)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public float CarryAt { get; init; } = 0.5f;

    /// <summary>Updates from one carry to the next; 0 for none but by a reset.</summary>
    [Unit("update", Minimum = 0)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public int CarryEvery { get; init; } = 100;

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        Require.InRange(nameof(Digits), 1, CellArray.MaxDevices, Digits);
        return new BitSlicedArray(CreateDevices(Digits, inputs, outputs, at), Base, CarryAt, CarryEvery);
    }

    /// <inheritdoc/>
    /// <remarks>Of a cell right behind a carry, its last digit at zero, wherever the weight is.</remarks>
    public override double MeanStep(double weight, bool isUp) => Device.MeanStep(0, isUp) * Math.Pow(Base, 1 - Digits);
}
