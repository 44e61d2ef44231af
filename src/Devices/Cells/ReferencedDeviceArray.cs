using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Cells of a device and a reference that is programmed once and never pulsed: w = device - reference.</summary>
/// <remarks>The weight is zero where the device equals the reference: at its symmetry point after zero-shifting.</remarks>
public sealed class ReferencedDeviceArray : CellArray, IRowPulsed
{
    private readonly RowPulses rows;

    /// <summary>Joins two arrays.</summary>
    /// <param name="device">What is pulsed.</param>
    /// <param name="reference">What is subtracted, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public ReferencedDeviceArray(ICrosspointArray device, ICrosspointArray reference)
        : base([device, reference], [1, -1], device.MinStep) => rows = new RowPulses(device);

    /// <summary>The devices that are pulsed.</summary>
    public ICrosspointArray Device => Devices[0];

    /// <summary>The references.</summary>
    public ICrosspointArray Reference => Devices[1];

    /// <summary>Places values in the references; the devices keep theirs.</summary>
    /// <param name="reference">Weight units, shape [inputs, outputs].</param>
    /// <exception cref="ArgumentException">The shape differs, or a number is NaN.</exception>
    public void ProgramReference(PaddedMatrix reference)
    {
        Reference.Program(reference);
        WeightsChanged();
    }

    /// <inheritdoc/>
    /// <remarks>The device takes the weight on top of its reference.</remarks>
    private protected override void ProgramDevices(PaddedMatrix weights)
    {
        Span<float> target = Target.Padded, reference = Reference.Weights.Padded, w = weights.Padded;
        for (int place = 0; place < target.Length; place++)
        {
            target[place] = w[place] + reference[place];
        }

        Device.Program(Target);
    }

    /// <inheritdoc/>
    private protected override void PulseDevices(LineTrains rows, LineTrains columns, in RandomAddress at) =>
        Device.Pulse(rows, columns, CellAddress.Of(at, 0));

    /// <inheritdoc/>
    public void PulseRow(int row, ReadOnlySpan<float> signals, float threshold, bool negate, in RandomAddress at)
    {
        rows.Apply(row, signals, threshold, negate, CellAddress.Of(at, 0));
        RowChanged(row);
    }

    /// <inheritdoc/>
    private protected override void ResetDevices(in RandomAddress at) => Device.Reset(CellAddress.Of(at, 0));
}
