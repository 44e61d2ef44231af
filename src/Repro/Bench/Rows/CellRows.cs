using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Updates of cells of noisy soft-bounds devices; those of ideal devices are among the registered models.</summary>
internal static class CellRows
{
    private static readonly SoftBoundsModel Device = new() { Step = new(0.001f, 0.3f), CycleNoise = 0.3f };

    private static readonly (string Name, CellModel Model)[] Cells =
    [
        ("differential-pair", new DifferentialPairModel { Device = Device }),
        ("referenced-device", new ReferencedDeviceModel { Device = Device }),
        ("one-sided-pair", new OneSidedPairModel { Device = Device, Saturation = 0.5f, RefreshEvery = 100 }),
        ("vector", new VectorModel { Device = Device }),
        ("bit-sliced", new BitSlicedModel { Device = Device, CarryAt = 0.3f }),
    ];

    public static IEnumerable<BenchRow> All =>
        from cell in Cells
        let update = new UpdateDevice(
            $"{cell.Name}-soft-bounds", 0,
            (inputs, outputs) => cell.Model.Create(inputs, outputs, new(1, 9 << 8, 0)), _ => static () => { })
        from signals in (string[])["dense", "sparse"]
        select update.Row(512, 512, signals, plain: false);
}
