using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>The signed step of one pulse at the weight a device has now: one equation at every width, of the same bits.</summary>
/// <remarks>
/// P0 is the signed step scale of the device in the direction of the pulse: its sign bit tells the direction, even where the scale is a
/// zero. P1 is the number of <see cref="DeviceTable.UpShape"/> or <see cref="DeviceTable.DownShape"/>. An empty or constant struct, so
/// that the loop over pulses is compiled for it alone.
/// </remarks>
public interface IStepLaw
{
    /// <inheritdoc cref="IPulsedDevice.IsLongChain"/>
    static virtual bool IsLongChain => false;

    /// <summary>The step, in weight units.</summary>
    /// <typeparam name="TWidth">The width.</typeparam>
    /// <typeparam name="T">A number, or numbers side by side.</typeparam>
    /// <param name="weight">The weight before the pulse, within its bounds.</param>
    /// <param name="p">The numbers of the device.</param>
    /// <param name="low">Its lower bound.</param>
    /// <param name="high">Its upper bound.</param>
    T Change<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct;
}
