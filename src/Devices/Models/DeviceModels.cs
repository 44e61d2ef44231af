using Crosspoint.Devices.Cells;

namespace Crosspoint.Devices.Models;

/// <summary>A registered kind of device.</summary>
/// <param name="Name">Its name in files and commands, such as "linear-step".</param>
/// <param name="Type">The record that describes it: immutable, made without arguments, with parameters that tell their units.</param>
public sealed record DeviceModelEntry(string Name, Type Type)
{
    /// <summary>The device with all parameters as they are when nothing is said.</summary>
    public DeviceModel Default() => (DeviceModel)Activator.CreateInstance(Type)!;
}

/// <summary>The kinds of devices: adding one is its file and one line here.</summary>
public static class DeviceModels
{
    /// <summary>All kinds, each with a name of its own.</summary>
    public static IReadOnlyList<DeviceModelEntry> All { get; } =
    [
        new("constant-step", typeof(ConstantStepModel)),
        new("linear-step", typeof(LinearStepModel)),
        new("soft-bounds", typeof(SoftBoundsModel)),
        new("soft-bounds-reference", typeof(SoftBoundsReferenceModel)),
        new("soft-bounds-pmax", typeof(SoftBoundsPmaxModel)),
        new("exponential-step", typeof(ExponentialStepModel)),
        new("power-step", typeof(PowerStepModel)),
        new("power-step-reference", typeof(PowerStepReferenceModel)),
        new("ideal", typeof(IdealModel)),
        new("piecewise-step", typeof(PiecewiseStepModel)),
        new("measured-step", typeof(MeasuredStepModel)),
        new("measured-distribution", typeof(MeasuredDistributionModel)),
        new("linear-jump", typeof(LinearJumpModel)),
        new("nonlinear-jump", typeof(NonlinearJumpModel)),
        new("jump-table", typeof(JumpTableModel)),
        new("unidirectional-pair", typeof(UnidirectionalPairModel)),
        new("off-state", typeof(OffStateModel)),
        new("differential-pair", typeof(DifferentialPairModel)),
        new("referenced-device", typeof(ReferencedDeviceModel)),
        new("one-sided-pair", typeof(OneSidedPairModel)),
        new("vector", typeof(VectorModel)),
        new("bit-sliced", typeof(BitSlicedModel)),
    ];

    /// <summary>The kind of a name; null where there is none.</summary>
    public static DeviceModelEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The name of a model; null where its kind is not registered.</summary>
    public static string? NameOf(DeviceModel model) => All.FirstOrDefault(entry => entry.Type == model.GetType())?.Name;
}
