using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>A device and a reference that is programmed once: w = device - reference.</summary>
public sealed record ReferencedDeviceModel : CellModel
{
    /// <summary>What the references are made of.</summary>
    [HeldInFit("the reference is not pulsed")]
    public DeviceModel ReferenceDevice { get; init; } = new IdealModel();

    /// <summary>What the references are programmed to at first.</summary>
    [Unit("weight")]
    [HeldInFit("it is how the reference was programmed")]
    public float Reference { get; init; }

    /// <inheritdoc/>
    private protected override IEnumerable<DeviceModel> Parts => [Device, ReferenceDevice];

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        Require.Finite(nameof(Reference), Reference);
        ICrosspointArray device = CreateDevices(1, inputs, outputs, at)[0];
        ReferencedDeviceArray array = new(device, ReferenceDevice.Create(inputs, outputs, CellAddress.Of(at, 1)));
        PaddedMatrix reference = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            reference.Row(i).Fill(Reference);
        }

        array.ProgramReference(reference);
        return array;
    }

    /// <inheritdoc/>
    public override double MeanStep(double weight, bool isUp) => Device.MeanStep(weight + Reference, isUp);
}
