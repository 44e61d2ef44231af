using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>A cell of several devices, described by the devices it is made of.</summary>
public abstract record CellModel : DeviceModel
{
    /// <summary>The devices of the cell; a cell again, up to three deep.</summary>
    public DeviceModel Device { get; init; } = new IdealModel();

    /// <summary>Everything the cell is made of.</summary>
    private protected virtual IEnumerable<DeviceModel> Parts => [Device];

    private int Depth => 1 + Parts.Max(part => part is CellModel inner ? inner.Depth : 0);

    /// <summary>Makes the arrays of so many devices, each drawn from an address of its own.</summary>
    private protected ICrosspointArray[] CreateDevices(int count, int inputs, int outputs, in RandomAddress at)
    {
        Require.InRange(nameof(Device), 1, CellAddress.MaxDepth, Depth);
        ICrosspointArray[] devices = new ICrosspointArray[count];
        for (int k = 0; k < count; k++)
        {
            devices[k] = Device.Create(inputs, outputs, CellAddress.Of(at, k));
        }

        return devices;
    }
}
