using System.Collections.Immutable;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Devices in parallel, of which an update moves all or one: w = Σ_k γ_k w_k.</summary>
public sealed record VectorModel : CellModel
{
    /// <summary>γ, one for each device of the cell, 1 to <see cref="CellArray.MaxDevices"/> of them.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public ImmutableArray<float> Gains { get; init; } = [0.5f, 0.5f];

    /// <summary>Which devices an update moves.</summary>
    public VectorSelection Selection { get; init; } = VectorSelection.All;

    /// <summary>The device that is fixed, or first in the sequence.</summary>
    [Unit("1", Minimum = 0)]
    [HeldInFit("it is known from how the cell is built and driven")]
    public int First { get; init; }

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        Require.InRange(nameof(Gains), 1, CellArray.MaxDevices, Gains.Length);
        return new VectorArray(CreateDevices(Gains.Length, inputs, outputs, at), [.. Gains], Selection, First);
    }

    /// <inheritdoc/>
    /// <remarks>Of a cell whose devices are equal, as it is programmed; where one moves at a time, the mean over the devices.</remarks>
    public override double MeanStep(double weight, bool isUp)
    {
        double sum = Gains.Sum(gain => (double)gain), step = Device.MeanStep(weight / sum, isUp);
        return Selection switch
        {
            VectorSelection.All => sum * step,
            VectorSelection.Fixed => Gains[First] * step,
            _ => sum / Gains.Length * step,
        };
    }
}
